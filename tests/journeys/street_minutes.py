"""Minutes of a street's joint meetings: for the walk over all addresses."""

import datetime

from django.utils import timezone

from linkage.models import ActionItem, JointMeeting, MeetingAttendance, Resolution
from linkage.services.minutes import seal_minutes
from projects.models import Activity
from tests.factories.linkage_minutes import (
    ActionFactory,
    AttendanceFactory,
    HeldMeetingFactory,
    LookFactory,
    MemberFactory,
    OpinionFactory,
    ResolutionFactory,
)


def recorded(word, series, organization, worker, items):
    """A meeting in session with a guest, somebody excused, an opinion on the first of ``items``, a resolution and an action
    that does not count yet; one whose minutes wait for their confirmation; a confirmed one before, with the record that it
    became, an action that counts and one that was done. The street's word stands in all."""
    speaker = MemberFactory(series=series, party="organization", name=f"{word}代表", organization=organization)
    earlier = HeldMeetingFactory(
        series=series, kind="special", closed=True, title=f"{word}上月联席会", recorder=worker, summary=f"{word}小结",
        starts_at=timezone.now() - datetime.timedelta(days=40),
    )  # fmt: skip
    AttendanceFactory(meeting=earlier, member=speaker, party=speaker.party, name=speaker.name)
    earlier_resolution = ResolutionFactory(meeting=earlier, text=f"{word}整改")
    in_force = ActionFactory(resolution=earlier_resolution, title=f"{word}清理楼道")
    done = ActionFactory(
        resolution=earlier_resolution, title=f"{word}补灯", done=True, done_by=worker, done_note=f"{word}补好了"
    )  # fmt: skip
    seal_minutes(earlier, actor=worker, at=timezone.now(), confirmed_as="no_chair")
    earlier.save()
    waiting = HeldMeetingFactory(
        series=series, kind="special", closed=True, title=f"{word}待确认", summary=f"{word}草拟",
        starts_at=timezone.now() - datetime.timedelta(days=3),
    )  # fmt: skip
    meeting = HeldMeetingFactory(series=series, kind="special", in_session=True, title=f"{word}专题会", recorder=worker)
    resolution = ResolutionFactory(meeting=meeting, text=f"{word}议定")
    LookFactory(action=in_force, meeting=meeting, note=f"{word}在办")
    OpinionFactory(item=items[0], meeting=meeting, text=f"{word}意见", written_by=worker)
    AttendanceFactory(
        meeting=meeting, member=speaker, party=speaker.party, name=speaker.name, presence="excused",
        excuse=f"{word}住院",
    )  # fmt: skip
    return {
        JointMeeting: [meeting, waiting, earlier],
        Activity: [earlier.activity],
        Resolution: [resolution],
        MeetingAttendance: [AttendanceFactory(meeting=meeting, party="residents", name=f"{word}居民")],
        ActionItem: [in_force, ActionFactory(resolution=resolution, title=f"{word}巡逻"), done],
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
