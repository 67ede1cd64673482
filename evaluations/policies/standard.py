"""Who makes growth standards. The one that ships belongs to nobody: it is copied for a place and changed there."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.policies.edition import check_around
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in

MAKERS = (Role.HUB_CENTER, Role.STREET_STAFF, Role.DISTRICT_ADMIN)


def places_to_make_in(user):
    """The places of the person's roles that make standards, each once, in code order."""
    places = {place.pk: place for place in user.access.divisions(*MAKERS)}
    return sorted(places.values(), key=lambda place: place.code)


def check_list_standards(user):
    signed_in(user)


def check_view_standard(user, standard=None):
    """The same rule as ``GrowthStandard.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if standard is not None:
        check_around(user, standard.division, _("This standard belongs to another place."))


def check_create_standard(user, division=None):
    """``division`` None: whether there is any place at all for which the person may."""
    signed_in(user)
    if not user.access.has(*MAKERS):
        raise PermissionDenied(_("Growth standards are made by street offices, service centres and districts."))
    if division is not None and not user.access.covers(division, *MAKERS):
        raise PermissionDenied(_("This is another place. Its own offices make the standard there."))


def check_copy_standard(user, standard=None):
    check_view_standard(user, standard)
    check_create_standard(user)


def check_update_standard(user, standard=None):
    check_create_standard(user)
    if standard is None:
        return
    if standard.division is None:
        raise PermissionDenied(_("This standard ships with the platform. Make a copy for your place and change that."))
    if not user.access.covers(standard.division, *MAKERS):
        raise PermissionDenied(_("Its own place changes this standard. You can make a copy for yours."))


def check_publish_standard(user, standard=None):
    check_update_standard(user, standard)


def check_retire_standard(user, standard=None):
    signed_in(user)
    if not user.access.is_platform_admin:
        check_update_standard(user, standard)


def check_restore_standard(user, standard=None):
    check_retire_standard(user, standard)
