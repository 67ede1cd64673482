"""Who makes questionnaires. Those that ship belong to nobody: they are copied for a place and changed there."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.policies.edition import check_around
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import supervises_place
from organizations.querysets import served_divisions

# Roles on a place that make its questionnaires; besides them supervisors, for the places that their agency serves.
MAKERS = (Role.HUB_CENTER, Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.SOCIAL_WORKER)


def places_to_make_in(user):
    """The places that ``check_create_instrument`` lets the person choose, each once, in code order."""
    places = [*user.access.divisions(*MAKERS), *served_divisions(user)]
    return sorted({place.pk: place for place in places}.values(), key=lambda place: place.code)


def check_list_instruments(user):
    signed_in(user)


def check_view_instrument(user, instrument=None):
    """The same rule as ``Instrument.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if instrument is not None:
        check_around(user, instrument.division, _("This questionnaire belongs to another place."))


def check_create_instrument(user, division=None):
    """``division`` None: whether there is any place at all for which the person may."""
    signed_in(user)
    if not places_to_make_in(user):
        raise PermissionDenied(
            _("Questionnaires are made by social workers, agencies, streets, centres and districts.")
        )
    if division is not None and not _makes_for(user, division):
        raise PermissionDenied(_("You have no role in this place."))


def check_copy_instrument(user, instrument=None):
    check_view_instrument(user, instrument)
    check_create_instrument(user)


def check_update_instrument(user, instrument=None):
    check_create_instrument(user)
    if instrument is None:
        return
    if instrument.division is None:
        raise PermissionDenied(
            _("This questionnaire ships with the platform. Make a copy for your place and change that.")
        )
    if not _makes_for(user, instrument.division):
        raise PermissionDenied(_("Its own place changes this questionnaire. You can make a copy for yours."))


def check_publish_instrument(user, instrument=None):
    check_update_instrument(user, instrument)


def check_retire_instrument(user, instrument=None):
    signed_in(user)
    if not user.access.is_platform_admin:
        check_update_instrument(user, instrument)


def check_restore_instrument(user, instrument=None):
    check_retire_instrument(user, instrument)


def _makes_for(user, division):
    return user.access.covers(division, *MAKERS) or supervises_place(user, division)
