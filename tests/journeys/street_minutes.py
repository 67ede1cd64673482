"""Minutes of a street's joint meetings: for the walk over all addresses."""

import datetime

from django.utils import timezone

from linkage.models import ActionItem, JointMeeting, MeetingAttendance, Resolution
from tests.factories.linkage_minutes import (
    ActionFactory,
    AttendanceFactory,
    HeldMeetingFactory,
    LookFactory,
    ResolutionFactory,
)


def recorded(word, series, worker):
    """A meeting in session with a guest, a resolution and an action that does not count yet, and an action that counts
    from a confirmed meeting before; with the street's word in all."""
    earlier = HeldMeetingFactory(
        series=series, kind="special", closed=True, title=f"{word}上月联席会",
        starts_at=timezone.now() - datetime.timedelta(days=40),
    )  # fmt: skip
    in_force = ActionFactory(resolution=ResolutionFactory(meeting=earlier, text=f"{word}整改"), title=f"{word}清理楼道")
    JointMeeting.objects.filter(pk=earlier.pk).update(
        status="confirmed", content_sha256="0" * 64, confirmed_by=worker, confirmed_at=timezone.now(),
        content={},
    )  # fmt: skip
    meeting = HeldMeetingFactory(series=series, kind="special", in_session=True, title=f"{word}专题会", recorder=worker)
    resolution = ResolutionFactory(meeting=meeting, text=f"{word}议定")
    LookFactory(action=in_force, meeting=meeting, note=f"{word}在办")
    return {
        JointMeeting: [meeting],
        Resolution: [resolution],
        MeetingAttendance: [AttendanceFactory(meeting=meeting, party="residents", name=f"{word}居民")],
        ActionItem: [in_force, ActionFactory(resolution=resolution, title=f"{word}巡逻")],
    }


def of_session(*names):
    """Arguments of the pieces of the meeting in session: its identifier, and those of what ``names`` says."""

    def find(street):
        meeting = street.records[Resolution][0].meeting
        known = {
            "member": lambda: meeting.series.members.order_by("pk").first().uuid,
            "guest": lambda: street.records[MeetingAttendance][0].uuid,
            "item": lambda: meeting.series.items.order_by("pk").first().uuid,
            "party": lambda: "community",
            "resolution": lambda: street.records[Resolution][0].uuid,
            "action": lambda: street.records[ActionItem][1].uuid,
            "carried": lambda: street.records[ActionItem][0].uuid,
        }
        return [{"uuid": meeting.uuid, **{name.replace("carried", "action"): known[name]() for name in names}}]

    return find


MINUTES = {
    "linkage:minutes-attendance": of_session("member"),
    "linkage:minutes-guest-remove": of_session("guest"),
    "linkage:minutes-look": of_session("carried"),
    "linkage:minutes-opinion": of_session("item", "party"),
    "linkage:minutes-resolution-add": of_session("item"),
    "linkage:minutes-resolution-update": of_session("resolution"),
    "linkage:minutes-resolution-remove": of_session("resolution"),
    "linkage:minutes-action-add": of_session("resolution"),
    "linkage:minutes-action-update": of_session("action"),
    "linkage:minutes-action-remove": of_session("action"),
}
