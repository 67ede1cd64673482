"""Who plans surveys, who opens and closes them, who reads single sheets. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.choices import WaveStatus
from evaluations.models import Wave
from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.importing.policies import check_read_batch_rows
from organizations.policies.organization import leads, supervises_place
from organizations.querysets import NAME_READERS
from projects.querysets import CASE_READERS, LOGGERS

# Offices that hold surveys of a whole community.
OFFICES = (Role.STREET_STAFF, Role.DISTRICT_ADMIN)


def serves_people(user, community):
    """Whether the person serves the people there: the same rule as ``Response.objects.visible_to``."""
    return user.access.covers(community, *NAME_READERS) or supervises_place(user, community)


def check_list_waves(user):
    signed_in(user)


def check_view_wave(user, wave=None):
    """The same rule as ``Wave.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if wave is None or (wave.organization and leads(user, wave.organization)):
        return
    if not user.access.covers(wave.community, *CASE_READERS) and not supervises_place(user, wave.community):
        raise PermissionDenied(_("This survey is held in a place that you have no role in."))


def check_create_wave(user, target=None):
    """``target``: a project, an organization, an activity or a community; None: whether the person may anywhere."""
    signed_in(user)
    if not user.access.has(*LOGGERS, *OFFICES, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(
            _("Surveys are held by social workers, communities, service centres and street offices.")
        )
    if target is None:
        return
    if not holds_wave(user, getattr(target, "community", target), getattr(target, "organization", None) or target):
        raise PermissionDenied(_("You cannot hold a survey here. Please choose one of your own places."))


def holds_wave(user, community, organization=None):
    """Offices hold surveys of communities; those who serve the people hold all."""
    if user.access.covers(community, *LOGGERS) or supervises_place(user, community):
        return True
    is_community = organization is None or organization == community
    return is_community and user.access.covers(community, *OFFICES)


def _check_hold(user, wave):
    check_view_wave(user, wave)
    if not holds_wave(user, wave.community, wave.organization):
        raise PermissionDenied(_("This is done by those who serve the people here; please ask them."))


def check_update_wave(user, wave):
    _check_hold(user, wave)
    if wave.status == WaveStatus.CLOSED:
        raise PermissionDenied(_("The survey is closed. Open it again first."))


def check_open_wave(user, wave):
    _check_hold(user, wave)


def check_close_wave(user, wave):
    _check_hold(user, wave)


def check_reopen_wave(user, wave):
    _check_hold(user, wave)


def check_share_wave(user, wave):
    check_view_wave(user, wave)


def check_print_wave(user, wave):
    check_view_wave(user, wave)


def _check_serve(user, wave):
    check_view_wave(user, wave)
    if not serves_people(user, wave.community):
        raise PermissionDenied(
            _("Names and single answer sheets are for those who serve these people. You see how many there are.")
        )


def check_list_tickets(user, wave):
    _check_serve(user, wave)


def check_make_tickets(user, wave):
    _check_serve(user, wave)


def check_list_responses(user, wave):
    _check_serve(user, wave)


def check_enter_response(user, wave):
    _check_serve(user, wave)


def check_import_answers(user, wave):
    _check_serve(user, wave)


def check_take_answers(user, batch):
    """A file of answers: whoever uploaded it, as long as they serve the people of its survey."""
    check_read_batch_rows(user, batch)
    check_import_answers(user, Wave.objects.select_related("community", "organization").get(uuid=batch.scope))


def check_view_response(user, response):
    """The same rule as ``Response.objects.visible_to``; a test holds them against each other."""
    _check_serve(user, response.wave)


def check_withdraw_response(user, response):
    check_view_response(user, response)
    if response.withdrawn_at:
        raise PermissionDenied(_("This sheet has been taken back already."))


def check_list_doubts(user):
    signed_in(user)
    if not user.access.has(*NAME_READERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Doubtful links are looked at by those who serve the people."))


def check_settle_doubt(user, doubt):
    _check_serve(user, doubt.response.wave)
