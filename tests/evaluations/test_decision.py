"""Deciding how an organization grows: what it writes, what the database keeps, and replaying."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations.models import (
    DecisionCondition,
    EvidenceManifest,
    GrowthReview,
    Opinion,
    StageDecision,
    StandardVersion,
)
from evaluations.policies.review import (
    possible_outcomes,
)
from evaluations.services import decision as services
from evaluations.services import opinion as opinions
from evaluations.services.evidence import changes_since
from incubator.base import triggers
from incubator.base.errors import RuleViolation
from organizations.models import Membership, SocialOrganization
from projects.models import Activity, FollowUp
from tests.evaluations.test_review import decide
from tests.factories.accounts import UserFactory
from tests.factories.growth import ReviewFactory, StageDecisionFactory, as_decided, give
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory

SOON = timezone.localdate() + datetime.timedelta(days=60)


@pytest.fixture
def review(place, standard):
    return ReviewFactory(organization=place.organization, opened_by=place.worker, deciding=True)


def now_of(organization):
    return SocialOrganization.objects.values_list("growth_stage", "form").get(pk=organization.pk)


# --- what a decision writes ---


def test_decide_growth_writes_stage_and_form_and_keeps_what_the_platform_computed(place, standard):
    MembershipFactory.create_batch(3, organization=place.organization)
    review = ReviewFactory(organization=place.organization, asking=True)
    opinions.save_scores(
        review_id=review.pk, column="panel", actor=place.hub, points={"planning": {"points": 5, "reason": "略"}}
    )
    GrowthReview.objects.update(status="deciding")
    decision = decide(review, place.staff, to_stage="sapling")
    assert now_of(place.organization) == ("sapling", "weak_organization")
    assert (decision.from_stage, decision.to_stage, decision.from_form) == ("", "sapling", "")
    result = decision.result
    assert (result["score"]["final"], result["stage"], result["form"]) == ("8", "seed", "strong_ties")
    assert result["judged"] == {"panel": {"planning": {"points": "5.00", "reason": "略"}}}
    assert decision.manifest_sha256 == review.manifest.sha256
    assert services.replay(StageDecision.objects.get()).is_equal


def test_points_of_those_who_decide_go_before_the_panel_and_the_own_score_never_counts(place, standard):
    review = ReviewFactory(organization=place.organization)
    save = opinions.save_scores
    save(
        review_id=review.pk,
        column="self",
        actor=place.leader,
        points={"planning": {"points": 6}, "money": {"points": 4}},
    )
    save(review_id=review.pk, column="panel", actor=place.hub, points={"planning": {"points": 6}})
    save(review_id=review.pk, column="committee", actor=place.staff, points={"planning": {"points": 2, "reason": "x"}})
    GrowthReview.objects.update(status="deciding")
    assert decide(review, place.staff).result["score"]["final"] == "2"


def test_a_veto_that_people_found_makes_the_score_count_as_nothing(review, place):
    decision = decide(review, place.staff, vetoes=["fraud", "unheard_of"])
    assert decision.result["vetoes"] == ["fraud"]
    assert decision.result["score"]["band"] is None
    assert services.replay(decision).is_equal


def test_conditions_become_tasks_of_the_worker_who_leads_the_project(review, place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    decide(review, place.staff, conditions=[("补齐财务制度", SOON), ("再办一次公益活动", SOON)])
    rows = DecisionCondition.objects.order_by("pk")
    assert [(row.text, row.follow_up.owner, row.follow_up.project, row.follow_up.due_on) for row in rows] == [
        ("补齐财务制度", place.worker, project, SOON), ("再办一次公益活动", place.worker, project, SOON),
    ]  # fmt: skip


def test_a_condition_without_a_project_is_a_task_of_the_place(review, place):
    decide(review, place.staff, conditions=[("补齐财务制度", SOON)])
    task = FollowUp.objects.get()
    assert (task.owner, task.community, task.organization) == (None, place.community, place.organization)


@pytest.mark.parametrize(
    ("before", "outcome", "to_stage"),
    [("", "hold", "seed"), ("", "lower", "seed"), ("seedling", "promote", "seed"), ("seedling", "promote", "seedling"),
     ("seedling", "hold", "tree"), ("seedling", "lower", "sapling"), ("tree", "promote", "tree")],
)  # fmt: skip
def test_a_way_that_does_not_lead_from_the_present_stage_is_refused(before, outcome, to_stage, review, place):
    SocialOrganization.objects.filter(pk=place.organization.pk).update(growth_stage=before)
    with pytest.raises(RuleViolation, match="not possible"), transaction.atomic():
        decide(review, place.staff, outcome, to_stage)
    assert (StageDecision.objects.count(), now_of(place.organization)[0]) == (0, before)


def test_a_decision_without_a_form_leaves_the_form_as_it_is(review, place):
    SocialOrganization.objects.filter(pk=place.organization.pk).update(form="strong_ties")
    decision = services.decide_growth(
        review_id=review.pk, actor=place.staff, outcome="promote", to_stage="sapling", reason="齐了"
    )
    assert (decision.to_form, now_of(place.organization)) == ("strong_ties", ("sapling", "strong_ties"))


@pytest.mark.parametrize(
    ("condition", "sentence"), [(("  ", SOON), "What is to be done"), (("补制度", datetime.date(2020, 1, 1)), "past")]
)
def test_a_condition_without_words_or_of_a_past_day_is_refused(condition, sentence, review, place):
    with pytest.raises(RuleViolation, match=sentence), transaction.atomic():
        decide(review, place.staff, conditions=[condition])
    assert StageDecision.objects.count() == 0


def test_what_the_table_refuses_is_told_as_its_own_rule(review, place, monkeypatch):
    monkeypatch.setattr(services, "possible_outcomes", lambda before: [("promote", "")])
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        decide(review, place.staff, "promote", "")
    assert "does not decide" not in str(refused.value)


def test_a_decision_without_a_reason_is_refused(review, place):
    with pytest.raises(RuleViolation, match="needs a reason"), transaction.atomic():
        decide(review, place.staff, reason="  ")


def test_an_organization_is_lowered_and_held(place, standard):
    SocialOrganization.objects.filter(pk=place.organization.pk).update(growth_stage="tree")
    decide(ReviewFactory(organization=place.organization, deciding=True), place.staff, "lower", "seedling")
    assert now_of(place.organization)[0] == "seedling"
    decide(ReviewFactory(organization=place.organization, deciding=True), place.staff, "hold", "seedling")
    assert now_of(place.organization)[0] == "seedling"


# --- replaying ---


def test_replay_sees_that_the_frozen_evidence_or_the_standard_was_tampered_with(review):
    decision = as_decided(review)
    triggers.take_out("default")  # by somebody who may do anything in the database
    StandardVersion.objects.update(sha256="0" * 64)
    seen = services.replay(StageDecision.objects.get(pk=decision.pk))
    assert (seen.is_equal, seen.standard_is_intact, seen.differences) == (False, False, [])
    facts = review.manifest.facts | {"test_members": {"value": 99, "evidence": []}}
    EvidenceManifest.objects.update(facts=facts)
    seen = services.replay(StageDecision.objects.get(pk=decision.pk))
    assert (seen.is_equal, seen.evidence_is_intact) == (False, False)
    assert seen.differences == ["form", "score", "stage"]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Opinion.objects.filter(party="community").update(comment="反对"),
        lambda: Opinion.objects.filter(party="community").update(recommendation="hold"),
        lambda: Opinion.objects.filter(party="community").update(author=UserFactory()),
        lambda: Opinion.objects.filter(party="community").delete(),
        lambda: DecisionCondition.objects.update(text="没有条件"),
        lambda: DecisionCondition.objects.update(due_on=SOON + datetime.timedelta(days=9)),
        lambda: DecisionCondition.objects.all().delete(),
    ],
)
def test_replay_sees_that_an_opinion_or_a_condition_was_rewritten_after_the_decision(tamper, review, place):
    give(review, "community", place.community_staff)
    key = decide(review, place.staff, conditions=[(" 补齐财务制度 ", SOON)]).pk
    assert services.replay(StageDecision.objects.get(pk=key)).is_equal
    tamper()
    seen = services.replay(StageDecision.objects.get(pk=key))
    assert (seen.is_equal, seen.differences, seen.evidence_is_intact) == (False, ["seal"], True)


def test_what_a_decision_itself_writes_is_no_change_of_the_evidence(review, place):
    decide(review, place.staff)
    assert changes_since(review.manifest) == []


EDITS = {
    "membership": [
        lambda key: Membership.objects.filter(uuid=key).update(is_backbone=True),
        lambda key: Membership.objects.filter(uuid=key).update(left_on=datetime.date(2026, 11, 1)),
        lambda key: Membership.objects.filter(uuid=key).delete(),
    ],
    "activity": [
        lambda key: Activity.objects.filter(uuid=key).update(summary="改写过", version=9),
        lambda key: Activity.objects.filter(uuid=key).update(minutes=5),
        lambda key: Activity.objects.filter(uuid=key).update(
            status="returned", returned_reason="重写", reviewed_by=Activity.objects.get(uuid=key).recorded_by
        ),
        lambda key: [Activity.objects.get(uuid=key).links.all().delete(), Activity.objects.filter(uuid=key).delete()],
    ],
    "organization": [lambda key: SocialOrganization.objects.filter(uuid=key).update(purpose="新的宗旨")],
}
UNTOUCHING = [
    lambda: Activity.objects.filter(status="submitted").update(status="accepted", reviewed_at=timezone.now()),
    lambda: Membership.objects.update(phone="13800000000", updated_at=timezone.now()),
    lambda: SocialOrganization.objects.update(contact_phone="13900000000", updated_at=timezone.now()),
]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_a_decision_replays_whatever_happens_to_its_evidence_and_flags_exactly_what_was_touched(place, standard, data):
    """N3: random organizations decided; then records are edited, deleted and added at random."""
    with transaction.atomic():
        organization = OrganizationFactory(community=place.community)
        members = data.draw(st.integers(0, 4), label="members")
        activities = data.draw(st.integers(0, 4), label="activities")
        MembershipFactory.create_batch(members, organization=organization)
        for _number in range(activities):
            ActivityFactory(organization=organization, recorded_by=place.worker)
        review = ReviewFactory(organization=organization, asking=True)
        points = data.draw(
            st.dictionaries(st.sampled_from(["planning", "money", "award"]), st.integers(0, 2)), label="points"
        )
        opinions.save_scores(
            review_id=review.pk, column=data.draw(st.sampled_from(["panel", "committee"])), actor=place.hub,
            points={code: {"points": number, "reason": "x"} for code, number in points.items()},
        )  # fmt: skip
        GrowthReview.objects.filter(pk=review.pk).update(status="deciding")
        decision = decide(review, place.staff, vetoes=data.draw(st.sampled_from([[], ["fraud"]])))
        manifest = EvidenceManifest.objects.get(review=review)
        assert len(manifest.items) == 1 + members + activities
        touched = data.draw(st.sets(st.sampled_from([(i["type"], i["uuid"]) for i in manifest.items])), label="touched")
        for change in data.draw(st.lists(st.sampled_from(UNTOUCHING), max_size=2)):
            change()
        for kind, key in sorted(touched):
            data.draw(st.sampled_from(EDITS[kind]), label=f"edit of {kind}")(key)
        for _number in range(data.draw(st.integers(0, 2), label="added")):
            MembershipFactory(organization=organization)
        seen = services.replay(StageDecision.objects.get(pk=decision.pk))
        assert (seen.is_equal, seen.differences) == (True, [])
        manifest = EvidenceManifest.objects.get(review=review)
        assert {(change.kind, change.uuid) for change in changes_since(manifest)} == touched
        transaction.set_rollback(True)


def test_changes_since_asks_each_kind_once(place, standard, django_assert_num_queries):
    MembershipFactory.create_batch(5, organization=place.organization)
    for _number in range(4):
        ActivityFactory(organization=place.organization, recorded_by=place.worker)
    review = ReviewFactory(organization=place.organization)
    manifest = EvidenceManifest.objects.get(review=review)
    assert len(manifest.items) == 10
    with django_assert_num_queries(3):
        assert changes_since(manifest) == []


@pytest.mark.no_db
def test_possible_outcomes_lead_from_every_stage():
    assert possible_outcomes("") == [("promote", stage) for stage in ("seed", "seedling", "sapling", "tree")]
    assert possible_outcomes("tree") == [
        ("hold", "tree"), ("lower", "sapling"), ("lower", "seedling"), ("lower", "seed"),
    ]  # fmt: skip


def test_a_second_decision_of_a_review_is_refused_by_the_database(review):
    as_decided(review)
    with pytest.raises(IntegrityError), transaction.atomic():
        StageDecisionFactory(review=review, uuid=uuid.uuid4())
