"""Announcements (报备): the time to answer, the five of the state machine, the notices, the pages."""

import datetime
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.base.transitions import TransitionNotAllowed
from incubator.jobs.models import Job
from incubator.jobs.runner import run_one
from incubator.notifications.models import Notification
from projects.choices import AnnouncementStatus
from projects.models import Announcement
from projects.policies import announcement as policies
from projects.services import announcement as services
from tests.factories.projects import ActivityFactory
from tests.factories.review import FILED_AT, AnnouncementFactory, WorkRuleFactory

LIST, NEW, COUNTS = "/projects/announcements/", "/projects/announcements/new/", "/projects/announcements/counts/"
DAY = datetime.timedelta(days=1)
STARTS_AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(FILED_AT, tick=False) as traveller:
        yield traveller


def values(place, **more):
    return {
        "uuid": uuid.uuid4(), "organization": place.organization, "title": "邻里百家宴", "kind": "visit",
        "starts_at": STARTS_AT, "minutes": 120, "place_text": "小广场", "expected_participants": 80,
        "purpose": "让邻居互相认识", "actor": place.worker,
    } | more  # fmt: skip


def typed(place, **more):
    return {
        "uuid": uuid.uuid4(), "organization": place.organization.uuid, "title": "邻里百家宴", "kind": "visit",
        "starts_at": "2026-11-20T09:00", "minutes": 120, "place_text": "小广场", "expected_participants": 80,
        "purpose": "让邻居互相认识",
    } | more  # fmt: skip


def told(kind):
    return [notice.recipient for notice in Notification.objects.filter(kind=kind).order_by("pk")]


def run(name):
    job = Job.objects.get(name=name)
    Job.objects.filter(pk=job.pk).update(run_at=timezone.now())
    run_one(job.pk)
    run_one(job.pk)
    return job


# --- the time to answer ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("filed_at", "days", "due_on"),
    [
        (datetime.datetime(2026, 11, 3, 1, tzinfo=datetime.UTC), 3, datetime.date(2026, 11, 6)),
        (datetime.datetime(2026, 11, 5, 1, tzinfo=datetime.UTC), 3, datetime.date(2026, 11, 10)),  # over a weekend
        (datetime.datetime(2026, 9, 30, 1, tzinfo=datetime.UTC), 3, datetime.date(2026, 10, 10)),  # over the holidays
        (datetime.datetime(2026, 11, 3, 16, 1, tzinfo=datetime.UTC), 1, datetime.date(2026, 11, 5)),  # after midnight
    ],
)
def test_the_time_ends_with_the_last_of_the_working_days(filed_at, days, due_on):
    end = services.answer_by(filed_at, days)
    assert Announcement(due_at=end).due_on == due_on
    assert timezone.localtime(end).time() == datetime.time.min


def test_filing_freezes_the_street_s_rule_and_tells_the_community(place):
    WorkRuleFactory(division=place.street, announcement_days=2, concerns_to_answer=["large"], kinds_to_answer=[])
    plain = services.file_announcement(**values(place))
    special = services.file_announcement(**values(place, concerns=["money", "large"], safety_plan="两人值守"))
    assert (plain.needs_answer, special.needs_answer) == (False, True)
    assert special.concerns == ["large", "money"]
    assert plain.due_on == datetime.date(2026, 11, 5)
    assert told("announcement.filed") == [place.community_staff] * 2
    assert AuditEvent.objects.filter(verb="announcement.filed").count() == 2


def test_a_kind_of_the_street_needs_an_answer_too(place):
    WorkRuleFactory(division=place.street, kinds_to_answer=["visit"])
    with pytest.raises(RuleViolation, match="safety plan"):
        services.file_announcement(**values(place))


def test_what_needs_an_answer_needs_a_safety_plan_as_text_or_file(place):
    with pytest.raises(RuleViolation, match="safety plan"):
        services.file_announcement(**values(place, concerns=["minors"], safety_plan=" "))
    upload = SimpleUploadedFile("plan.pdf", PDF)
    announcement = services.file_announcement(**values(place, concerns=["minors"], safety_file=upload))
    assert announcement.safety_extension == "pdf"
    upload = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00")
    with pytest.raises(RuleViolation):
        services.file_announcement(**values(place, concerns=["minors"], safety_file=upload))


