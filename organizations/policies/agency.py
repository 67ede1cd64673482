"""Who may see and keep agencies and the places they serve."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.base.policies import signed_in
from organizations.querysets import AREA_READERS


def served_by(agency):
    """The divisions that the agency serves; no query where ``with_places`` fetched them."""
    areas = agency.service_areas.all()
    if "service_areas" not in getattr(agency, "_prefetched_objects_cache", {}):
        areas = areas.select_related("division").order_by("division__code")
    return [area.division for area in areas]


def supervises(user, agency):
    return agency.uuid in user.access.bodies(Scope.AGENCY, Role.AGENCY_SUPERVISOR)


def check_list_agencies(user, thing=None):
    signed_in(user)


def check_view_agency(user, agency):
    """The same rule as ``Agency.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    access = user.access
    if access.is_platform_admin or agency.uuid in access.bodies(Scope.AGENCY):
        return
    places = served_by(agency)
    for root in access.divisions(*AREA_READERS):
        if any(root.contains(place) or place.contains(root) for place in places):
            return
    if not agency.workers.filter(user=user, left_on__isnull=True).exists():
        raise PermissionDenied(_("This agency serves no place that you have a role in."))


def check_add_agency(user, division=None):
    """``division`` None: whether there is any place at all in which the person may."""
    signed_in(user)
    if user.access.is_platform_admin:
        return
    if not user.access.has(Role.DISTRICT_ADMIN):
        raise PermissionDenied(_("Agencies are entered by the district's or the platform's admin."))
    if division is not None:
        _check_own_district(user, division)


def check_update_agency(user, agency):
    """Platform admin, admin of a district it serves, its own supervisor."""
    check_view_agency(user, agency)
    if user.access.is_platform_admin or supervises(user, agency):
        return
    if not any(user.access.covers(place, Role.DISTRICT_ADMIN) for place in served_by(agency)):
        raise PermissionDenied(
            _("An agency is kept by its supervisor, the admin of a district it serves, or the platform.")
        )


def check_change_service_areas(user, agency):
    """Whether the person may change any; a particular place is asked about by :func:`check_add_service_area`."""
    check_view_agency(user, agency)
    if not user.access.is_platform_admin and not user.access.has(Role.DISTRICT_ADMIN):
        raise PermissionDenied(_("Where an agency serves is set by the district's or the platform's admin."))


def check_add_service_area(user, agency, division=None):
    check_change_service_areas(user, agency)
    if division is not None and not user.access.is_platform_admin:
        _check_own_district(user, division)


def check_remove_service_area(user, area):
    check_add_service_area(user, area.agency, area.division)


def _check_own_district(user, division):
    if not user.access.covers(division, Role.DISTRICT_ADMIN):
        raise PermissionDenied(_("%(place)s is outside your own district.") % {"place": division})
