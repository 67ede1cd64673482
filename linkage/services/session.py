"""What all pieces of minutes share: the meeting has to be in session, and nobody overwrites what they never saw."""

from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.models import UNSAVED
from linkage.choices import MeetingStatus
from linkage.models import JointMeeting


def lock_session(meeting_id):
    """The meeting, locked, so that two recorders write one after the other; RuleViolation when it is not in session."""
    meeting = JointMeeting.objects.select_for_update(of=("self",)).select_related("series").get(pk=meeting_id)
    if meeting.status != MeetingStatus.IN_SESSION:
        raise RuleViolation(
            _("The meeting is not in session (any more): it is now “%(state)s”. Nothing was changed.")
            % {"state": meeting.get_status_display()}
        )
    return meeting


def demand_seen(piece, edition):
    """``piece`` is the record as it is now, or None. StaleEdition when the writer saw another one."""
    if piece is not None:
        piece.check_edition(edition)
    elif edition and edition != UNSAVED:
        raise StaleEdition(_("Somebody took this out while you were writing. What you wrote is still here."))