@pytest.mark.parametrize("starts_at", [FILED_AT - DAY, FILED_AT, FILED_AT + 400 * DAY])
def test_what_is_past_or_far_ahead_is_not_announced(place, starts_at):
    with pytest.raises(RuleViolation, match="to come"):
        services.file_announcement(**values(place, starts_at=starts_at))


def test_silence_makes_it_known_by_the_clock_alone(place):
    plain, needing = AnnouncementFactory(organization=place.organization), AnnouncementFactory(needing=True)
    before, after = plain.due_at - datetime.timedelta(seconds=1), plain.due_at
    assert [plain.is_taken_as_known(at) for at in (before, after)] == [False, True]
    assert [needing.is_taken_as_known(at) for at in (before, after)] == [False, False]
    assert list(Announcement.objects.taken_as_known(after)) == [plain]
    assert list(Announcement.objects.unanswered(after)) == [needing]
    assert {row.status for row in Announcement.objects.all()} == {"filed"}


# --- the state machine: five tests -------------------------------------------------------------------------------
SOURCES = {"agree": {"filed"}, "object_to": {"filed"}, "withdraw": {"filed", "agreed"}}
ARGUMENTS = {"agree": {"at": FILED_AT}, "object_to": {"at": FILED_AT, "answer": "不行"}, "withdraw": {}}


@pytest.mark.parametrize("status", AnnouncementStatus.values)
@pytest.mark.parametrize("action", list(SOURCES))
def test_method_and_table_agree(place, action, status):
    announcement = Announcement(status=status)
    arguments = ARGUMENTS[action] | ({"by": place.staff} if action != "withdraw" else {})
    if status in SOURCES[action]:
        getattr(announcement, action)(**arguments)
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(announcement, action)(**arguments)


def do(place, action, announcement):
    return {
        "agree": lambda: services.agree_announcement(announcement_id=announcement.pk, actor=place.community_staff),
        "object": lambda: services.object_announcement(
            announcement_id=announcement.pk, actor=place.community_staff, answer="有集市"
        ),
        "withdraw": lambda: services.withdraw_announcement(announcement_id=announcement.pk, actor=place.worker),
    }[action]()


ACTIONS = [
    ("agree", "announcement.agreed", "worker"), ("object", "announcement.objected", "worker"),
    ("withdraw", "announcement.withdrawn", "community_staff"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "verb", "recipient"), ACTIONS)
def test_each_step_leaves_one_event_and_one_notice(place, action, verb, recipient):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    do(place, action, announcement)
    assert AuditEvent.objects.filter(verb=verb).count() == AuditEvent.objects.count() == 1
    assert told(verb) == [getattr(place, recipient)]
    assert Notification.objects.count() == 1


@pytest.mark.parametrize(("action", "verb", "recipient"), ACTIONS)
def test_a_second_call_is_refused_and_leaves_no_trace(place, action, verb, recipient):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    do(place, action, announcement)
    with pytest.raises(TransitionNotAllowed):
        do(place, action, announcement)
    assert (AuditEvent.objects.count(), Notification.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "objected", "answered_at": FILED_AT, "answer": ""},
        {"status": "agreed", "answered_at": None},
        {"status": "agreed", "answered_at": FILED_AT, "answered_by": None},
    ],
)
def test_the_database_refuses_an_answer_without_its_facts(place, facts):
    facts = {"answered_by": place.staff} | facts
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnouncementFactory(organization=place.organization, **facts)


def test_a_redelivered_reminder_is_sent_once_and_not_after_an_answer(place, clock):
    services.file_announcement(**values(place))
    job = Job.objects.get(name="projects.remind_announcement")
    assert timezone.localtime(job.run_at).isoformat() == "2026-11-05T09:00:00+08:00"
    clock.move_to(job.run_at)
    run("projects.remind_announcement")
    assert told("announcement.reminder") == [place.community_staff]


