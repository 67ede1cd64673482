"""A month that runs through in a minute or two: the days are told to the jobs, no clock is turned.

Each call of ``tick`` (by every beat, twice a second) starts the next day's runs when the last ones are old enough, under
the same unique keys as the real schedules; so no day is left out, however long everything stands still.
"""

import datetime
import json

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from incubator.accounts.models import User
from incubator.divisions.models import Division
from incubator.jobs import schedules
from incubator.jobs.models import Schedule
from incubator.notifications.models import Delivery, GroupRobot, Notification
from linkage.models import JointMeeting, MeetingSeries, SeriesMember
from linkage.notifications.meeting import audience_of
from linkage.services.schedule import due_until, run_day

NAME = "linkage.meetings_of_the_day"
PARTIES = ("community", "organization", "social_worker")
STREET, ROSTER = "330102001", 3


def days():
    """(first, number, seconds of each)."""
    first, number, seconds = settings.SLOW_MONTH
    return datetime.date.fromisoformat(first), int(number), float(seconds)


def tick(*, now):
    first, number, seconds = days()
    schedule = Schedule.objects.get(name=NAME)
    last = schedule.runs.order_by("-period").first()
    if last and now - last.created_at < datetime.timedelta(seconds=seconds):
        return
    day = datetime.date.fromisoformat(last.period) + datetime.timedelta(days=1) if last else first
    if (day - first).days < number:
        moment = datetime.datetime.combine(day, datetime.time(0, 30), timezone.get_current_timezone())
        schedules.start_run(schedule=schedule, period=day.isoformat(), due_at=moment)


@transaction.atomic
def make(*, places):
    """So many communities of one street, each with its series, three people on the roster with a mailbox, and a group's
    robot. The real times of day are switched off: the days come from ``tick`` alone."""
    for schedule in Schedule.objects.with_beat():
        schedules.switch(schedule, on=False, now=timezone.now())
    parent = None
    for code, level, name in (("33", 1, "省"), ("3301", 2, "市"), (STREET[:6], 3, "区"), (STREET, 4, "街道")):
        parent = Division.objects.create(
            code=code, name=name, level=level, parent=parent, valid_from=datetime.date(2023, 1, 1),
            kind="street" if code == STREET else "",
        )  # fmt: skip
    for number in range(places):
        place = Division.objects.create(
            code=f"{STREET}{number + 1:03}", name=f"第{number + 1}社区", level=5, parent=parent,
            valid_from=datetime.date(2023, 1, 1), kind="residents_committee", setting="urban",
        )  # fmt: skip
        people = [
            User.objects.create(username=f"p{number}-{n}", name=f"人{number}-{n}", email=f"p{number}-{n}@outside.test")
            for n in range(ROSTER)
        ]
        series = MeetingSeries.objects.create(
            division=place, title="联席会", rule_number=2 + number % 2, rule_weekday=number % 5,
            starts_on=datetime.date(2026, 1, 1), created_by=people[0], chair=people[0],
        )  # fmt: skip
        for party, person in zip(PARTIES, people, strict=True):
            SeriesMember.objects.create(series=series, party=party, user=person, name=person.name)
        GroupRobot.objects.create(
            division=place, kind="wecom", label="群", quiet_from=None, quiet_to=None, created_by=people[0],
            address=f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=place{number:03}",
        )  # fmt: skip


def report():
    """Prints as JSON what should have been told by the end of the month, and what was."""
    first, number, _seconds = days()
    end = first + datetime.timedelta(days=number - 1)
    meetings = list(JointMeeting.objects.select_related("series"))
    people = audience_of(meetings)
    robots = dict(GroupRobot.objects.values_list("division", "pk"))
    due = [
        (meeting, f"{kind}:{meeting.uuid}" + (f":{left}" if kind == "meeting.reminder" else ""))
        for meeting in meetings
        for kind, left in due_until(meeting, end)
    ]
    told = Notification.objects.filter(robot=None).values_list("dedup_key", "uuid")
    told_groups = Notification.objects.exclude(robot=None).values_list("dedup_key", flat=True)
    undelivered = Delivery.objects.exclude(state="sent").values_list("state", "error")[:20]
    print(  # noqa: T201 - the test reads it
        json.dumps(
            {
                "meetings": JointMeeting.objects.filter(period=first).count(),
                "due": sorted(f"{key}:{person}" for meeting, key in due for person in people[meeting.pk]),
                "told": {key: str(identifier) for key, identifier in told},
                "due_groups": sorted(f"{key}:robot:{robots[meeting.series.division_id]}" for meeting, key in due),
                "told_groups": sorted(told_groups),
                "undelivered": list(map(list, undelivered)),
                "again": run_day(today=end),
            }
        )
    )
