"""What is left to do: written down, promised, done, put off, reminded of, and read from what the data lack."""

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.base.transitions import TransitionNotAllowed
from incubator.calendars.registries import calendar_sources
from incubator.jobs.models import Job
from incubator.jobs.runner import run_one
from incubator.notifications.models import Notification
from projects.choices import FollowUpStatus
from projects.models import ActivityPlan, FollowUp
from projects.panels.activity_follow_up import ActivityFollowUp
from projects.policies import follow_up as policies
from projects.services import follow_up as services
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.review import FILED_AT, AnnouncementFactory, FollowUpFactory

LIST, NEW = "/projects/follow-ups/", "/projects/follow-ups/new/"
TODAY = datetime.date(2026, 11, 3)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(FILED_AT, tick=False) as traveller:
        yield traveller


def create(place, **more):
    facts = {"uuid": uuid.uuid4(), "title": "带反光背心", "due_on": TODAY + 3 * DAY, "actor": place.worker}
    return services.create_follow_up(**(facts | {"organization": place.organization, "owner": place.worker} | more))


def told(kind):
    return [notice.recipient for notice in Notification.objects.filter(kind=kind).order_by("pk")]


# --- writing down ------------------------------------------------------------------------------------------------
def test_a_task_for_somebody_else_tells_them(place):
    follow_up = create(place, actor=place.supervisor)
    assert (follow_up.community, told("follow_up.given")) == (place.community, [place.worker])
    create(place)
    assert told("follow_up.given") == [place.worker]
    assert AuditEvent.objects.filter(verb="follow_up.created").count() == 2


@pytest.mark.parametrize("due_on", [TODAY - DAY, TODAY + 2000 * DAY])
def test_a_day_that_is_past_or_years_ahead_is_refused(place, due_on):
    with pytest.raises(RuleViolation):
        create(place, due_on=due_on)


def test_a_task_of_nobody_and_nowhere_is_refused(place):
    with pytest.raises(RuleViolation, match="who does it"):
        create(place, owner=None, organization=None)


def test_the_agreed_next_step_becomes_a_promise_once(place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, next_step="带反光背心来")
    follow_up = services.promise_follow_up(activity_id=activity.pk, due_on=TODAY + DAY, actor=place.worker)
    assert (follow_up.kind, follow_up.title, follow_up.owner) == ("promise", "带反光背心来", place.worker)
    with pytest.raises(RuleViolation, match="already"):
        services.promise_follow_up(activity_id=activity.pk, due_on=TODAY + DAY, actor=place.worker)
    silent = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    with pytest.raises(RuleViolation, match="No next step"):
        services.promise_follow_up(activity_id=silent.pk, due_on=TODAY + DAY, actor=place.worker)


# --- the state machine: five tests -------------------------------------------------------------------------------
SOURCES = {"finish": {"open"}, "drop": {"open"}, "reopen": {"done", "dropped"}}


@pytest.mark.parametrize("status", FollowUpStatus.values)
@pytest.mark.parametrize("action", list(SOURCES))
def test_method_and_table_agree(place, action, status):
    arguments = {"finish": {"by": place.worker, "at": FILED_AT}, "reopen": {}}
    arguments["drop"] = arguments["finish"] | {"reason": "不用了"}
    follow_up = FollowUp(status=status)
    if status in SOURCES[action]:
        getattr(follow_up, action)(**arguments[action])
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(follow_up, action)(**arguments[action])


ACTIONS = {
    "finish": ({}, "follow_up.finished", services.finish_follow_up, {}),
    "drop": ({}, "follow_up.dropped", services.drop_follow_up, {"reason": "不用了"}),
    "reopen": ({"done": True}, "follow_up.reopened", services.reopen_follow_up, {}),
}