def test_when_the_last_step_fails_nothing_remains(place, monkeypatch):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    monkeypatch.setattr(services, "tell", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        do(place, "agree", announcement)
    assert Announcement.objects.get().status == "filed"
    assert not AuditEvent.objects.exists()


# --- what the clock brings ---------------------------------------------------------------------------------------
def test_past_its_time_who_announced_it_hears_that_it_counts_as_known(place, clock):
    announcement = services.file_announcement(**values(place))
    clock.move_to(announcement.due_at)
    run("projects.announcement_due")
    assert told("announcement.known") == [place.worker]
    assert Announcement.objects.get().status == "filed"


def test_where_an_answer_is_needed_the_street_hears_of_the_silence_too(place, clock):
    announcement = services.file_announcement(**values(place, concerns=["large"], safety_plan="值守"))
    clock.move_to(announcement.due_at)
    run("projects.announcement_due")
    assert set(told("announcement.unanswered")) == {place.worker, place.staff}
    assert told("announcement.known") == []


def test_nobody_is_told_of_silence_after_an_answer(place, clock):
    announcement = services.file_announcement(**values(place))
    do(place, "agree", announcement)
    clock.move_to(announcement.due_at)
    run("projects.announcement_due")
    assert told("announcement.known") == []


@pytest.mark.parametrize("action", ["agree", "object", "withdraw"])
def test_once_it_has_begun_nothing_changes_any_more(place, clock, action):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)
    clock.move_to(announcement.starts_at)
    with pytest.raises(RuleViolation, match="has begun"):
        do(place, action, announcement)


def test_an_objection_needs_a_reason(place):
    announcement = AnnouncementFactory(organization=place.organization)
    with pytest.raises(RuleViolation, match="reason"):
        services.object_announcement(announcement_id=announcement.pk, actor=place.community_staff, answer=" ")


# --- the record afterwards ---------------------------------------------------------------------------------------
def test_a_record_finds_its_announcement_by_organization_kind_and_day(place):
    announcement = AnnouncementFactory(organization=place.organization)
    AnnouncementFactory(organization=place.organization, starts_at=STARTS_AT + DAY)
    AnnouncementFactory(organization=place.organization, kind="training")
    record = ActivityFactory(organization=place.organization, starts_at=STARTS_AT + datetime.timedelta(hours=3))
    assert services.tie_announcement(record) == announcement
    assert services.tie_announcement(record) is None
    assert Announcement.objects.get(pk=announcement.pk).activity == record


def test_of_two_announcements_of_a_day_none_is_guessed(place):
    for _number in range(2):
        AnnouncementFactory(organization=place.organization)
    record = ActivityFactory(organization=place.organization, starts_at=STARTS_AT)
    assert services.tie_announcement(record) is None


def test_another_organization_s_record_is_refused(place):
    announcement = AnnouncementFactory(organization=place.organization)
    record = ActivityFactory(organization=place.other_organization, starts_at=STARTS_AT)
    with pytest.raises(RuleViolation):
        services.record_announcement(announcement_id=announcement.pk, activity=record, actor=place.worker)


# --- people ------------------------------------------------------------------------------------------------------
def test_list_and_policy_agree_for_everybody(place):
    rows = [AnnouncementFactory(organization=body) for body in (place.organization, place.other_organization)]
    for person in place.everybody:
        seen = set(Announcement.objects.visible_to(person))
        assert seen == {row for row in rows if verdict(policies.check_view_announcement, person, row)}, person


def test_who_answers_and_who_withdraws(place):
    announcement = AnnouncementFactory(organization=place.organization, filed_by=place.worker)

    def people(check):
        return {person.username for person in place.everybody if verdict(check, person, announcement)}

    assert people(policies.check_agree_announcement) == {"community_staff", "staff"}
    assert people(policies.check_object_announcement) == {"community_staff", "staff"}
    assert people(policies.check_withdraw_announcement) == {"worker"}
    own = AnnouncementFactory(organization=place.organization, filed_by=place.community_staff)
    assert not verdict(policies.check_agree_announcement, place.community_staff, own)
