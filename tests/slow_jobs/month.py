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
from incubator.notifications.services import notify_groups
from linkage.models import JointMeeting, MeetingSeries, SeriesMember
from linkage.notifications.meeting import audience_of
from linkage.services.schedule import due_until, run_day

NAMES = ("linkage.meetings_of_the_day", "slow.tell_groups")
PARTIES = ("community", "organization", "social_worker")
STREET, ROSTER = "330102001", 3


def days():
    """(first, number, seconds of each)."""
    first, number, seconds = settings.SLOW_MONTH
    return datetime.date.fromisoformat(first), int(number), float(seconds)


def tick(*, now):
    first, number, seconds = days()
    for schedule in Schedule.objects.filter(name__in=NAMES).order_by("name"):
        last = schedule.runs.order_by("-period").first()
        if last and now - last.created_at < datetime.timedelta(seconds=seconds):
            continue
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


def tell_groups(*, day):
    """Each Monday a word to every group."""
    if datetime.date.fromisoformat(day).weekday() == 0:
        places = Division.objects.filter(code__startswith=STREET, level=5).order_by("code")
        notify_groups(
            "slow.day", [(place, f"slow.day:{day}:{place.code}", data_of(place, day), "") for place in places]
        )


def data_of(place, day):
    return {"place": place.name, "day": day}


def report():
    """Prints as JSON what should have been told by the end of the month, and what was."""
    first, number, _seconds = days()
    end = first + datetime.timedelta(days=number - 1)
    meetings = list(JointMeeting.objects.select_related("series"))
    people = audience_of(meetings)
    due = {
        f"{kind}:{meeting.uuid}" + (f":{left}" if kind == "meeting.reminder" else "") + f":{person}"
        for meeting in meetings
        for kind, left in due_until(meeting, end)
        for person in people[meeting.pk]
    }
    mondays = sum((first + datetime.timedelta(days=n)).weekday() == 0 for n in range(number))
    written = Notification.objects.filter(kind__startswith="meeting.")
    told = dict(written.values_list("dedup_key", "uuid"))
    group_notices = Notification.objects.filter(kind="slow.day")
    undelivered = Delivery.objects.exclude(state="sent").values_list("state", "error")[:20]
    print(  # noqa: T201 - the test reads it
        json.dumps(
            {
                "meetings": JointMeeting.objects.filter(period=first).count(),
                "due": sorted(due),
                "told": {key: str(identifier) for key, identifier in told.items()},
                "group_due": mondays * MeetingSeries.objects.count(),
                "group_notices": group_notices.count(),
                "undelivered": list(map(list, undelivered)),
                "again": run_day(today=end),
            }
        )
    )
