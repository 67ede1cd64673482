"""Who does what with actions: their owners do them, another party verifies them, keepers of the meetings let them go."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from linkage.choices import NOT_DONE, ActionStatus, Party
from linkage.models import MeetingSeries
from linkage.policies.party import organizations_led, parties_of
from linkage.policies.series import check_view_series, keeps


def check_list_actions(user):
    signed_in(user)


def check_export_actions(user):
    signed_in(user)
    if not MeetingSeries.objects.visible_to(user).exists():
        raise PermissionDenied(_("You take part in no joint meeting, so there are no actions to export."))


def check_view_action(user, action=None):
    """The same rule as ``ActionItem.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    check_view_series(user, action.series if action else None)


def answers_for(user, action, parties=None):
    """Whether the person is in charge of it: by name, as leader of its organization, or as one who speaks for its party.
    Where nobody in charge has an account, those who keep the meetings say how it stands."""
    if action.owner and action.owner.user_id == user.pk:
        return True
    if action.organization_id and action.organization.uuid in organizations_led(user):
        return True
    parties = parties_of(user, action.series) if parties is None else parties
    is_ones_own = action.owner_party == Party.ORGANIZATION and action.organization_id
    if not is_ones_own and action.owner_party in parties:
        return True
    has_account = bool(action.organization_id) or bool(action.owner and action.owner.user_id)
    return not has_account and keeps(user, action.series.division)


def _check_answers(user, action):
    check_view_action(user, action)
    if not answers_for(user, action):
        raise PermissionDenied(_("Whoever is in charge of it says how it stands."))


def check_start_action(user, action=None):
    signed_in(user)
    if action is None:
        return
    _check_answers(user, action)
    if action.status not in (ActionStatus.OPEN, ActionStatus.BLOCKED):
        raise PermissionDenied(_("It is under way already, or over."))


def check_block_action(user, action=None):
    signed_in(user)
    if action is None:
        return
    _check_answers(user, action)
    if action.status not in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS):
        raise PermissionDenied(_("Something that is under way can be held up; this is not."))


def check_done_action(user, action=None):
    signed_in(user)
    if action is None:
        return
    _check_answers(user, action)
    if action.status not in NOT_DONE:
        raise PermissionDenied(_("It was said already that this is done, or it was let go."))


def verifying_parties(user, action, parties=None):
    """The parties for which the person may verify it, in the order of the list of parties."""
    parties = parties_of(user, action.series) if parties is None else parties
    if action.owner_party != Party.ORGANIZATION and organizations_led(user):
        parties = parties | {Party.ORGANIZATION}  # leaders read the meetings of their community alone
    return [party for party in Party if party in parties and party != action.owner_party]


def check_verify_action(user, action=None):
    signed_in(user)
    if action is None:
        return
    check_view_action(user, action)
    if action.status != ActionStatus.DONE:
        raise PermissionDenied(_("There is nothing to verify before somebody says that it is done."))
    if action.done_by_id == user.pk or not verifying_parties(user, action):
        raise PermissionDenied(_("What one party did is verified by another party and another person."))


def check_reopen_action(user, action=None):
    """Who would verify it and found something missing, who said too early that it is done, and the keepers."""
    signed_in(user)
    if action is None:
        return
    check_view_action(user, action)
    if action.status != ActionStatus.DONE:
        raise PermissionDenied(_("Only what is said to be done can be taken up again."))
    if keeps(user, action.series.division) or answers_for(user, action) or verifying_parties(user, action):
        return
    raise PermissionDenied(_("Those who take part in the meeting say what is missing."))


def check_drop_action(user, action=None):
    signed_in(user)
    if action is None:
        return
    check_view_action(user, action)
    if action.is_settled:
        raise PermissionDenied(_("It is over already."))
    if not keeps(user, action.series.division):
        raise PermissionDenied(_("Those who keep the joint meetings of this place let an action go, with a reason."))
