"""Who decides on growth, and who may not: policy, service and database say the same."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from evaluations.models import GrowthReview, StageDecision
from evaluations.policies.review import (
    barred_from,
    check_decide_growth,
    decider_roles,
    deciding_stage,
    organizations_worked_with,
    outcomes_for,
    own_organizations,
)
from evaluations.policies.waiting import reviews_to_decide
from evaluations.services import opinion as opinions
from incubator.accounts.models import RoleGrant, User
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from projects.models import ActivityWorker, StageRequest
from tests.evaluations.test_review import decide
from tests.factories.accounts import UserFactory
from tests.factories.growth import GrowthRuleFactory, ReviewFactory, StageDecisionFactory, as_decided, give
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.plan import LinkFactory, PartnerFactory, ProjectWorkerFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.stages import StageRequestFactory
from tests.personas import give_leader

SOON = timezone.localdate() + datetime.timedelta(days=60)


@pytest.fixture
def review(place, standard):
    return ReviewFactory(organization=place.organization, opened_by=place.worker, deciding=True)


# --- who decides ---


@pytest.mark.no_db
@pytest.mark.parametrize(
    ("outcome", "before", "after", "turn"),
    [("promote", "", "seedling", "seedling"), ("promote", "seed", "tree", "tree"), ("hold", "tree", "tree", "tree"),
     ("hold", "seedling", "seedling", "sapling"), ("lower", "sapling", "seed", "sapling")],
)  # fmt: skip
def test_whose_turn_it_is_hangs_on_one_stage(outcome, before, after, turn):
    assert deciding_stage(outcome, before, after) == turn


def test_the_community_decides_up_to_the_seedling_and_the_street_above(review, place):
    assert outcomes_for(place.community_staff, review) == [("promote", "seed"), ("promote", "seedling")]
    assert outcomes_for(place.staff, review) == [("promote", "sapling"), ("promote", "tree")]
    review.organization.growth_stage = "seedling"
    assert outcomes_for(place.community_staff, review) == [("lower", "seed")]
    assert outcomes_for(place.staff, review) == [("promote", "sapling"), ("promote", "tree"), ("hold", "seedling")]


def test_a_rule_of_the_nearest_place_says_who_decides(review, place):
    GrowthRuleFactory(division=place.district, stage="sapling", roles=["district_admin"])
    assert decider_roles(place.community, "sapling") == ("district_admin",)
    GrowthRuleFactory(division=place.street, stage="sapling", roles=["hub_center"])
    assert decider_roles(place.community, "sapling") == ("hub_center",)
    assert ("promote", "sapling") in outcomes_for(place.hub, review)
    with pytest.raises(PermissionDenied, match="decided by: service centre"):
        check_decide_growth(place.staff, review, "promote", "sapling")
    check_decide_growth(place.staff, review, "promote", "tree")


def test_every_list_of_what_waits_says_the_same_as_the_policy(place, standard):
    reviews = [
        ReviewFactory(organization=place.organization, deciding=True),
        ReviewFactory(organization=place.other_organization, deciding=True),
        ReviewFactory(
            organization=OrganizationFactory(community=place.next_community, growth_stage="seedling"), deciding=True
        ),
        ReviewFactory(organization=OrganizationFactory(community=place.community), asking=True),
    ]  # fmt: skip
    give(reviews[0], "community", place.community_staff)
    ActivityFactory(organization=reviews[2].organization, recorded_by=place.staff)
    GrowthRuleFactory(division=place.other_street, stage="tree", roles=["evaluator"])
    for person in (*place.everybody, place.leader):
        waiting = set(reviews_to_decide(person).values_list("pk", flat=True))
        allowed = {
            review.pk
            for review in GrowthReview.objects.visible_to(person).with_names()
            if verdict(check_decide_growth, person, review)
        }
        assert waiting == allowed, person


# --- who worked with it does not decide: policy, service and database ---

WAYS = {
    "leads a project": lambda org, who: ProjectFactory(organization=org, lead=who),
    "was in the team": lambda org, who: ProjectWorkerFactory(
        project=ProjectFactory(organization=org), user=who, until_on=datetime.date(2026, 2, 1)
    ),
    "leads a project with it as partner": lambda org, who: PartnerFactory(
        project=ProjectFactory(lead=who), organization=org
    ),
    "recorded an activity": lambda org, who: ActivityFactory(organization=org, recorded_by=who),
    "took part in an activity": lambda org, who: ActivityWorker.objects.create(
        activity=ActivityFactory(organization=org), user=who
    ),
    "recorded one that served it too": lambda org, who: ActivityFactory(recorded_by=who, links=[org]),
    "worked for its project elsewhere": lambda org, who: LinkFactory(
        activity=ActivityFactory(recorded_by=who), organization=OrganizationFactory(),
        project=ProjectFactory(organization=org),
    ),
}  # fmt: skip
NOT_WORK = {
    "a draft": lambda org, who: ActivityFactory(recorded_by=who, draft=True, organization=org),
    "work for others": lambda org, who: ActivityFactory(recorded_by=who),
    "opened the project for others": lambda org, who: ProjectFactory(organization=org, created_by=who),
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_worked_with_the_organization_is_refused_by_policy_service_and_database(way, review, place):
    check_decide_growth(place.staff, review)
    WAYS[way](place.organization, place.staff)
    assert place.organization.pk in organizations_worked_with(place.staff)
    assert place.staff.pk in barred_from(place.organization)
    assert list(reviews_to_decide(place.staff)) == []
    review = GrowthReview.objects.with_names().get()
    with pytest.raises(PermissionDenied, match="worked with this organization"):
        check_decide_growth(place.staff, review)
    with pytest.raises(RuleViolation, match="does not decide"), transaction.atomic():
        decide(review, place.staff)
    with pytest.raises(IntegrityError, match="does not decide"), transaction.atomic():
        StageDecisionFactory(review=review, decided_by=place.staff)
    assert (StageDecision.objects.count(), GrowthReview.objects.get().status) == (0, "deciding")


@pytest.mark.parametrize("way", NOT_WORK)
def test_what_is_no_work_with_the_organization_keeps_nobody_from_deciding(way, review, place):
    NOT_WORK[way](place.organization, place.staff)
    assert place.organization.pk not in organizations_worked_with(place.staff)
    assert place.staff.pk not in barred_from(place.organization)
    check_decide_growth(place.staff, review)
    assert decide(review, place.staff).decided_by == place.staff


BELONGS = {
    "leads it": lambda org, who: give_leader(who, org.uuid),
    "led it": lambda org, who: RoleGrant.objects.filter(pk=give_leader(who, org.uuid).pk).update(
        revoked_at=timezone.now(), revoked_by=who, revoked_reason="换届"
    ),
    "is a member": lambda org, who: MembershipFactory(organization=org, user=who),
    "was a member": lambda org, who: MembershipFactory(
        organization=org, user=who, joined_on=datetime.date(2025, 1, 1), left_on=datetime.date(2026, 1, 1)
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", BELONGS)
def test_whoever_belongs_to_the_organization_is_refused_by_policy_service_and_database(way, review, place):
    BELONGS[way](place.organization, place.staff)
    person = User.objects.get(pk=place.staff.pk)
    assert place.organization.pk in own_organizations(person)
    assert person.pk in barred_from(place.organization)
    assert list(reviews_to_decide(person)) == []
    with pytest.raises(PermissionDenied, match="lead or are a member of"):
        check_decide_growth(person, review)
    with pytest.raises(RuleViolation, match="belongs to it"), transaction.atomic():
        decide(review, person)
    with pytest.raises(IntegrityError, match="belongs to the organization"), transaction.atomic():
        StageDecisionFactory(review=review, decided_by=person)
    assert (StageDecision.objects.count(), GrowthReview.objects.get().status) == (0, "deciding")


def test_a_member_of_another_organization_decides(review, place):
    MembershipFactory(organization=place.other_organization, user=place.staff)
    assert decide(review, place.staff).decided_by == place.staff


@pytest.mark.parametrize("way", BELONGS)
@pytest.mark.parametrize("is_partner", [False, True])
def test_the_database_refuses_a_decider_who_belongs_to_an_organization_of_the_project(way, is_partner, place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    request, decider = StageRequestFactory(project=project, requested_by=place.worker), UserFactory()
    body = PartnerFactory(project=project, organization=OrganizationFactory()).organization
    BELONGS[way](body if is_partner else place.organization, decider)
    decided = {"status": "passed", "decided_by": decider, "decided_at": timezone.now(), "reason": "齐了"}
    with pytest.raises(IntegrityError, match="belongs to an organization"), transaction.atomic():
        StageRequest.objects.filter(pk=request.pk).update(**decided)
    with pytest.raises(IntegrityError, match="belongs to an organization"), transaction.atomic():
        StageRequestFactory(project=project, requested_by=place.worker, held=True, decided_by=decider)


def test_whoever_gave_an_opinion_is_refused_by_policy_service_and_database(review, place):
    give(review, "community", place.community_staff)
    with pytest.raises(PermissionDenied, match="gave an opinion"):
        check_decide_growth(place.community_staff, review)
    with pytest.raises(RuleViolation, match="does not decide"), transaction.atomic():
        decide(review, place.community_staff, to_stage="seed")
    with pytest.raises(IntegrityError, match="gave an opinion"), transaction.atomic():
        StageDecisionFactory(review=review, decided_by=place.community_staff)


def test_whoever_stood_aside_may_decide(place, standard):
    review = ReviewFactory(organization=place.organization, asking=True)
    opinion = review.opinions.get(party="community")
    opinions.recuse_opinion(opinion_id=opinion.pk, actor=place.community_staff, comment="由本人决定")
    GrowthReview.objects.update(status="deciding")
    assert decide(review, place.community_staff, to_stage="seed").decided_by == place.community_staff


def test_the_database_refuses_to_change_a_decision(review):
    decision = as_decided(review)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        StageDecision.objects.filter(pk=decision.pk).update(reason="另一个理由")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        decision.save()
    assert StageDecision.objects.get().reason == "齐了"


@pytest.mark.parametrize("way", ["leads", "team", "recorded", "took part"])
def test_the_database_refuses_a_decider_who_worked_on_the_project_of_a_request(way, place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    request = StageRequestFactory(project=project, requested_by=place.worker)
    facts = {"organization": place.organization, "project": project}
    decider = UserFactory()
    {
        "leads": lambda: type(project).objects.filter(pk=project.pk).update(lead=decider),
        "team": lambda: ProjectWorkerFactory(project=project, user=decider),
        "recorded": lambda: ActivityFactory(**facts, recorded_by=decider),
        "took part": lambda: ActivityWorker.objects.create(activity=ActivityFactory(**facts), user=decider),
    }[way]()
    decided = {"status": "passed", "decided_by": decider, "decided_at": timezone.now(), "reason": "齐了"}
    with pytest.raises(IntegrityError, match="does not decide"), transaction.atomic():
        StageRequest.objects.filter(pk=request.pk).update(**decided)
    StageRequest.objects.filter(pk=request.pk).update(**(decided | {"decided_by": place.staff}))
    with pytest.raises(IntegrityError, match="does not decide"), transaction.atomic():
        StageRequestFactory(project=project, requested_by=place.worker, held=True, decided_by=decider)


def test_whoever_joins_the_team_after_deciding_does_not_block_the_request(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    request = StageRequestFactory(project=project, requested_by=place.worker, passed=True, decided_by=place.staff)
    ProjectWorkerFactory(project=project, user=place.staff)
    assert StageRequest.objects.filter(pk=request.pk).update(note="补充") == 1
