"""Looking through records by exception, thanks and comments, and closed months."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.jobs.models import Job
from incubator.jobs.runner import run_one
from incubator.jobs.schedules import start_due
from incubator.notifications.models import Notification
from projects.choices import ActivityStatus
from projects.models import Activity, ActivityDiscussed, ActivityNote, MonthLock
from projects.panels.activity_review import ActivityReview
from projects.services import activity_review as services
from projects.services import month as months
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import STARTS_AT, ActivityFactory
from tests.factories.review import WorkRuleFactory

REVIEW = "/projects/activities/review/"
DAY = datetime.timedelta(days=1)


def states(*activities):
    return [Activity.objects.get(pk=activity.pk).status for activity in activities]


# --- accepted by itself ------------------------------------------------------------------------------------------
def test_what_nobody_returned_is_accepted_after_seven_days_by_nobody(place):
    due = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    young = ActivityFactory(organization=place.organization, recorded_by=place.worker, submitted_at=STARTS_AT + DAY)
    returned = ActivityFactory(organization=place.organization, recorded_by=place.worker, returned=True)
    now = STARTS_AT + 7 * DAY
    assert services.accept_due_activities(now=now - DAY) == 0
    assert services.accept_due_activities(now=now) == 1
    assert states(due, young, returned) == ["accepted", "submitted", "returned"]
    due = Activity.objects.get(pk=due.pk)
    assert (due.reviewed_by, due.reviewed_at) == (None, now)
    event = AuditEvent.objects.get(verb="activity.accepted")
    assert (event.actor, event.data) == (None, {"from": "submitted", "to": "accepted"})
    assert not Notification.objects.exists()


def test_each_street_has_its_own_number_of_days(place):
    WorkRuleFactory(division=place.street, accept_after_days=2)
    here = ActivityFactory(organization=place.organization)
    elsewhere = ActivityFactory(organization=place.other_organization)
    assert services.accept_due_activities(now=STARTS_AT + 2 * DAY) == 1
    assert states(here, elsewhere) == ["accepted", "submitted"]
    assert services.accept_due_activities(now=STARTS_AT + 7 * DAY) == 1
    assert states(here, elsewhere) == ["accepted", "accepted"]


def test_accepting_again_changes_nothing_and_leaves_no_trace(place):
    ActivityFactory(organization=place.organization)
    assert services.accept_due_activities(now=STARTS_AT + 8 * DAY) == 1
    events = AuditEvent.objects.count()
    assert services.accept_due_activities(now=STARTS_AT + 9 * DAY) == 0
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("number", [1, 3])
def test_accepting_costs_the_same_with_one_and_three_records(place, django_assert_num_queries, number):
    for _number in range(number):
        ActivityFactory(organization=OrganizationFactory(community=place.community))
    with django_assert_num_queries(11):
        assert services.accept_due_activities(now=STARTS_AT + 8 * DAY) == number


def test_accepting_works_in_chunks(place, monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 2)
    for _number in range(5):
        ActivityFactory(organization=place.organization)
    assert services.accept_due_activities(now=STARTS_AT + 8 * DAY) == 5
    assert AuditEvent.objects.filter(verb="activity.accepted").count() == 5


def test_the_daily_job_accepts_and_locks_once_a_day(place, time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 10, 2, tzinfo=datetime.UTC))
    activity = ActivityFactory(organization=place.organization)
    for _time in range(3):
        start_due(now=timezone.now())
    jobs = Job.objects.filter(name__startswith="projects.", key__endswith=":2026-12-10")
    assert {"projects.accept_activities", "projects.lock_months"} <= {job.name for job in jobs}
    assert len({job.name for job in jobs}) == len(jobs)
    for job in jobs:
        run_one(job.pk)
        run_one(job.pk)
    assert states(activity) == ["locked"]
    assert AuditEvent.objects.filter(verb="activity.locked").count() == 1


# --- closed months -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "lock_day", "first_open"),
    [
        (datetime.date(2026, 12, 9), 10, datetime.date(2026, 11, 1)),
        (datetime.date(2026, 12, 10), 10, datetime.date(2026, 12, 1)),
        (datetime.date(2027, 1, 1), 1, datetime.date(2027, 1, 1)),
        (datetime.date(2027, 1, 1), 28, datetime.date(2026, 12, 1)),
    ],
)
def test_the_first_month_that_stays_open(today, lock_day, first_open):
    assert months.open_since(today, lock_day) == first_open


def test_a_month_is_closed_on_its_day_and_says_how_many_records_it_had(place):
    november = [
        ActivityFactory(organization=place.organization),
        ActivityFactory(organization=place.organization, accepted=True),
    ]
    returned = ActivityFactory(organization=place.organization, returned=True)
    not_held = ActivityFactory(organization=place.organization, outcome="cancelled", outcome_reason="下雨")
    december = ActivityFactory(organization=place.organization, starts_at=STARTS_AT + 30 * DAY)
    on_time = datetime.datetime(2026, 12, 10, 1, tzinfo=datetime.UTC)
    assert months.lock_due_months(now=on_time - DAY) == 0
    assert months.lock_due_months(now=on_time) == 3
    assert states(*november, returned, not_held, december) == ["locked", "locked", "returned", "locked", "submitted"]
    lock = MonthLock.objects.get()
    assert (lock.division, lock.month, lock.activities) == (place.street, datetime.date(2026, 11, 1), 2)
    assert lock.locked_by is None
    assert months.lock_due_months(now=on_time) == 0
    assert AuditEvent.objects.filter(verb="month.locked").count() == 1


def test_the_last_minute_of_a_month_belongs_to_it_by_the_clock_here(place):
    last = datetime.datetime(2026, 11, 30, 15, 59, tzinfo=datetime.UTC)  # 23:59 in Shanghai
    first = datetime.datetime(2026, 11, 30, 16, 0, tzinfo=datetime.UTC)
    both = [ActivityFactory(organization=place.organization, starts_at=at) for at in (last, first)]
    months.lock_due_months(now=datetime.datetime(2026, 12, 10, 1, tzinfo=datetime.UTC))
    assert states(*both) == ["locked", "submitted"]


def test_what_comes_in_later_is_marked_late_and_locked_by_the_next_run(place):
    now = datetime.datetime(2026, 12, 10, 1, tzinfo=datetime.UTC)
    in_time = ActivityFactory(organization=place.organization)
    months.lock_due_months(now=now)
    late = ActivityFactory(organization=place.organization, submitted_at=now + DAY)
    lock = months.lock_of(late)
    assert (months.is_late(in_time, lock), months.is_late(late, lock)) == (False, True)
    assert months.lock_due_months(now=now + 2 * DAY) == 1
    assert states(late) == ["locked"]
    assert MonthLock.objects.get().activities == 1


def test_a_street_closes_its_month_by_hand_once(place):
    activity = ActivityFactory(organization=place.organization)
    elsewhere = ActivityFactory(organization=place.other_organization)
    now = datetime.datetime(2026, 12, 1, 1, tzinfo=datetime.UTC)
    values = {"street": place.street, "month": datetime.date(2026, 11, 1), "actor": place.staff}
    with pytest.raises(RuleViolation, match="not over yet"):
        months.lock_month(**values, now=STARTS_AT)
    assert months.lock_month(**values, now=now).locked_by == place.staff
    assert states(activity, elsewhere) == ["locked", "submitted"]
    with pytest.raises(RuleViolation, match="closed already"):
        months.lock_month(**values, now=now)


def test_the_database_refuses_a_lock_that_is_no_first_day(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthLock.objects.create(division=place.street, month=datetime.date(2026, 11, 2), locked_at=STARTS_AT)


@pytest.mark.parametrize("number", [1, 3])
def test_closing_months_costs_the_same_with_one_and_three_records(place, django_assert_num_queries, number):
    for _number in range(number):
        ActivityFactory(organization=OrganizationFactory(community=place.community))
    with django_assert_num_queries(23):
        months.lock_due_months(now=datetime.datetime(2026, 12, 10, 1, tzinfo=datetime.UTC))


# --- thanks and comments -----------------------------------------------------------------------------------------
def test_thanks_are_said_once_and_the_author_is_told(place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    services.thank_activity(activity_id=activity.pk, actor=place.supervisor)
    services.thank_activity(activity_id=activity.pk, actor=place.supervisor)
    assert ActivityNote.objects.count() == 1
    assert [notice.recipient for notice in Notification.objects.filter(kind="activity.thanked")] == [place.worker]
    assert AuditEvent.objects.filter(verb="activity.thanked").count() == 1


def test_a_comment_reaches_the_author_and_an_answer_the_one_who_asked(place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    values = {"activity_id": activity.pk, "text": "背心领到了吗？"}
    services.comment_activity(uuid=uuid.uuid4(), actor=place.supervisor, **values)
    services.comment_activity(uuid=uuid.uuid4(), activity_id=activity.pk, text="领到了", actor=place.worker)
    told = Notification.objects.filter(kind="activity.commented").order_by("pk")
    assert [notice.recipient for notice in told] == [place.worker, place.supervisor]
    assert "背心" not in str([event.data for event in AuditEvent.objects.all()])


def test_one_comment_form_sent_twice_says_it_once(place):
    activity, key = ActivityFactory(organization=place.organization, recorded_by=place.worker), uuid.uuid4()
    for _time in range(2):
        services.comment_activity(uuid=key, activity_id=activity.pk, text="好", actor=place.supervisor)
    assert ActivityNote.objects.count() == 1
    with pytest.raises(RuleViolation):
        services.comment_activity(uuid=uuid.uuid4(), activity_id=activity.pk, text="  ", actor=place.supervisor)


# --- pages -------------------------------------------------------------------------------------------------------
def test_the_list_shows_what_waits_oldest_first_with_the_day_of_acceptance(place, sign_in):
    young = ActivityFactory(organization=place.organization, recorded_by=place.worker, submitted_at=STARTS_AT + DAY)
    old = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    ActivityFactory(organization=place.organization, recorded_by=place.supervisor)
    ActivityFactory(organization=place.organization, recorded_by=place.worker, accepted=True)
    ActivityFactory(organization=place.other_organization, recorded_by=place.other_worker)
    response = sign_in(place.supervisor).get(REVIEW)
    assert [row["activity"] for row in response.context["rows"]] == [old, young]
    assert [row["accepted_on"] for row in response.context["rows"]] == [
        datetime.date(2026, 11, 10),
        datetime.date(2026, 11, 11),
    ]


def test_thanks_and_comment_are_said_in_the_list(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client, base = sign_in(place.supervisor), f"/projects/activities/{activity.uuid}"
    assert client.post(f"{base}/thank/?from=review")["Location"] == REVIEW
    answer = client.post(f"{base}/comment/?from=review", {"uuid": uuid.uuid4(), "text": "很好"})
    assert answer["Location"] == REVIEW
    response = client.get(REVIEW)
    assert "You said thanks" in response.text
    assert "很好" in response.text
    assert client.post(f"{base}/comment/", {"uuid": uuid.uuid4(), "text": ""}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_waiting_records_costs_the_same(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        ActivityFactory(organization=OrganizationFactory(community=place.community), recorded_by=place.worker)
    client = sign_in(place.staff)
    with django_assert_num_queries(8):
        assert len(client.get(REVIEW).context["rows"]) == number


@pytest.mark.parametrize("who", ["worker", "leader", "community_staff", "stranger", "admin"])
def test_the_list_is_not_for(place, sign_in, who):
    assert sign_in(getattr(place, who)).get(REVIEW).status_code == 403


def test_a_record_shows_where_it_was_discussed_to_those_who_read_that(place):
    record = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    session = ActivityFactory(organization=place.organization, recorded_by=place.supervisor)
    hidden = ActivityFactory(organization=place.other_organization, recorded_by=place.other_worker)
    for supervision in (session, hidden):
        ActivityDiscussed.objects.create(activity=supervision, discussed=record)
    assert list(ActivityReview.context(place.worker, record)["discussed_in"]) == [session]


def test_a_record_of_a_closed_month_still_opens(place, sign_in):
    activity = ActivityFactory(
        organization=place.organization, recorded_by=place.worker, status=ActivityStatus.LOCKED, locked_at=STARTS_AT
    )
    assert sign_in(place.worker).get(activity.get_absolute_url()).status_code == 200
    assert sign_in(place.worker).get("/projects/activities/").status_code == 200
