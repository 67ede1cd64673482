"""On the meeting's page: open it, write it down, and what came of it."""

from django.utils.translation import pgettext_lazy

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from linkage.choices import THERE, MeetingStatus
from linkage.policies import minutes as policies
from linkage.policies.meeting import check_view_meeting


@panels.register
class MeetingMinutes(Panel):
    code = "meeting-minutes"
    target = "linkage.jointmeeting"
    label = pgettext_lazy("meeting", "Minutes")
    template = "linkage/panels/meeting_minutes.html"
    policy = staticmethod(check_view_meeting)
    order = 10

    @classmethod
    def context(cls, user, thing):
        resolutions = list(thing.resolutions.order_by("number", "pk"))
        actions = thing.resolutions.filter(actions__isnull=False).count() if resolutions else 0
        return {
            "meeting": thing,
            "resolutions": resolutions,
            "actions": actions,
            "there": thing.attendances.filter(presence__in=THERE).count() if not thing.is_coming else 0,
            "is_cancelled": thing.status == MeetingStatus.CANCELLED,
            "in_session": thing.status == MeetingStatus.IN_SESSION,
            "may_convene": verdict(policies.check_convene_meeting, user, thing),
            "may_record": verdict(policies.check_record_meeting, user, thing),
        }
