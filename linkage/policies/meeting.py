"""Who may do what with a joint meeting before it begins."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from linkage.policies import series as of_series


def check_list_meetings(user):
    of_series.check_list_series(user)


def check_view_meeting(user, meeting=None):
    """The same rule as ``JointMeeting.objects.visible_to``."""
    of_series.check_view_series(user, meeting.series if meeting else None)


def check_keep_meeting(user, meeting=None):
    of_series.check_keep_series(user, meeting.series if meeting else None)


def _check_coming(meeting):
    if not meeting.is_coming:
        raise PermissionDenied(_("The meeting is not to come any more: it has begun, is over or was cancelled."))


def check_move_meeting(user, meeting=None):
    check_keep_meeting(user, meeting)
    if meeting is not None:
        _check_coming(meeting)


def check_cancel_meeting(user, meeting=None):
    check_move_meeting(user, meeting)


def check_open_agenda(user, meeting=None):
    check_move_meeting(user, meeting)


def check_create_special(user, series=None):
    of_series.check_keep_series(user, series)


def check_share_meeting(user, meeting=None):
    check_view_meeting(user, meeting)


def check_list_missing(user):
    """Which communities have not held their meeting: the people of offices and of the places themselves."""
    signed_in(user)
    if not user.access.has(*of_series.READERS):
        raise PermissionDenied(_("Joint meetings are read by those who work in the place or stand on a roster."))