@pytest.mark.parametrize("action", list(ACTIONS))
def test_each_step_leaves_one_event_and_a_second_call_none(place, action):
    traits, verb, service, more = ACTIONS[action]
    follow_up = FollowUpFactory(organization=place.organization, owner=place.worker, **traits)
    service(follow_up_id=follow_up.pk, actor=place.worker, **more)
    with pytest.raises(TransitionNotAllowed):
        service(follow_up_id=follow_up.pk, actor=place.worker, **more)
    assert [event.verb for event in AuditEvent.objects.all()] == [verb]


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "done", "closed_at": None},
        {"status": "open", "closed_at": FILED_AT},
        {"status": "dropped", "closed_at": FILED_AT, "dropped_reason": ""},
        {"owner": None, "community": None},
    ],
)
def test_the_database_refuses_the_impossible(place, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpFactory(organization=place.organization, **facts)


def test_when_the_last_step_fails_nothing_remains(place, monkeypatch):
    follow_up = FollowUpFactory(organization=place.organization, owner=place.worker)
    monkeypatch.setattr(services.audit, "record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.finish_follow_up(follow_up_id=follow_up.pk, actor=place.worker)
    assert FollowUp.objects.get().status == "open"


def test_a_redelivered_reminder_is_sent_once(place, clock):
    follow_up = create(place)
    job = Job.objects.get(name="projects.remind_follow_up")
    assert timezone.localtime(job.run_at).isoformat() == "2026-11-06T08:00:00+08:00"
    clock.move_to(job.run_at)
    run_one(job.pk)
    run_one(job.pk)
    services.remind_of_follow_up(follow_up_id=follow_up.pk, due_on="2026-11-06")
    assert told("follow_up.due") == [place.worker]


# --- done by a record, put off -----------------------------------------------------------------------------------
def test_a_record_of_the_organization_gets_it_done_and_another_one_does_not(place):
    follow_up = FollowUpFactory(organization=place.organization, owner=place.worker)
    elsewhere = ActivityFactory(organization=place.other_organization)
    with pytest.raises(RuleViolation, match="another organization"):
        services.finish_follow_up(follow_up_id=follow_up.pk, actor=place.worker, activity=elsewhere)
    record = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    assert list(ActivityFollowUp.context(place.worker, record)["offers"]) == [follow_up]
    services.finish_follow_up(follow_up_id=follow_up.pk, actor=place.worker, activity=record)
    shown = ActivityFollowUp.context(place.worker, record)
    assert (list(shown["offers"]), list(shown["done"])) == ([], [follow_up])


def test_putting_off_moves_the_reminder_and_keeps_both_days(place, clock):
    follow_up = create(place)
    services.postpone_follow_up(follow_up_id=follow_up.pk, due_on=TODAY + 9 * DAY, actor=place.worker)
    services.postpone_follow_up(follow_up_id=follow_up.pk, due_on=TODAY + 9 * DAY, actor=place.worker)
    event = AuditEvent.objects.get(verb="follow_up.postponed")
    assert event.data["changes"]["due_on"] == ["2026-11-06", "2026-11-12"]
    for job in Job.objects.filter(name="projects.remind_follow_up").order_by("run_at"):
        clock.move_to(job.run_at)
        run_one(job.pk)
    assert [notice.data["due"] for notice in Notification.objects.filter(kind="follow_up.due")] == ["2026-11-12"]


def test_what_is_closed_gets_no_other_day_and_no_reminder(place):
    follow_up = FollowUpFactory(organization=place.organization, owner=place.worker, done=True)
    with pytest.raises(RuleViolation):
        services.postpone_follow_up(follow_up_id=follow_up.pk, due_on=TODAY + 9 * DAY, actor=place.worker)
    assert services.remind_of_follow_up(follow_up_id=follow_up.pk, due_on="2026-11-06") == 0


def test_a_visit_of_the_place_reminds_whoever_serves_it_now(place, clock):
    follow_up = FollowUpFactory(organization=place.organization, owner=None, created_by=None)
    clock.move_to(FILED_AT + 3 * DAY)
    services.ask_for_reminders(today=follow_up.due_on)
    services.ask_for_reminders(today=follow_up.due_on)
    run_one(Job.objects.get(name="projects.remind_follow_up").pk)
    assert told("follow_up.due") == [place.worker]


# --- people ------------------------------------------------------------------------------------------------------
def test_list_and_policy_agree_for_everybody(place):
    rows = [
        FollowUpFactory(organization=place.organization, owner=place.worker),
        FollowUpFactory(organization=place.organization, owner=None, created_by=None),
        FollowUpFactory(organization=place.other_organization, owner=place.stranger),
        FollowUpFactory(organization=None, community=None, owner=place.worker),
    ]
    for person in place.everybody:
        seen = set(FollowUp.objects.visible_to(person))
        assert seen == {row for row in rows if verdict(policies.check_view_follow_up, person, row)}, person


def test_who_does_it(place):
    follow_up = FollowUpFactory(organization=place.organization, owner=place.worker)
    may = {person.username for person in place.everybody if verdict(policies.check_finish_follow_up, person, follow_up)}
    assert may == {"worker", "community_staff", "hub", "supervisor"}
    nobodys = FollowUpFactory(organization=place.organization, owner=None, created_by=None)
    assert verdict(policies.check_finish_follow_up, place.leader, nobodys)


# --- pages -------------------------------------------------------------------------------------------------------
def test_writing_down_on_the_page_once_for_two_clicks(place, sign_in):
    client = sign_in(place.worker)
    data = {
        "uuid": uuid.uuid4(), "title": "问活动室", "due_on": "2026-11-09", "owner": place.worker.uuid,
        "organization": place.organization.uuid,
    }  # fmt: skip
    assert client.get(f"{NEW}?organization={place.organization.uuid}").status_code == 200
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"] == FollowUp.objects.get().get_absolute_url()
    assert client.get(first["Location"]).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"due_on": "2026-11-01"}, {"title": ""}, {"owner": "", "organization": ""}, {"due_on": "bald"}]
)
def test_what_is_wrong_comes_back(place, sign_in, wrong):
    data = {"uuid": uuid.uuid4(), "title": "问活动室", "due_on": "2026-11-09", "owner": place.worker.uuid} | wrong
    assert sign_in(place.worker).post(NEW, data).status_code == 422


