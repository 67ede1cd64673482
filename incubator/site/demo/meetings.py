"""Writes the joint meetings of the demonstration: series with their roster, this and the next month's meeting, and what
is proposed for them."""

import datetime

from incubator.base.months import add_months
from incubator.site.demo import meeting_stories as stories
from incubator.site.demo.board import identifier
from linkage.models import JointMeeting, MeetingSeries, SeriesMember
from linkage.services.agenda import propose_item
from linkage.services.official_day import WorkCalendar
from linkage.services.schedule import day_of, planned_meeting


def write_meetings(demo):
    """``demo.series`` {code of the place: MeetingSeries}, for those who write what the meetings resolved."""
    month = demo.today.replace(day=1)
    demo.series = {code: series_of(demo, code, add_months(month, -stories.BEGAN)) for code in stories.SERIES}
    made = list(demo.series.values())
    demo.stamp(made, [demo.ago(28 * stories.BEGAN, 9)] * len(made))
    demo.add("series of joint meetings", made)
    demo.add("people on their rosters", roster(demo))
    demo.add("joint meetings", [meeting for series in made for meeting in meetings(demo, series, month)])
    items(demo)


def series_of(demo, code, starts_on):
    title, (kind, number, weekday), months, hour, where, host, chair, recorder = stories.SERIES[code]
    author = demo.users[recorder]
    return MeetingSeries.objects.create(
        uuid=identifier("series", code), division=demo.division(code), title=title, rule_kind=kind, rule_number=number,
        rule_weekday=weekday, every_months=months, starts_at=datetime.time(hour, 30), place_text=where, host=host,
        starts_on=starts_on, chair=demo.users.get(chair), recorder=author, created_by=demo.users.get(chair) or author,
    )  # fmt: skip


def roster(demo):
    return SeriesMember.objects.bulk_create(
        SeriesMember(
            uuid=identifier("series-member", code, name), series=demo.series[code], party=party, name=name, body=body,
            user=demo.users.get(username), organization=demo.bodies[key] if key else None,
        )
        for code, rows in stories.ROSTER.items()
        for party, username, name, body, key in rows
    )  # fmt: skip


def meetings(demo, series, month):
    """Of this month and the next, as the scheduler would have made them."""
    calendar, made = WorkCalendar(), []
    for period in (month, add_months(month, 1)):
        day = day_of(series, period, calendar)
        if day is None:
            continue
        meeting = planned_meeting(series, period, day)
        meeting.uuid = identifier("meeting", series.division.code, period)
        if (day - demo.today).days <= series.agenda_days:
            meeting.open_agenda()
        made.append(meeting)
    JointMeeting.objects.bulk_create(made)
    demo.stamp(made, [demo.ago(demo.today.day + 20, 1)] * len(made))
    return made


def items(demo):
    made = [
        propose_item(
            uuid=identifier("agenda-item", number), series=demo.series[code], title=title, text=text, kind=kind,
            source=source, party=party, actor=demo.users[proposer], organization=demo.bodies[key] if key else None,
        )
        for number, (code, title, text, kind, source, party, proposer, key, _ago) in enumerate(stories.ITEMS)
    ]  # fmt: skip
    demo.stamp(made, [demo.ago(row[-1], 11) for row in stories.ITEMS])
    demo.add("matters proposed", made)
