from linkage.models.action import ActionItem, ActionReview
from linkage.models.agenda import AgendaItem, ItemOpinion
from linkage.models.attendance import MeetingAttendance
from linkage.models.meeting import JointMeeting
from linkage.models.official_day import OfficialDay
from linkage.models.resolution import Resolution
from linkage.models.series import MeetingSeries, SeriesMember

__all__ = [
    "ActionItem",
    "ActionReview",
    "AgendaItem",
    "ItemOpinion",
    "JointMeeting",
    "MeetingAttendance",
    "MeetingSeries",
    "OfficialDay",
    "Resolution",
    "SeriesMember",
]