def test_the_steps_on_the_pages(place, sign_in):
    follow_up = FollowUpFactory(organization=place.organization, owner=place.worker)
    client, url = sign_in(place.worker), follow_up.get_absolute_url()
    assert client.post(f"{url}postpone/", {"due_on": "2026-11-01"}).status_code == 422
    assert client.post(f"{url}postpone/", {"due_on": "2026-11-20"})["Location"] == url
    assert client.post(f"{url}drop/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}drop/", {"reason": "不用了"})["Location"] == url
    assert client.post(f"{url}reopen/")["Location"] == url
    assert client.post(f"{url}done/")["Location"] == url
    assert FollowUp.objects.get().status == "done"
    assert client.get(url).status_code == 200
    assert sign_in(place.staff).post(f"{url}reopen/").status_code == 403


def test_a_promise_is_one_tap_on_the_record(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, next_step="带背心来")
    client, url = sign_in(place.worker), f"/projects/activities/{activity.uuid}/promise/"
    assert ActivityFollowUp.context(place.worker, activity)["asks_for_promise"] is True
    assert client.get(url).status_code == 200
    assert client.post(url, {"due_on": "2026-11-10"}).status_code == 302
    assert ActivityFollowUp.context(place.worker, activity)["asks_for_promise"] is False
    assert client.post(url, {"due_on": "2026-11-10"}).status_code == 422


