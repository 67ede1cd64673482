"""Surveys: planning, the state machine, what the clock brings, who sees and does what."""

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction

from evaluations.choices import LinkedBy, WaveKind, WaveStatus
from evaluations.models import Response, Wave
from evaluations.policies import wave as policies
from evaluations.services import wave as services
from evaluations.services.wave_progress import progress_of
from evaluations.tasks import close_waves, remind_waves
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.base.transitions import TransitionNotAllowed
from incubator.notifications.models import Notification
from projects.services.checklist import checklist_of
from tests.factories.organizations import MembershipFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.waves import (
    CLOSES_ON,
    CONTENT,
    OPENED_AT,
    OPENS_ON,
    ResponseFactory,
    WaveFactory,
    likert,
    make_version,
)

D = datetime.date
CONSENT = "自愿参加。\n可以不答。"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPENED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def project(place):
    return ProjectFactory(organization=place.organization, lead=place.worker)


def plan(place, target, **more):
    facts = {
        "uuid": uuid.uuid4(), "target": target, "kind": WaveKind.BASELINE, "title": "前测", "opens_on": OPENS_ON,
        "closes_on": CLOSES_ON, "actor": place.worker,
    }  # fmt: skip
    return services.create_wave(**{"version": more.pop("version", None) or make_version(), **facts, **more})


