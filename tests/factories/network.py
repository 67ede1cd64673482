"""Joint meetings with confirmed minutes, and who was there."""

import datetime

from django.utils import timezone

from linkage.models import JointMeeting, MeetingAttendance, MeetingSeries, SeriesMember
from tests.factories.accounts import UserFactory

HELD_AT = datetime.datetime(2026, 11, 12, 6, 30, tzinfo=datetime.UTC)  # 14:30 in Shanghai


def hold_meeting(division, present, *, at=HELD_AT, status="confirmed", activity=None, presence="present"):
    """A special meeting of a series of the place. ``present``: (party, body, organization or None) each."""
    user = UserFactory()
    series, _new = MeetingSeries.objects.get_or_create(
        division=division, title="联席会", defaults={"starts_on": datetime.date(2024, 1, 1), "created_by": user}
    )
    facts = {"began_at": at, "closed_at": at} if status in ("confirmed", "minutes_draft") else {}
    if status == "confirmed":
        facts |= {"confirmed_by": user, "confirmed_at": at, "content_sha256": "0" * 64}
    meeting = JointMeeting.objects.create(
        series=series, kind="special", period=timezone.localdate(at).replace(day=1), title="联席会议", starts_at=at,
        ends_at=at + datetime.timedelta(minutes=90), status=status, activity=activity, **facts,
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
    return meeting
