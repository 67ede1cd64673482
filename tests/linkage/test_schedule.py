"""The month's meetings and what is told about them: each once, whatever runs how often."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from incubator.accounts.models import User
from incubator.divisions.models import Division
from incubator.notifications.models import Delivery, Notification
from linkage.models import JointMeeting, MeetingSeries, OfficialDay, SeriesMember
from linkage.services import schedule
from linkage.services.official_day import WorkCalendar
from tests.factories.accounts import UserFactory
from tests.factories.meetings import JointMeetingFactory, MeetingSeriesFactory, SeriesMemberFactory
from tests.factories.robots import GroupRobotFactory

MARCH, THE_12TH = datetime.date(2026, 3, 1), datetime.date(2026, 3, 12)


def at(day, hour=14, minute=30):
    return datetime.datetime.combine(day, datetime.time(hour, minute), timezone.get_current_timezone())


def known_since(day):
    """Meetings as if made on that day: what fell due before a meeting was made is not told any more."""
    JointMeeting.objects.update(created_at=at(day))


@pytest.fixture
def series(personas):
    return MeetingSeriesFactory(division=personas.community, chair=personas.community_staff, created_by=personas.worker)


@pytest.fixture
def people(series, personas):
    members = (personas.worker, personas.leader)
    for person in members:
        SeriesMemberFactory(series=series, user=person, name=person.name)
    SeriesMemberFactory(series=series, user=None, name="民警老李", party="police")
    SeriesMemberFactory(series=series, user=personas.hub, name="已离开", left_on=datetime.date(2026, 2, 1))
    return {*members, personas.community_staff}


def test_a_month_is_made_once_by_its_rule(series):
    assert schedule.schedule_month(period=MARCH, today=MARCH) == 1
    assert schedule.schedule_month(period=MARCH, today=THE_12TH) == 0
    meeting = JointMeeting.objects.get()
    assert (meeting.starts_at, meeting.ends_at) == (at(THE_12TH), at(THE_12TH, 16, 0))
    assert (meeting.period, meeting.planned_for, meeting.status) == (MARCH, THE_12TH, "planned")
    assert (meeting.chair, meeting.place_text) == (series.chair, series.place_text)


def test_a_cancelled_meeting_is_not_made_again_and_a_special_one_is_no_months_meeting(series):
    JointMeetingFactory(series=series, starts_at=at(datetime.date(2026, 3, 20)), kind="special")
    assert schedule.schedule_month(period=MARCH, today=MARCH) == 1
    JointMeeting.objects.filter(kind="regular").update(status="cancelled", cancelled_reason="下雨")
    assert schedule.schedule_month(period=MARCH, today=MARCH) == 0


@pytest.mark.parametrize(
    ("values", "made"),
    [
        ({"starts_on": datetime.date(2026, 4, 1)}, [0, 0, 1]),
        ({"ends_on": datetime.date(2026, 3, 11)}, [1, 0, 0]),
        ({"every_months": 2}, [0, 1, 0]),
    ],
)
def test_no_meeting_before_the_start_after_the_end_or_in_a_month_between(series, values, made):
    MeetingSeries.objects.update(**values)
    months = [datetime.date(2026, month, 1) for month in (2, 3, 4)]
    assert [schedule.schedule_month(period=month, today=MARCH) for month in months] == made


def test_a_rule_without_a_day_in_february_meets_on_the_last_there_is(personas):
    series = MeetingSeriesFactory(division=personas.community, rule_kind="day", rule_number=31, rule_weekday=None)
    schedule.schedule_month(period=datetime.date(2027, 2, 1), today=MARCH, series=series)
    assert timezone.localdate(JointMeeting.objects.get().starts_at) == datetime.date(
        2027, 2, 26
    )  # the 28th is a Sunday


def test_official_days_entered_by_hand_go_before_the_librarys(series):
    OfficialDay.objects.create(day=THE_12TH, is_working=False, entered_by=series.created_by)
    schedule.schedule_month(period=MARCH, today=MARCH)
    assert timezone.localdate(JointMeeting.objects.get().starts_at) == datetime.date(2026, 3, 13)
    calendar = WorkCalendar()
    assert calendar.is_provisional(2031)
    OfficialDay.objects.create(day=datetime.date(2031, 1, 1), is_working=False, entered_by=series.created_by)
    assert not WorkCalendar().is_provisional(2031)
    assert calendar.is_provisional(2031), "a calendar reads a year once"


def test_only_what_is_to_come_is_made_when_asked_for(series):
    friday = datetime.date(2026, 3, 13)
    assert schedule.schedule_month(period=MARCH, today=friday, only_coming=True) == 0
    assert schedule.schedule_month(period=MARCH, today=THE_12TH, only_coming=True) == 1


def test_the_agenda_opens_by_itself_as_many_days_before_as_the_series_says(series):
    schedule.schedule_month(period=MARCH, today=MARCH)
    assert schedule.open_agendas(today=datetime.date(2026, 2, 25)) == 0
    assert schedule.open_agendas(today=datetime.date(2026, 2, 26)) == 1
    assert schedule.open_agendas(today=datetime.date(2026, 2, 27)) == 0
    meeting = JointMeeting.objects.get()
    assert (meeting.status, meeting.sequence) == ("agenda_open", 1)


def test_each_day_tells_what_is_due_on_it_and_nothing_twice(series, people):
    schedule.schedule_month(period=MARCH, today=MARCH)
    known_since(datetime.date(2026, 2, 1))
    told = {}
    for number in range(-20, 3):
        day = THE_12TH + datetime.timedelta(days=number)
        for _again in range(2):
            before = set(Notification.objects.values_list("pk", flat=True))
            new = schedule.prepare_notices(today=day)
            rows = Notification.objects.exclude(pk__in=before)
            assert rows.count() == new
            for kind, days in rows.values_list("kind", "data__days"):
                told.setdefault((number, kind, days), 0)
                told[number, kind, days] += 1
    assert told == {
        (-14, "meeting.agenda_opened", None): 3,
        (-10, "meeting.invited", None): 3,
        (-7, "meeting.reminder", 7): 3,
        (-1, "meeting.reminder", 1): 3,
        (0, "meeting.reminder", 0): 3,
    }
    assert set(User.objects.filter(pk__in=Notification.objects.values("recipient"))) == people
    assert not Delivery.objects.exists()  # nobody of them has a mailbox


def test_the_chat_group_of_the_place_else_of_its_street_is_told_each_thing_once(series, people, personas):
    street = GroupRobotFactory(division=personas.street, label="街道工作群")
    schedule.schedule_month(period=MARCH, today=MARCH)
    known_since(datetime.date(2026, 2, 1))
    for number in range(-20, -5):
        day = THE_12TH + datetime.timedelta(days=number)
        schedule.prepare_notices(today=day)
        assert schedule.prepare_notices(today=day) == 0
    own = GroupRobotFactory(division=personas.community, label="议事群", kinds=["meeting.reminder"])
    for number in range(-5, 1):
        schedule.prepare_notices(today=THE_12TH + datetime.timedelta(days=number))  # the new group hears of it at once
    told = Notification.objects.exclude(robot=None).order_by("pk").values_list("robot", "kind", "data__days")
    assert list(told) == [
        (street.pk, "meeting.agenda_opened", None),
        (street.pk, "meeting.invited", None),
        (street.pk, "meeting.reminder", 7),
        (own.pk, "meeting.reminder", 5),
        (own.pk, "meeting.reminder", 1),
        (own.pk, "meeting.reminder", 0),
    ]
    assert Delivery.objects.filter(notification__robot__isnull=False).count() == 6


def test_a_day_on_which_nothing_ran_is_made_up_for_by_the_newest_reminder_alone(series, people):
    schedule.schedule_month(period=MARCH, today=MARCH)
    known_since(datetime.date(2026, 2, 1))
    schedule.prepare_notices(today=THE_12TH - datetime.timedelta(days=20))
    schedule.prepare_notices(today=THE_12TH)
    kinds = Notification.objects.filter(recipient=series.chair).order_by("pk").values_list("kind", "data__days")
    assert set(kinds) == {("meeting.agenda_opened", None), ("meeting.invited", None), ("meeting.reminder", 0)}


def test_a_meeting_made_late_brings_one_invitation_and_no_old_reminder(series, people):
    schedule.schedule_month(period=MARCH, today=MARCH)
    known_since(datetime.date(2026, 3, 8))
    assert schedule.prepare_notices(today=datetime.date(2026, 3, 8)) == 3
    assert set(Notification.objects.values_list("kind", flat=True)) == {"meeting.invited"}


def test_who_does_not_want_a_reminder_in_the_inbox_has_it_not_there(series, people, personas):
    from incubator.notifications.services import set_preferences

    set_preferences(actor=personas.worker, chosen={"meeting.invited": {"in_inbox": False, "by_email": True}})
    schedule.run_month(period=MARCH, today=THE_12TH)
    rows = Notification.objects.filter(kind="meeting.invited")
    assert {row.recipient: row.in_inbox for row in rows} == {
        person: person != personas.worker for person in people
    }  # fmt: skip


def test_closed_accounts_and_those_who_left_are_not_told(series, people, personas):
    User.objects.filter(pk=personas.leader.pk).update(is_active=False)
    schedule.run_month(period=MARCH, today=THE_12TH)
    told = set(User.objects.filter(pk__in=Notification.objects.values("recipient")))
    assert told == people - {personas.leader}


def test_the_recorder_is_told_once_when_the_minutes_are_due(series, personas):
    series.recorder = personas.worker
    series.save()
    meeting = JointMeetingFactory(series=series, starts_at=at(THE_12TH), held=True, recorder=personas.worker)
    friday_after = [schedule.remind_of_minutes(today=datetime.date(2026, 3, day)) for day in (13, 14, 16, 17, 18)]
    assert friday_after == [0, 0, 0, 1, 0]
    notice = Notification.objects.get()
    assert (notice.recipient, notice.kind, notice.link) == (
        personas.worker, "meeting.minutes_due", meeting.get_absolute_url(),
    )  # fmt: skip


def test_a_month_by_hand_does_that_month_alone(series, people):
    told = io.StringIO()
    call_command("run_month", "2026-03", "--today", "2026-03-12", stdout=told)
    assert json.loads(told.getvalue().splitlines()[-1]) == {"meetings": 1, "reminders": 15}
    assert list(JointMeeting.objects.values_list("period", "status")) == [(MARCH, "agenda_open")]
    told = io.StringIO()
    call_command("run_month", "2026-03", "--today", "2026-03-12", stdout=told)
    assert json.loads(told.getvalue().splitlines()[-1]) == {"meetings": 0, "reminders": 0}


def test_a_month_by_hand_tells_only_what_fell_due_until_its_day(series, people):
    assert schedule.run_month(period=MARCH, today=datetime.date(2026, 3, 5)) == {"meetings": 1, "reminders": 9}
    assert schedule.run_month(period=MARCH, today=datetime.date(2026, 3, 31)) == {"meetings": 0, "reminders": 6}


def test_what_is_no_month_is_refused():
    with pytest.raises(CommandError, match="2026-13"):
        call_command("run_month", "2026-13")


def test_the_days_job_makes_this_month_and_the_next(series, people):
    from linkage.tasks import meetings_of_the_day

    meetings_of_the_day(day="2026-03-12")
    assert list(JointMeeting.objects.order_by("period").values_list("period", flat=True)) == [
        MARCH, datetime.date(2026, 4, 1),
    ]  # fmt: skip
    before = (JointMeeting.objects.count(), Notification.objects.count())
    meetings_of_the_day(day="2026-03-12")
    assert (JointMeeting.objects.count(), Notification.objects.count()) == before


def test_a_year_over_300_communities_makes_each_meeting_and_each_reminder_once(personas):
    parent, author = personas.street, UserFactory()
    places = Division.objects.bulk_create(
        Division(code=f"330102001{number:03}", name=f"第{number}社区", level=5, parent=parent, valid_from=MARCH)
        for number in range(100, 400)
    )
    rows = MeetingSeries.objects.bulk_create(
        MeetingSeriesFactory.build(division=place, created_by=author, **RULES[number % len(RULES)])
        for number, place in enumerate(places)
    )
    users = User.objects.bulk_create(User(username=f"m{number}", name=f"m{number}") for number in range(6))
    SeriesMember.objects.bulk_create(
        SeriesMember(series=one, user=users[(number + step) % 6], name=f"m{step}", party="community")
        for number, one in enumerate(rows)
        for step in range(2)
    )
    months = [datetime.date(2026, number, 1) for number in range(1, 13)]
    first = [schedule.run_month(period=month, today=datetime.date(2027, 1, 1)) for month in months]
    assert [entry["meetings"] for entry in first] == [300] * 12
    kinds = 2 + 3  # agenda opened, invitation; 7 days, 1 day before, on the day
    assert [entry["reminders"] for entry in first] == [300 * 2 * kinds] * 12
    meetings = JointMeeting.objects.all()
    assert meetings.values("series", "period").distinct().count() == meetings.count() == 3_600
    calendar = WorkCalendar()
    days = {timezone.localdate(one) for one in meetings.values_list("starts_at", flat=True)}
    assert all(calendar.is_workday(day) for day in days)
    assert Notification.objects.values("dedup_key").distinct().count() == 36_000
    again = [schedule.run_month(period=month, today=datetime.date(2027, 1, 1)) for month in months]
    assert again == [{"meetings": 0, "reminders": 0}] * 12


RULES = (
    {},
    {"rule_kind": "workday", "rule_number": -1, "rule_weekday": None},
    {"rule_kind": "day", "rule_number": 31, "rule_weekday": None, "shift": "earlier"},
    {"rule_number": 5, "rule_weekday": 5},
)


def test_the_day_of_many_places_is_prepared_in_few_queries(series, personas, django_assert_max_num_queries):
    schedule.schedule_month(period=MARCH, today=MARCH)
    for _number in range(3):
        other = MeetingSeriesFactory(division=personas.next_community)
        for _member in range(3):
            SeriesMemberFactory(series=other)
    schedule.schedule_month(period=MARCH, today=MARCH)
    known_since(MARCH - datetime.timedelta(days=40))
    schedule.prepare_notices(today=THE_12TH - datetime.timedelta(days=8))
    with django_assert_max_num_queries(20), transaction.atomic():
        assert schedule.prepare_notices(today=THE_12TH - datetime.timedelta(days=7)) == 10