def test_every_tab_counts_what_it_shows(place, sign_in, clock):
    FollowUpFactory(organization=place.organization, owner=place.worker)
    FollowUpFactory(organization=place.organization, owner=None, created_by=None, due_on=TODAY + 60 * DAY)
    FollowUpFactory(organization=place.organization, owner=place.supervisor, due_on=TODAY + 60 * DAY)
    FollowUpFactory(organization=place.organization, owner=place.worker, done=True)
    FollowUpFactory(organization=place.other_organization, owner=place.other_worker)
    clock.move_to(FILED_AT + 10 * DAY)
    client = sign_in(place.worker)
    tabs = client.get(LIST).context["tabs"]
    assert [tab["count"] for tab in tabs] == [2, 3, 1, None]
    for tab in tabs[:3]:
        assert len(client.get(LIST + tab["url"]).context["rows"]) == tab["count"]
    assert len(client.get(LIST + tabs[3]["url"]).context["rows"]) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_three_rows(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        FollowUpFactory(organization=OrganizationFactory(community=place.community), owner=place.worker)
    client = sign_in(place.worker)
    with django_assert_num_queries(8):
        assert len(client.get(LIST).context["rows"]) == number


# --- derived tasks -----------------------------------------------------------------------------------------------
def test_tasks_are_read_from_what_the_data_lack(place, clock):
    ActivityFactory(organization=place.organization, recorded_by=place.worker, returned=True)
    service = {"kind": "service", "details": {"reached": "", "reflection": ""}}
    ActivityFactory(organization=place.organization, recorded_by=place.worker, title="百家宴", **service)
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    plan = ActivityPlan.objects.create(project=project, kind="visit", title="走访", planned_on=TODAY - 2 * DAY)
    AnnouncementFactory(organization=place.organization, filed_by=place.worker, starts_at=FILED_AT - DAY)
    found = services.derived_tasks(place.worker, TODAY)
    assert [(task.kind, task.due_on) for task in found] == [
        ("plan", TODAY - 2 * DAY), ("tie", TODAY - DAY), ("returned", TODAY), ("summary", TODAY + 3 * DAY),
    ]  # fmt: skip
    ActivityFactory(organization=place.organization, recorded_by=place.worker, plan=plan)
    assert "plan" not in {task.kind for task in services.derived_tasks(place.worker, TODAY)}
    assert services.derived_tasks(place.other_worker, TODAY) == []


def test_a_community_s_task_is_to_answer(place):
    AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    AnnouncementFactory(organization=place.other_organization)
    found = services.derived_tasks(place.community_staff, TODAY)
    assert [(task.kind, task.due_on) for task in found] == [("answer", datetime.date(2026, 11, 6))]


@pytest.mark.parametrize("number", [1, 3])
def test_derived_tasks_cost_the_same_with_one_and_three(place, django_assert_num_queries, number):
    for _number in range(number):
        ActivityFactory(organization=place.organization, recorded_by=place.community_staff, returned=True)
        AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    _warm = place.community_staff.access.roles
    with django_assert_num_queries(4):
        assert len(services.derived_tasks(place.community_staff, TODAY)) == 2 * number


# --- the calendar ------------------------------------------------------------------------------------------------
def test_the_calendar_shows_follow_ups_and_announcements_of_ones_places(place, django_assert_num_queries):
    task = FollowUpFactory(organization=place.organization, owner=place.worker)
    done = FollowUpFactory(organization=place.organization, owner=place.worker, done=True)
    announced = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    withdrawn = AnnouncementFactory(organization=place.organization, filed_by=place.worker, withdrawn=True)
    FollowUpFactory(organization=place.other_organization)
    first, after = datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)

    def uids(person, **more):
        return [
            (entry.uid, entry.is_cancelled)
            for code in ("announcements", "follow_ups")
            for entry in calendar_sources[code].entries(person, first, after, **more)
        ]

    shown = [(f"announcement-{announced.uuid}", False), (f"follow-up-{task.uuid}", False)]
    assert uids(place.staff) == shown
    assert uids(place.staff, mine=True) == []
    assert uids(place.worker, mine=True) == [
        (f"announcement-{announced.uuid}", False), (f"announcement-{withdrawn.uuid}", True),
        (f"follow-up-{task.uuid}", False), (f"follow-up-{done.uuid}", True),
    ]  # fmt: skip
    _warm = place.worker.access.roles
    with django_assert_num_queries(2):
        uids(place.worker)
