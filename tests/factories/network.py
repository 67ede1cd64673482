"""Joint meetings with confirmed minutes, and who was there."""

import datetime

from django.utils import timezone

from linkage.models import JointMeeting, MeetingAttendance, MeetingSeries, SeriesMember
from tests.factories.accounts import UserFactory
from tests.factories.meetings import confirm

HELD_AT = datetime.datetime(2026, 11, 12, 6, 30, tzinfo=datetime.UTC)  # 14:30 in Shanghai


def hold_meeting(division, present, *, at=HELD_AT, status="confirmed", activity=None, presence="present"):
    """A special meeting of a series of the place. ``present``: (party, body, organization or None) each."""
    user = UserFactory()
    series, _new = MeetingSeries.objects.get_or_create(
        division=division, title="联席会", defaults={"starts_on": datetime.date(2024, 1, 1), "created_by": user}
    )
    held = status in ("confirmed", "minutes_draft")
    facts = {"began_at": at, "closed_at": at} if held else {}
    meeting = JointMeeting.objects.create(
        series=series, kind="special", period=timezone.localdate(at).replace(day=1), title="联席会议", starts_at=at,
        ends_at=at + datetime.timedelta(minutes=90), status="minutes_draft" if held else status, activity=activity, **facts,
    )  # fmt: skip
    for number, (party, body, organization) in enumerate(present):
        name = f"{series.members.count()}号 {number}"
        member = SeriesMember.objects.create(
            series=series, party=party, name=name, body=body, organization=organization
        )
        MeetingAttendance.objects.create(
            meeting=meeting, member=member, party=party, name=name, body=body, presence=presence,
            proxy_name="代表" if presence == "proxy" else "",
        )  # fmt: skip
    if status == "confirmed":
        confirm(meeting)
    return JointMeeting.objects.get(pk=meeting.pk)