# --- planning ----------------------------------------------------------------------------------------------------
def test_create_wave_plans_and_asks_nobody(place, project):
    wave = plan(place, project, expected=24, linked_by=LinkedBy.SELF_CODE)
    assert (wave.status, wave.project, wave.organization, wave.community) == (
        "planned", project, place.organization, place.community,
    )  # fmt: skip
    event = AuditEvent.objects.get(verb="wave.created")
    assert event.data["kind"] == "baseline"
    assert Notification.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"closes_on": D(2026, 11, 2), "opens_on": D(2026, 11, 1)}, "last day is past"),
        ({"opens_on": D(2026, 11, 20)}, "last day lies before the first"),
        ({"closes_on": D(2028, 11, 20)}, "check the year"),
    ],
)
def test_a_survey_with_wrong_days_is_refused(place, project, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        plan(place, project, **more)
    assert Wave.objects.count() == 0


def test_a_retired_questionnaire_is_refused(place, project):
    with pytest.raises(RuleViolation, match="no longer in use"):
        plan(place, project, version=make_version(is_active=False))


def test_a_survey_of_a_whole_street_is_refused(place):
    with pytest.raises(RuleViolation, match="one community"):
        plan(place, place.street)


def test_satisfaction_with_an_activity_is_anonymous(place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    with pytest.raises(RuleViolation, match="anonymous"):
        plan(place, activity, linked_by=LinkedBy.SELF_CODE)
    assert plan(place, activity, kind=WaveKind.ONCE).activity == activity


def test_an_endline_is_compared_with_the_baseline_of_the_same_people(place, project):
    baseline = WaveFactory(project=project, organization=place.organization, linked_by="self_code", closed=True)
    WaveFactory(organization=place.organization, linked_by="self_code", closed=True)
    assert services.proposed_earlier(project, WaveKind.ENDLINE) == baseline
    assert services.proposed_earlier(project, WaveKind.BASELINE) is None
    wave = plan(place, project, kind="endline", earlier=baseline, version=baseline.version, linked_by="self_code")
    assert wave.earlier == baseline


def test_a_comparison_that_could_match_nobody_is_refused(place, project):
    baseline = WaveFactory(project=project, organization=place.organization, linked_by="self_code", closed=True)
    foreign = WaveFactory(organization=place.other_organization, linked_by="self_code", closed=True)
    with pytest.raises(RuleViolation, match="links answers in another way"):
        plan(place, project, kind="endline", earlier=baseline, linked_by=LinkedBy.NOTHING)
    with pytest.raises(RuleViolation, match="about somebody else"):
        plan(place, project, kind="endline", earlier=foreign, linked_by="self_code")


def test_only_scales_with_the_same_words_stay_comparable():
    first = make_version()
    same = make_version(instrument=first.instrument, content={**CONTENT, "intro": {"zh-hans": "两分钟", "en": ""}})
    sections = [{**CONTENT["sections"][0], "items": [likert("q1", "改了的话"), likert("q2", "很少", reverse=True)]}]
    other = make_version(instrument=first.instrument, content={**CONTENT, "sections": sections})
    assert [len(part) for part in services.compared_scales(same, first)] == [1, 0]
    assert [len(part) for part in services.compared_scales(other, first)] == [0, 1]


def test_as_many_are_asked_as_the_organization_has_members_now(place, project):
    MembershipFactory.create_batch(3, organization=place.organization)
    MembershipFactory(organization=place.organization, left_on=D(2026, 1, 1))
    assert [services.expected_of(thing) for thing in (project, place.organization, place.community)] == [3, 3, None]


def test_update_wave_keeps_what_it_was_in_the_history(place):
    wave = WaveFactory(organization=place.organization, opened=True)
    services.update_wave(wave_id=wave.pk, actor=place.worker, title=wave.title, expected=30, closes_on=wave.closes_on)
    assert AuditEvent.objects.get(verb="wave.updated").data["changes"] == {"expected": [10, 30]}
    services.update_wave(wave_id=wave.pk, actor=place.worker, title=wave.title, expected=30, closes_on=wave.closes_on)
    assert AuditEvent.objects.filter(verb="wave.updated").count() == 1


# --- the five of the state machine -------------------------------------------------------------------------------
CALLS = {
    "open": lambda wave, actor: services.open_wave(wave_id=wave.pk, consent_text=CONSENT, actor=actor),
    "close": lambda wave, actor: services.close_wave(wave_id=wave.pk, actor=actor),
    "reopen": lambda wave, actor: services.reopen_wave(wave_id=wave.pk, until=D(2026, 12, 1), actor=actor),
}
TABLE = {("planned", "open"): "open", ("open", "close"): "closed", ("closed", "reopen"): "open"}
VERBS = {"open": "wave.opened", "close": "wave.closed", "reopen": "wave.reopened"}
TRAITS = {"planned": {}, "open": {"opened": True}, "closed": {"closed": True}}


@pytest.mark.parametrize("action", CALLS)
@pytest.mark.parametrize("status", TRAITS)
def test_method_and_table_agree(place, status, action):
    wave = WaveFactory(organization=place.organization, **TRAITS[status])
    target = TABLE.get((status, action))
    if target is None:
        with pytest.raises(TransitionNotAllowed):
            CALLS[action](wave, place.worker)
        assert Wave.objects.get().status == status
    else:
        assert CALLS[action](wave, place.worker).status == target


@pytest.mark.parametrize(("status", "action"), TABLE)
def test_the_happy_path_leaves_one_event_and_one_notice(place, status, action, django_capture_on_commit_callbacks):
    wave = WaveFactory(organization=place.organization, created_by=place.supervisor, **TRAITS[status])
    CALLS[action](wave, place.worker)
    event = AuditEvent.objects.get()
    assert (event.verb, event.data["from"], event.data["to"]) == (VERBS[action], status, TABLE[status, action])
    told = Notification.objects.get()
    assert told.recipient == (place.supervisor if action == "close" else place.leader)


@pytest.mark.parametrize(("status", "action"), TABLE)
def test_the_second_call_is_refused_without_a_trace(place, status, action):
    wave = WaveFactory(organization=place.organization, **TRAITS[status])
    CALLS[action](wave, place.worker)
    before = AuditEvent.objects.count(), Notification.objects.count()
    with pytest.raises(TransitionNotAllowed):
        CALLS[action](wave, place.worker)
    assert (AuditEvent.objects.count(), Notification.objects.count()) == before


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "open"}, {"status": "closed"}, {"opened_at": OPENED_AT},
        {"status": "open", "opened_at": OPENED_AT}, {"closes_on": D(2026, 1, 1)},
    ],
)  # fmt: skip
def test_the_database_refuses_an_impossible_survey(place, facts):
    wave = WaveFactory(organization=place.organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(**facts)


def test_nothing_remains_when_the_last_step_fails(place, monkeypatch):
    wave = WaveFactory(organization=place.organization)
    monkeypatch.setattr(services, "tell_of_wave", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        CALLS["open"](wave, place.worker)
    assert (Wave.objects.get().status, AuditEvent.objects.count()) == ("planned", 0)


def test_the_day_closes_once(place, clock):
    wave = WaveFactory(organization=place.organization, created_by=place.worker, opened=True)
    clock.move_to(datetime.datetime(2026, 11, 17, 15, tzinfo=datetime.UTC))  # 23:00 of the last day
    close_waves(day="2026-11-17")
    assert Wave.objects.get().status == WaveStatus.OPEN
    clock.move_to(datetime.datetime(2026, 11, 17, 17, tzinfo=datetime.UTC))
    close_waves(day="2026-11-18")
    close_waves(day="2026-11-18")
    assert (Wave.objects.get(pk=wave.pk).status, AuditEvent.objects.get().actor, Notification.objects.count()) == (
        "closed",
        None,
        1,
    )


# --- consent -----------------------------------------------------------------------------------------------------
def test_consent_is_frozen_with_the_hash_of_its_words(place):
    wave = CALLS["open"](WaveFactory(organization=place.organization), place.worker)
    assert (wave.consent_text, wave.consent_version) == (CONSENT, services.consent_version_of(CONSENT))
    assert services.consent_version_of(CONSENT) != services.consent_version_of(CONSENT + "!")


def test_opening_without_a_text_or_after_the_last_day_is_refused(place, clock):
    wave = WaveFactory(organization=place.organization)
    with pytest.raises(RuleViolation, match="what they agree to"):
        services.open_wave(wave_id=wave.pk, consent_text="  ", actor=place.worker)
    clock.move_to(datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))
    with pytest.raises(RuleViolation, match="last day is past"):
        CALLS["open"](wave, place.worker)


@pytest.mark.parametrize("way", LinkedBy.values)
def test_the_proposed_consent_says_how_answers_are_linked(place, way):
    texts = {services.proposed_consent(Wave(linked_by=each)) for each in LinkedBy.values}
    assert len(texts) == len(LinkedBy.values)
    text = services.proposed_consent(Wave(linked_by=way))
    for reader in ("social workers", "supervisor", "community's staff", "service centre", "fewer than five"):
        assert reader in text


# --- reminders ---------------------------------------------------------------------------------------------------
def test_half_way_and_two_days_before_the_end_the_planner_reads_who_is_missing(place, clock):
    wave = WaveFactory(organization=place.organization, created_by=place.worker, opened=True)
    ResponseFactory.create_batch(4, wave=wave)
    told = []
    for day in range(3, 18):
        clock.move_to(datetime.datetime(2026, 11, day, 2, tzinfo=datetime.UTC))
        remind_waves(day=f"2026-11-{day:02}")
        told.append(Notification.objects.filter(kind="wave.reminder").count())
    assert told == [0] * 7 + [1] * 5 + [2] * 3  # the 10th, and the 15th
    assert Notification.objects.first().data["missing"] == 6


def test_nobody_is_reminded_when_all_have_answered(place, clock):
    wave = WaveFactory(organization=place.organization, created_by=place.worker, opened=True, expected=2)
    ResponseFactory.create_batch(2, wave=wave)
    clock.move_to(datetime.datetime(2026, 11, 16, 2, tzinfo=datetime.UTC))
    assert services.remind_waves(today=D(2026, 11, 16)) == 0


# --- what is shown of small groups -------------------------------------------------------------------------------
def test_progress_counts_by_way_and_age_and_hides_from_the_street(place, django_assert_num_queries):
    wave = WaveFactory(organization=place.organization, opened=True, expected=12)
    ResponseFactory.create_batch(8, wave=wave, age_group="over_60")
    ResponseFactory.create_batch(2, wave=wave, age_group="up_to_25", source="paper", entered_by=place.worker)
    ResponseFactory(wave=wave, withdrawn=True)
    with django_assert_num_queries(1):
        full = progress_of(wave, shows_small=True)
    street = progress_of(wave, shows_small=False)
    assert (full.answered, full.missing, full.hides) == (10, 2, False)
    assert {cell.code: cell.number for cell in full.sources} == {"qr": 8, "paper": 2, "account": 0, "import": 0}
    assert {cell.code: cell.number for cell in street.ages if cell.number is None} == {
        "up_to_25": None,
        "over_60": None,
    }
    assert (street.answered, street.hides) == (10, True)


def test_progress_of_fewer_than_five_is_not_split_for_the_street(place):
    wave = WaveFactory(organization=place.organization, opened=True)
    ResponseFactory.create_batch(3, wave=wave, age_group="over_60")
    street = progress_of(wave, shows_small=False)
    assert (street.answered, street.sources, street.ages, street.hides) == (3, (), (), True)
    assert progress_of(wave, shows_small=True).ages[3].number == 3


# --- who sees and does what --------------------------------------------------------------------------------------
def everybody(place):
    return [*place.everybody, place.anonymous]


def test_lists_and_policies_agree(place):
    waves = [
        WaveFactory(organization=place.organization, opened=True),
        WaveFactory(organization=place.other_organization, opened=True),
        WaveFactory(organization=None, community=place.community, opened=True),
        WaveFactory(organization=None, community=place.far_community, opened=True),
    ]
    sheets = [ResponseFactory(wave=wave) for wave in waves]
    for person in everybody(place):
        seen = set(Wave.objects.visible_to(person))
        assert seen == {wave for wave in waves if verdict(policies.check_view_wave, person, wave)}, person
        read = set(Response.objects.visible_to(person))
        allowed = {sheet for sheet in sheets if verdict(policies.check_view_response, person, sheet)}
        assert read == allowed, person


READS = {"worker", "community_staff", "hub", "supervisor"}
HOLDS = READS
HOLDS_COMMUNITY = {*HOLDS, "staff", "district_admin"}


def test_those_who_serve_the_people_hold_surveys_and_offices_those_of_communities(place, project):
    def holders(target):
        return {person.username for person in place.everybody if verdict(policies.check_create_wave, person, target)}

    assert holders(place.organization) == holders(project) == HOLDS
    assert holders(place.community) == HOLDS_COMMUNITY


def test_single_sheets_are_read_by_those_who_serve_the_people(place):
    sheet = ResponseFactory(wave=WaveFactory(organization=place.organization, opened=True))
    readers = {person.username for person in place.everybody if verdict(policies.check_view_response, person, sheet)}
    assert readers == READS


# --- the checklist -----------------------------------------------------------------------------------------------
def item(project, code):
    """As the next request finds it: surveys of a project are read once for a page."""
    project = type(project).objects.get(pk=project.pk)
    return next(row for row in checklist_of(project) if row["code"] == code)


def test_the_situation_before_is_measured_once_somebody_has_answered(place, project):
    assert item(project, "baseline_measured")["done"] is False
    wave = WaveFactory(project=project, organization=place.organization, opened=True)
    found = item(project, "baseline_measured")
    assert (found["done"], found["url"]) == (False, wave.get_absolute_url())
    ResponseFactory(wave=wave)
    assert item(project, "baseline_measured")["done"] is True


def test_a_closed_survey_after_the_work_counts_as_the_measurement_after(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker, stage="summary")
    WaveFactory(project=project, organization=place.organization, kind="baseline", closed=True)
    assert item(project, "endline_measured")["done"] is False
    WaveFactory(project=project, organization=place.organization, kind="endline", closed=True)
    assert item(project, "endline_measured")["done"] is True
