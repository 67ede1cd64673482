"""Who records a joint meeting and who confirms its minutes."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in, verdict
from linkage.choices import MeetingStatus
from linkage.policies.meeting import check_keep_meeting, check_view_meeting
from linkage.policies.series import OFFICES, has_left

CHAIR, NO_CHAIR, CHAIR_LEFT = "chair", "no_chair", "chair_left"


def check_record_meeting(user, meeting=None):
    """Those who keep the meetings of the place, and whoever was asked to write this one down or to chair it."""
    signed_in(user)
    if meeting is None:
        return
    check_view_meeting(user, meeting)
    if user.pk not in {meeting.recorder_id, meeting.chair_id}:
        check_keep_meeting(user, meeting)


def check_change_minutes(user, meeting=None):
    """While it is in session; afterwards they go back to the recorder first."""
    check_record_meeting(user, meeting)
    if meeting is None or meeting.status == MeetingStatus.IN_SESSION:
        return
    if meeting.is_coming:
        raise PermissionDenied(_("The meeting has not been opened yet."))
    if meeting.status == MeetingStatus.MINUTES_DRAFT:
        raise PermissionDenied(_("The minutes wait for their confirmation. Have them returned to you to change them."))
    raise PermissionDenied(_("These minutes are closed. What was wrong is put right by a later resolution."))


def check_convene_meeting(user, meeting=None):
    check_record_meeting(user, meeting)
    if meeting is not None and not meeting.is_coming:
        raise PermissionDenied(_("The meeting was opened already."))


def check_close_meeting(user, meeting=None):
    check_change_minutes(user, meeting)


def check_call_off_meeting(user, meeting=None):
    """Opened, and nothing came of it. A meeting that was never opened is cancelled instead."""
    check_change_minutes(user, meeting)


def confirms_as(meeting):
    """CHAIR when there is one; NO_CHAIR or CHAIR_LEFT (gone, or without any part in this series): then the office of the
    place confirms."""
    if meeting.chair_id is None:
        return NO_CHAIR
    if has_left(meeting.chair, meeting.series) or not verdict(check_view_meeting, meeting.chair, meeting):
        return CHAIR_LEFT
    return CHAIR


def check_confirm_minutes(user, meeting=None):
    signed_in(user)
    if meeting is None:
        return
    check_view_meeting(user, meeting)
    if confirms_as(meeting) == CHAIR:
        if user.pk != meeting.chair_id:
            raise PermissionDenied(_("The chair of the meeting confirms its minutes."))
    elif not user.access.covers(meeting.series.division, *OFFICES):
        raise PermissionDenied(_("There is no chair, so the community or the street confirms the minutes."))
    if meeting.status != MeetingStatus.MINUTES_DRAFT:
        raise PermissionDenied(
            _("The minutes are confirmed.")
            if meeting.status == MeetingStatus.CONFIRMED
            else _("The meeting is not closed yet.")
        )


def check_return_minutes(user, meeting=None):
    """Whoever confirms them, and whoever writes them: both may find that something is missing."""
    signed_in(user)
    if meeting is None:
        return
    check_view_meeting(user, meeting)
    if meeting.status != MeetingStatus.MINUTES_DRAFT:
        raise PermissionDenied(_("Only minutes that wait for their confirmation go back to the recorder."))
    try:
        check_confirm_minutes(user, meeting)
    except PermissionDenied:
        check_record_meeting(user, meeting)


def check_print_minutes(user, meeting=None):
    """Read like the meeting; before it is closed there is nothing to print."""
    signed_in(user)
    if meeting is None:
        return
    check_view_meeting(user, meeting)
    if not meeting.is_held:
        raise PermissionDenied(_("There are no minutes yet: the meeting is not closed."))
