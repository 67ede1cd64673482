"""The activity's machine, and that saving twice is saving once."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import Conflict, RuleViolation
from incubator.base.transitions import TransitionNotAllowed
from incubator.notifications.models import Notification
from projects.models import Activity
from projects.services import activity as services
from projects.services import activity_draft, activity_review
from tests.factories.accounts import UserFactory
from tests.factories.projects import STARTS_AT, ActivityFactory, ProjectFactory

STATUSES = ("draft", "submitted", "returned", "accepted")
POSSIBLE = {("submit", "draft"), ("submit", "returned"), ("return_for_changes", "submitted"), ("accept", "submitted")}
NOW = datetime.datetime(2026, 11, 20, 2, 0, tzinfo=datetime.UTC)
ARGUMENTS = {
    "submit": {"at": NOW},
    "return_for_changes": {"by": None, "at": NOW, "reason": "请改"},
    "accept": {"by": None, "at": NOW},
}


@pytest.fixture(autouse=True)
def _november():
    import time_machine

    with time_machine.travel(NOW, tick=False):
        yield


def values(organization, **more):
    return {
        "organization": organization, "starts_at": STARTS_AT, "minutes": 45, "place_text": "", "participants": None,
        "summary": "谈了换届", "next_step": "", "led_by": "", "details": {"way": "phone"}, **more,
    }  # fmt: skip


def submit(place, *, identifier=None, version=0, actor=None, **more):
    return services.submit_activity(
        uuid=identifier or uuid.uuid4(), kind="visit", values=values(place.organization, **more), version=version,
        actor=actor or place.worker,
    )  # fmt: skip


# --- 1: the method and the table agree
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("verb", sorted(ARGUMENTS))
def test_a_guard_lets_through_exactly_what_the_table_says(verb, status):
    activity = Activity(kind="visit", status=status)
    if (verb, status) in POSSIBLE:
        getattr(activity, verb)(**ARGUMENTS[verb])
        assert activity.status != "draft"
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(activity, verb)(**ARGUMENTS[verb])
        assert activity.status == status


# --- 2: the happy path leaves one event, and a notice where somebody has to be told
def test_submit_activity_leaves_one_event(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    activity = submit(place)
    assert (activity.status, activity.community, activity.project) == ("submitted", place.community, project)
    assert [event.verb for event in AuditEvent.objects.about(activity)] == ["activity.submitted"]
    assert not Notification.objects.exists()


def test_return_activity_tells_the_author_once(place):
    activity = submit(place)
    activity_review.return_activity(activity_id=activity.pk, reason="请写清时间", actor=place.supervisor)
    event = AuditEvent.objects.about(activity).latest("pk")
    assert (event.verb, event.data) == ("activity.returned", {"from": "submitted", "to": "returned"})
    notice = Notification.objects.get()
    assert (notice.recipient, notice.kind, notice.data["reason"]) == (place.worker, "activity.returned", "请写清时间")
    assert notice.link == activity.get_absolute_url()


def test_accept_activity_is_silent(place):
    activity = submit(place)
    activity_review.accept_activity(activity_id=activity.pk, actor=place.staff)
    assert AuditEvent.objects.about(activity).latest("pk").verb == "activity.accepted"
    assert not Notification.objects.exists()


# --- 3: the second call is refused and leaves no trace
@pytest.mark.parametrize("first", ["accept", "return"])
@pytest.mark.parametrize("second", ["accept", "return"])
def test_a_second_look_is_refused_without_a_trace(place, first, second):
    verbs = {
        "accept": lambda pk: activity_review.accept_activity(activity_id=pk, actor=place.staff),
        "return": lambda pk: activity_review.return_activity(activity_id=pk, reason="请改", actor=place.staff),
    }
    activity = submit(place)
    verbs[first](activity.pk)
    before = (AuditEvent.objects.count(), Notification.objects.count())
    with pytest.raises(TransitionNotAllowed):
        verbs[second](activity.pk)
    assert (AuditEvent.objects.count(), Notification.objects.count()) == before


# --- 4: the database refuses the impossible row
@pytest.mark.parametrize(
    "facts",
    [
        {"organization": None}, {"starts_at": None}, {"minutes": None}, {"submitted_at": None}, {"minutes": 1441},
        {"status": "returned"}, {"status": "accepted"},
    ],
)  # fmt: skip
def test_the_database_refuses_a_state_without_its_facts(place, facts):
    fields = {"organization": place.organization, "community": place.community, "recorded_by": place.worker} | facts
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityFactory(**fields)


# --- 5: atomicity
def test_when_the_last_step_fails_nothing_remains(place, monkeypatch):
    activity = submit(place)

    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(activity_review, "notify", fail)
    with pytest.raises(OSError):  # noqa: PT011
        activity_review.return_activity(activity_id=activity.pk, reason="请改", actor=place.staff)
    assert Activity.objects.get().status == "submitted"
    assert AuditEvent.objects.about(activity).count() == 1


# --- once is enough
def test_submit_activity_twice_is_one_record(place):
    identifier = uuid.uuid4()
    first, second = submit(place, identifier=identifier), submit(place, identifier=identifier)
    assert (first.pk, second.version) == (second.pk, 1)
    assert AuditEvent.objects.count() == 1


def test_other_values_under_a_known_identifier_are_a_conflict(place):
    identifier = uuid.uuid4()
    submit(place, identifier=identifier)
    with pytest.raises(services.StaleVersion):
        submit(place, identifier=identifier, summary="另一段")
    assert Activity.objects.get().summary == "谈了换届"


def test_an_identifier_of_somebody_else_is_refused(place):
    identifier = uuid.uuid4()
    submit(place, identifier=identifier)
    for call in (
        lambda: submit(place, identifier=identifier, actor=place.hub),
        lambda: activity_draft.save_draft(uuid=identifier, kind="visit", payload={}, version=1, actor=place.hub),
    ):
        with pytest.raises(Conflict):
            call()


def test_the_organization_itself_is_not_touched(place):
    before = place.organization.updated_at
    submit(place)
    place.organization.refresh_from_db(fields=["updated_at"])
    assert place.organization.updated_at == before


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"starts_at": NOW + datetime.timedelta(days=2)}, "future"),
        ({"minutes": 1441}, "24 hours"),
        ({"minutes": 0}, "one minute"),
        ({"participants": -1}, "number of participants"),
    ],
)
def test_the_rules_hold_below_every_form(place, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        submit(place, **more)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("who", "source"),
    [("worker", "worker"), ("leader", "organization"), ("community_staff", "community"), ("hub", "worker")],
)
def test_the_source_follows_from_who_records(place, who, source):
    assert submit(place, actor=getattr(place, who)).source == source


# --- drafts
def save(place, identifier, payload, *, version=0, tab="", actor=None):
    return activity_draft.save_draft(
        uuid=identifier, kind="visit", payload=payload, version=version, tab=tab, actor=actor or place.worker
    )


def test_save_draft_keeps_what_was_typed_and_drops_what_nobody_asked(place):
    identifier = uuid.uuid4()
    payload = {
        "summary": "写了",
        "minutes": "abc",
        "evil": "x",
        "details-met": "周",
        "organization": "nonsense",
        "led_by": "",
    }
    draft = save(place, identifier, payload)
    draft = save(place, identifier, payload, version=draft.version)
    assert draft.payload == {"summary": "写了", "minutes": "abc", "details-met": "周", "organization": "nonsense"}
    assert (draft.version, draft.organization, AuditEvent.objects.count()) == (2, None, 0)


def test_save_draft_names_the_organization_only_within_reach(place):
    mine = save(place, uuid.uuid4(), {"organization": str(place.organization.uuid)})
    foreign = save(place, uuid.uuid4(), {"organization": str(place.other_organization.uuid)})
    assert (mine.organization, foreign.organization) == (place.organization, None)


def test_save_draft_refuses_more_than_a_form_holds(place):
    with pytest.raises(RuleViolation):
        save(place, uuid.uuid4(), {"summary": "长" * 50_000})
    assert not Activity.objects.exists()


def test_save_draft_never_overwrites_a_record_that_was_handed_in(place):
    activity = submit(place)
    with pytest.raises(Conflict):
        save(place, activity.uuid, {"summary": "晚到的草稿"}, version=1)
    assert Activity.objects.get().summary == "谈了换届"


def test_an_older_draft_is_refused_unless_the_same_tab_sends_it(place):
    identifier = uuid.uuid4()
    save(place, identifier, {"summary": "一"}, tab="a")
    save(place, identifier, {"summary": "二"}, tab="a")  # the answer to the first was lost
    with pytest.raises(services.StaleVersion):
        save(place, identifier, {"summary": "三"}, tab="b")
    assert Activity.objects.get().payload["summary"] == "二"


def test_submitting_a_draft_moves_it_into_the_columns(place):
    identifier = uuid.uuid4()
    draft = save(place, identifier, {"summary": "写了一半"})
    activity = submit(place, identifier=identifier, version=draft.version)
    assert (activity.pk, activity.payload, activity.summary) == (draft.pk, {}, "谈了换届")


def test_discard_draft_is_refused_for_a_record(place):
    draft = save(place, uuid.uuid4(), {"summary": "一"})
    activity_draft.discard_draft(activity_id=draft.pk, actor=place.worker)
    activity = submit(place)
    with pytest.raises(RuleViolation):
        activity_draft.discard_draft(activity_id=activity.pk, actor=place.worker)
    assert list(Activity.objects.all()) == [activity]


# --- corrections
def update(activity, place, *, version=1, **more):
    return services.update_activity(
        activity_id=activity.pk, values=values(place.organization, **more), version=version, actor=place.worker
    )


def test_update_activity_names_the_changed_fields_and_masks_texts(place):
    activity = update(submit(place), place, minutes=90, summary="改过的")
    event = AuditEvent.objects.about(activity).latest("pk")
    assert (activity.status, activity.version, event.verb) == ("submitted", 2, "activity.updated")
    assert event.data["changes"] == {"minutes": [45, 90], "summary": ["•••", "•••"]}


def test_update_activity_without_a_change_leaves_no_trace(place):
    activity = update(submit(place), place)
    assert (activity.version, AuditEvent.objects.count()) == (1, 1)


def test_update_activity_hands_a_returned_record_in_again(place):
    activity = submit(place)
    activity_review.return_activity(activity_id=activity.pk, reason="请改", actor=place.staff)
    assert not Activity.objects.counted().exists()
    activity = update(activity, place, summary="改好了")
    assert (activity.status, activity.returned_reason, activity.reviewed_by) == ("submitted", "", None)
    assert AuditEvent.objects.about(activity).latest("pk").verb == "activity.resubmitted"
    assert Activity.objects.counted().count() == 1


def test_update_activity_refuses_an_older_version_and_an_accepted_record(place):
    activity = submit(place)
    update(activity, place, summary="一")
    with pytest.raises(services.StaleVersion):
        update(activity, place, summary="二")
    activity_review.accept_activity(activity_id=activity.pk, actor=place.staff)
    with pytest.raises(RuleViolation):
        update(activity, place, version=2, summary="三")


def test_return_activity_needs_a_reason(place):
    with pytest.raises(RuleViolation):
        activity_review.return_activity(activity_id=submit(place).pk, reason="  ", actor=place.staff)


def test_in_month_is_half_open_in_local_time(place):
    zone = timezone.get_current_timezone()
    for day, hour, minute in ((1, 0, 0), (30, 23, 59)):
        begin = datetime.datetime(2026, 11, day, hour, minute, tzinfo=zone)
        ActivityFactory(organization=place.organization, recorded_by=UserFactory(), starts_at=begin)
    begin = datetime.datetime(2026, 12, 1, tzinfo=zone)
    ActivityFactory(organization=place.organization, recorded_by=UserFactory(), starts_at=begin)
    assert Activity.objects.in_month(datetime.date(2026, 11, 15)).count() == 2
