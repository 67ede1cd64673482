"""A growth review from its opening to the call for a decision: the state machine, who is asked, what is frozen."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from evaluations.choices import ReviewStatus
from evaluations.models import ColumnScore, EvidenceManifest, GrowthReview, Opinion, StageDecision
from evaluations.notifications import review as notices
from evaluations.services import decision as decisions
from evaluations.services import opinion as opinions
from evaluations.services import review as services
from evaluations.services.evidence import is_intact
from incubator.accounts.choices import Role
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.workdays import add_working_days
from incubator.jobs.models import Job
from incubator.notifications.models import Notification
from incubator.notifications.services import deliver_notification
from organizations.models import SocialOrganization
from projects.models import FollowUp
from tests.factories.accounts import UserFactory
from tests.factories.growth import GrowthRuleFactory, ReviewFactory, give, make_standard, small_standard
from tests.factories.organizations import MembershipFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.personas import give_grant

RUNNING = {"open", "opinions", "deciding"}
TABLE = {
    "ask_opinions": ({"open"}, "opinions"),
    "call_for_decision": ({"open", "opinions"}, "deciding"),
    "decide": ({"deciding"}, "decided"),
    "withdraw": (RUNNING, "withdrawn"),
}
VERBS = {
    "ask_opinions": "review.opinions_asked", "call_for_decision": "review.called", "decide": "growth.decided",
    "withdraw": "review.withdrawn",
}  # fmt: skip
NOTICES = {
    "ask_opinions": ("review.opinion_asked", {"community_staff", "leader", "worker"}),
    "call_for_decision": ("review.called", {"community_staff", "staff"}),
    "decide": ("growth.decided", {"leader", "worker"}),
    "withdraw": ("review.withdrawn", {"leader"}),
}
FROM = {"ask_opinions": {}, "call_for_decision": {"asking": True}, "decide": {"deciding": True}, "withdraw": {}}


@pytest.fixture
def opened(place, standard):
    """A function: a review of the organization, ready for the transition."""

    def make(action=None, **facts):
        return ReviewFactory(organization=place.organization, opened_by=place.worker, **(FROM.get(action, {}) | facts))

    return make


def run(action, review, place):
    if action == "call_for_decision":
        today = review.opinions_due_on + datetime.timedelta(days=1)
        return services.call_for_decision(review_id=review.pk, actor=place.worker, today=today)
    return {
        "ask_opinions": lambda: services.ask_opinions(review_id=review.pk, actor=place.hub),
        "decide": lambda: decide(review, place.staff),
        "withdraw": lambda: services.withdraw_review(review_id=review.pk, actor=place.worker, reason="开错了"),
    }[action]()


def decide(review, actor, outcome="promote", to_stage="sapling", **facts):
    values = {"to_form": "weak_organization", "reason": "齐了"} | facts
    return decisions.decide_growth(review_id=review.pk, actor=actor, outcome=outcome, to_stage=to_stage, **values)


def traces():
    models = (AuditEvent, Notification, Job, StageDecision, FollowUp)
    return tuple(model.objects.count() for model in models)


def open_one(place, actor=None, **facts):
    return services.open_review(
        uuid=uuid.uuid4(), organization_id=place.organization.pk, actor=actor or place.worker, **facts
    )


# --- the state machine ---


@pytest.mark.no_db
@pytest.mark.parametrize("state", ReviewStatus.values)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    review = GrowthReview(status=state)
    values = {"decide": {"at": timezone.now()}, "withdraw": {"at": timezone.now(), "reason": "x"}}.get(action, {})
    sources, target = TABLE[action]
    if state in sources:
        getattr(review, action)(**values)
        assert review.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(review, action)(**values)
        assert review.status == state


@pytest.mark.parametrize("action", TABLE)
def test_a_transition_leaves_one_event_and_tells_the_right_people(action, opened, place):
    review = opened(action)
    run(action, review, place)
    assert GrowthReview.objects.get().status == TABLE[action][1]
    event = AuditEvent.objects.get()
    target = place.organization if action == "decide" else review
    assert (event.verb, event.target_uuid) == (VERBS[action], str(target.uuid))
    kind, people = NOTICES[action]
    told = Notification.objects.filter(kind=kind)
    assert {notice.recipient.username for notice in told} == people
    assert Notification.objects.count() == len(people)
    assert {notice.link for notice in told} == {review.get_absolute_url()}


@pytest.mark.parametrize("action", TABLE)
def test_the_second_call_is_refused_and_leaves_no_trace(action, opened, place):
    review = opened(action)
    run(action, review, place)
    before = traces()
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        run(action, review, place)
    assert traces() == before


@pytest.mark.parametrize(
    "values",
    [{"status": "decided"}, {"status": "withdrawn", "closed_at": timezone.now()}, {"closed_at": timezone.now()}],
)
def test_the_database_refuses_a_state_without_its_facts(values, opened, place):
    with pytest.raises(IntegrityError), transaction.atomic():
        opened(**values)


@pytest.mark.parametrize("action", TABLE)
def test_when_the_last_step_fails_nothing_remains(action, opened, place, monkeypatch):
    review = opened(action)
    before = GrowthReview.objects.get().status

    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    for name in ("tell_parties", "tell_deciders", "tell_everybody"):
        monkeypatch.setattr(notices, name, fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        run(action, review, place)
    assert GrowthReview.objects.get().status == before
    assert SocialOrganization.objects.get(pk=place.organization.pk).growth_stage == ""
    assert traces() == (0, 0, 0, 0, 0)


def test_a_redelivered_task_sends_once(opened, place, mailoutbox):
    place.leader.email = "leader@example.org"
    place.leader.save()
    run("decide", opened("decide"), place)
    notice = Notification.objects.get(recipient=place.leader)
    for _time in range(2):
        deliver_notification(notification_id=notice.pk)
    assert len(mailoutbox) == 1
    assert "治安服务队" in mailoutbox[0].subject


# --- opening ---


def test_open_review_freezes_the_evidence_and_asks_the_leader_for_the_own_score(place, standard):
    MembershipFactory.create_batch(2, organization=place.organization)
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    review = open_one(place)
    assert (review.status, review.opener, review.is_blind, review.standard) == (
        "open",
        "worker",
        True,
        standard.current,
    )
    assert review.manifest.facts["test_members"]["value"] == 2
    assert review.manifest.facts["test_activities"] == {"value": 1, "evidence": [["activity", str(activity.uuid)]]}
    kinds = [item["type"] for item in review.manifest.items]
    assert sorted(kinds) == ["activity", "membership", "membership", "organization"]
    assert is_intact(review.manifest)
    assert set(review.opinions.values_list("party", "status")) == {
        ("community", "asked"), ("organization", "asked"), ("social_worker", "asked"),
    }  # fmt: skip
    assert [notice.recipient for notice in Notification.objects.all()] == [place.leader]
    assert Notification.objects.get().kind == "review.self_score"
    assert AuditEvent.objects.get().data["sha256"] == review.manifest.sha256


def test_open_review_without_an_account_of_the_leader_asks_the_parties_at_once(place, standard):
    organization = place.organization
    place.organization = type(organization).objects.create(
        name="新队", community=organization.community, type=organization.type
    )
    review = open_one(place)
    assert review.status == "opinions"
    told = Notification.objects.filter(kind="review.opinion_asked")
    assert {notice.recipient.username for notice in told} == {"community_staff", "worker"}


def test_open_review_by_the_leader_is_asking_for_it(place, standard):
    assert open_one(place, place.leader).opener == "leader"


def test_open_review_asks_the_centre_where_the_place_wants_its_recommendation(place, standard):
    GrowthRuleFactory(division=place.street, stage="seed", roles=[], wants_recommendation=True)
    review = open_one(place)
    assert set(review.opinions.values_list("party", flat=True)) == {
        "community", "organization", "social_worker", "hub_center",
    }  # fmt: skip


def test_open_review_takes_the_standard_of_the_nearest_place(place, standard):
    own = make_standard(small_standard() | {"blind": False}, division=place.street, code="street")
    review = open_one(place)
    assert (review.standard, review.is_blind) == (own.current, False)


def test_open_review_twice_or_without_a_standard_or_without_time_for_the_parties_is_refused(place, growth_indicators):
    with pytest.raises(RuleViolation, match="No growth standard"):
        open_one(place)
    make_standard()
    today = timezone.localdate()
    for day in (datetime.date(2020, 1, 1), today, add_working_days(today, 2)):
        with pytest.raises(RuleViolation, match="at least 3 working days"):
            open_one(place, place.leader, due_on=day)
    open_one(place)
    with pytest.raises(RuleViolation, match="under way"):
        open_one(place, place.hub)
    assert (GrowthReview.objects.count(), EvidenceManifest.objects.count()) == (1, 1)


def test_open_review_of_a_dissolved_organization_is_refused(place, standard):
    SocialOrganization.objects.filter(pk=place.organization.pk).update(
        state="dissolved", dissolved_on=datetime.date(2026, 1, 1), state_reason="散了"
    )
    with pytest.raises(RuleViolation, match="dissolved"):
        open_one(place)


# --- going on ---


def test_call_for_decision_before_the_opinions_are_in_is_refused(opened, place):
    review = opened(asking=True)
    with pytest.raises(RuleViolation, match="still to come"):
        services.call_for_decision(review_id=review.pk, actor=place.worker)
    assert GrowthReview.objects.get().status == "opinions"


def test_the_last_opinion_calls_for_the_decision(opened, place):
    review = opened(asking=True)
    give(review, "community", place.community_staff)
    give(review, "organization", place.leader)
    opinion = Opinion.objects.get(review=review, party="social_worker")
    opinions.give_opinion(opinion_id=opinion.pk, actor=place.worker, recommendation="promote", comment="够了")
    assert GrowthReview.objects.get().status == "deciding"
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == ["opinion.given", "review.called"]
    # who gave an opinion does not decide, so only the street is told
    assert [notice.recipient for notice in Notification.objects.filter(kind="review.called")] == [place.staff]


def test_who_decides_is_not_told_when_they_worked_with_the_organization(opened, place):
    ActivityFactory(organization=place.organization, recorded_by=place.staff)
    run("call_for_decision", opened("call_for_decision"), place)
    assert [notice.recipient for notice in Notification.objects.all()] == [place.community_staff]


def test_move_reviews_on_asks_after_the_time_of_the_own_score_and_calls_after_that_of_the_opinions(opened, place):
    review = opened()
    now = timezone.now()
    assert services.move_reviews_on(today=timezone.localdate(now)) == (0, 0)
    later = now + datetime.timedelta(days=20)
    assert services.move_reviews_on(today=timezone.localdate(later)) == (1, 0)
    assert GrowthReview.objects.get().status == "opinions"
    GrowthReview.objects.update(opinions_due_on=timezone.localdate(later))
    assert services.move_reviews_on(today=timezone.localdate(later)) == (0, 0)
    assert services.move_reviews_on(today=timezone.localdate(later) + datetime.timedelta(days=1)) == (0, 1)
    assert GrowthReview.objects.get(pk=review.pk).status == "deciding"


def test_a_review_that_was_never_scored_is_decided_when_its_time_is_over(opened):
    opened(opinions_due_on=timezone.localdate() - datetime.timedelta(days=1))
    assert services.move_reviews_on(today=timezone.localdate()) == (0, 1)


def test_withdraw_review_needs_a_reason_and_makes_room_for_a_new_one(opened, place, standard):
    review = opened()
    with pytest.raises(RuleViolation, match="say why"):
        services.withdraw_review(review_id=review.pk, actor=place.worker, reason=" ")
    services.withdraw_review(review_id=review.pk, actor=place.worker, reason="开错了")
    assert open_one(place).status == "open"


# --- points ---


def save(review, column, actor, **points):
    return opinions.save_scores(review_id=review.pk, column=column, actor=actor, points=points)


def test_save_scores_of_the_organization_goes_on_to_the_opinions(opened, place):
    review = opened()
    save(review, "self", place.leader, planning={"points": "4.5", "reason": "还不熟"}, money={"points": 4})
    assert GrowthReview.objects.get().status == "opinions"
    rows = ColumnScore.objects.values_list("column", "indicator", "hundredths", "reason").order_by("indicator")
    assert list(rows) == [("self", "money", 400, ""), ("self", "planning", 450, "还不熟")]
    assert [event.verb for event in AuditEvent.objects.order_by("pk")] == ["review.scored", "review.opinions_asked"]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"planning": {"points": 7}}, "7 is outside 0 and 6 points"),
        ({"planning": {"points": "1.234", "reason": "x"}}, "two decimals at most"),
        ({"planning": {"points": "viel"}}, "A number is needed"),
        ({"nowhere": {"points": 1}}, "no indicator “nowhere”"),
        ({"planning": {"points": 3, "reason": " "}}, "why points were lost"),
    ],
)
def test_save_scores_outside_the_scale_or_without_a_reason_is_refused(points, sentence, opened, place):
    review = opened(asking=True)
    with pytest.raises(RuleViolation, match=sentence), transaction.atomic():
        save(review, "panel", place.hub, **points)
    assert ColumnScore.objects.count() == 0


def test_save_scores_again_replaces_the_column_and_leaves_the_others(opened, place):
    review = opened(asking=True)
    save(review, "panel", place.hub, planning={"points": 6}, award={"points": 2})
    save(review, "committee", place.staff, planning={"points": 5, "reason": "略"})
    save(review, "panel", place.hub, planning={"points": 5, "reason": "差一点"})
    rows = ColumnScore.objects.values_list("column", "indicator", "hundredths").order_by("column")
    assert list(rows) == [("committee", "planning", 500), ("panel", "planning", 500)]


def test_save_scores_out_of_time_is_refused(opened, place):
    review = opened(asking=True)
    with pytest.raises(RuleViolation, match="not given now"):
        save(review, "self", place.leader, planning={"points": 6})
    review = ReviewFactory(organization=place.other_organization)
    with pytest.raises(RuleViolation, match="not given now"):
        save(review, "panel", place.hub, planning={"points": 6})


def test_the_worker_who_leads_a_project_is_told_of_the_decision(opened, place):
    colleague = UserFactory()
    give_grant(colleague, Role.SOCIAL_WORKER, division=place.community)
    ProjectFactory(organization=place.organization, lead=colleague)
    run("decide", opened("decide"), place)
    assert Notification.objects.filter(recipient=colleague, kind="growth.decided").count() == 1


def test_who_does_not_read_the_review_any_more_is_not_told_of_its_decision(opened, place):
    review = opened("decide")
    ProjectFactory(organization=place.organization, lead=place.other_worker)
    give(review, "social_worker", place.stranger)
    GrowthReview.objects.update(opened_by=place.other_staff)
    run("decide", review, place)
    assert {notice.recipient for notice in Notification.objects.all()} == {place.leader}
