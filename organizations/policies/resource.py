"""Who reads and keeps what is offered to a place."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.divisions.models import Division
from organizations.choices import ResourceKind
from organizations.policies.organization import leads, supervises_place
from organizations.querysets import NEED_KEEPERS, served_divisions
from organizations.querysets.need import NEED_READERS
from organizations.querysets.resource import resource_places

RESOURCE_KEEPERS = (*NEED_KEEPERS, Role.STREET_STAFF, Role.DISTRICT_ADMIN)


def keeps(user, division):
    return user.access.covers(division, *RESOURCE_KEEPERS) or supervises_place(user, division)


def check_list_resources(user, thing=None):
    signed_in(user)
    if not user.access.has(*NEED_READERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER):
        raise PermissionDenied(_("Resources are read by those who work with a place or lead an organization there."))


def check_view_resource(user, resource):
    """The same rule as ``Resource.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    places = resource_places(user)
    if not any(place.contains(resource.division) or resource.division.contains(place) for place in places):
        raise PermissionDenied(_("This resource is offered to a place that you have no role in."))


def check_view_resource_contact(user, resource):
    """Whom to call: those who keep the place's resources, and the leaders of the organization that offers it."""
    check_view_resource(user, resource)
    if keeps(user, resource.division) or (resource.organization is not None and leads(user, resource.organization)):
        return
    # A street's resource is called for by those who serve one of its communities.
    served = [*user.access.divisions(*NEED_KEEPERS), *served_divisions(user)]
    if not any(resource.division.contains(place) for place in served):
        raise PermissionDenied(_("The phone is shown to those who serve the place."))


def check_add_resource(user, division=None):
    """``division`` None: whether there is any place at all in which the person may."""
    signed_in(user)
    if not user.access.has(*RESOURCE_KEEPERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Resources are entered by communities, streets, social workers and service centres."))
    if division is not None and not keeps(user, division):
        raise PermissionDenied(_("You have no role in this place."))


def check_import_resources(user):
    check_add_resource(user)


def places_to_offer_to(user):
    """Communities, streets and districts that ``check_add_resource`` lets the person choose."""
    places = [*user.access.divisions(*RESOURCE_KEEPERS), *served_divisions(user)]
    return Division.objects.current().within(places).filter(level__gte=3).order_by("code")


def check_update_resource(user, resource):
    check_view_resource(user, resource)
    if not keeps(user, resource.division):
        raise PermissionDenied(_("This resource is kept by those who work in the place that it is offered to."))


def check_book_venue(user, resource):
    """Everybody who sees a venue may ask for it, except who only looks on."""
    check_view_resource(user, resource)
    if resource.kind != ResourceKind.VENUE:
        raise PermissionDenied(_("Only venues are booked."))
    if not resource.is_active:
        raise PermissionDenied(_("This venue is not on offer any more."))
    if not user.access.has(*RESOURCE_KEEPERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER):
        raise PermissionDenied(_("Venues are booked by organizations and by those who serve the place."))


def check_cancel_booking(user, booking):
    check_view_resource(user, booking.resource)
    if booking.booked_by_id != user.pk and not keeps(user, booking.resource.division):
        raise PermissionDenied(_("A booking is cancelled by whoever made it, or by those who keep the venue."))
