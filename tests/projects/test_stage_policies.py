"""Who asks, who decides, who sets who decides: all personas, the lists against the policies."""

import datetime

import pytest
from django.utils import timezone

from incubator.base.policies import verdict
from projects.models import (
    ActivityLink,
    ActivityWorker,
    IncubationAgreement,
    IncubationProject,
    ProjectDocument,
    ProjectWorker,
    StageRequest,
)
from projects.policies import agreement as documents
from projects.policies import stage as policies
from tests.factories.accounts import UserFactory
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.stages import AgreementFactory, ProjectDocumentFactory, StageRequestFactory, StageRuleFactory
from tests.personas import give_grant

D = datetime.date
READERS = {"worker", "staff", "community_staff", "leader", "supervisor", "hub", "evaluator", "district_admin"}


@pytest.fixture
def project(place):
    return ProjectFactory(organization=place.organization, lead=place.worker)


def allowed_to(place, check, thing):
    return {person.username for person in place.everybody if verdict(check, person, thing)}


def request_of(project, stage="preparation", to="cultivation", **values):
    project.__class__.objects.filter(pk=project.pk).update(stage=stage)
    return StageRequestFactory(project=project, from_stage=stage, to_stage=to, **values)


def test_exactly_these_people_ask_to_leave_a_stage(project, place):
    assert allowed_to(place, policies.check_request_stage, project) == {"worker", "supervisor", "hub"}
    colleague = UserFactory()
    give_grant(colleague, "social_worker", division=place.street)
    assert not verdict(policies.check_request_stage, colleague, project)
    row = ProjectWorker.objects.create(project=project, user=colleague, from_on=D(2026, 1, 1))
    assert verdict(policies.check_request_stage, colleague, IncubationProject.objects.get())
    row.until_on = D(2026, 2, 1)
    row.save()
    assert not verdict(policies.check_request_stage, colleague, IncubationProject.objects.get())


@pytest.mark.parametrize(
    ("stage", "to", "people"),
    [
        ("preparation", "cultivation", {"supervisor"}),
        ("cultivation", "summary", {"staff", "evaluator"}),
        ("summary", "closed", {"staff", "evaluator"}),
    ],
)
def test_by_default_exactly_these_people_decide(stage, to, people, project, place):
    request = request_of(project, stage, to)
    assert allowed_to(place, policies.check_decide_stage, request) == people
    assert allowed_to(place, policies.check_pass_stage, request) == people
    assert allowed_to(place, policies.check_hold_stage, request) == people
    assert not verdict(policies.check_decide_stage, place.anonymous, request)


def test_the_centre_stands_in_where_no_agency_serves(place):
    project = ProjectFactory(organization=place.other_organization, lead=place.other_worker)
    request = request_of(project)
    assert allowed_to(place, policies.check_decide_stage, request) == {"hub"}
    assert list(policies.requests_to_decide(place.hub)) == [request]


def test_the_nearest_rule_says_who_decides_and_an_empty_one_says_nothing(project, place):
    request = request_of(project)
    StageRuleFactory(division=place.district, roles=["district_admin"])
    assert allowed_to(place, policies.check_decide_stage, request) == {"district_admin"}
    rule = StageRuleFactory(division=place.street, roles=["community_staff", "street_staff"])
    assert allowed_to(place, policies.check_decide_stage, request) == {"community_staff", "staff"}
    rule.roles = []
    rule.save()
    assert allowed_to(place, policies.check_decide_stage, request) == {"district_admin"}
    assert list(policies.requests_to_decide(place.district_admin)) == [request]
    reason = verdict(policies.check_decide_stage, place.staff, request).reason
    assert reason == "Here this is decided by: district admin."


def test_the_asker_does_not_decide(project, place):
    request = request_of(project, requested_by=place.supervisor)
    reason = "Nobody decides on their own request. Please ask a colleague."
    assert verdict(policies.check_decide_stage, place.supervisor, request).reason == reason


def _lead(project, person, place):
    project.lead = person
    project.save()


def _past_team(project, person, place):
    ProjectWorker.objects.create(project=project, user=person, from_on=D(2026, 1, 1), until_on=D(2026, 2, 1))


def _recorded(project, person, place):
    ActivityFactory(organization=place.organization, recorded_by=person, project=project)


def _link(activity, project, place):
    activity.links.filter(organization=place.organization).delete()
    ActivityLink.objects.create(
        activity=activity, organization=place.organization, community=place.community, project=project, minutes=60
    )


def _recorded_elsewhere(project, person, place):
    _link(ActivityFactory(organization=place.other_organization, recorded_by=person), project, place)


def _took_part(project, person, place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    _link(activity, project, place)
    ActivityWorker.objects.create(activity=activity, user=person)


@pytest.mark.parametrize("work", [_lead, _past_team, _recorded, _recorded_elsewhere, _took_part])
def test_nobody_who_worked_on_the_project_decides(work, project, place):
    request = request_of(project)
    other = UserFactory()
    give_grant(other, "agency_supervisor", body_uuid=place.agency_uuid)
    work(project, place.supervisor, place)
    request = StageRequest.objects.get(pk=request.pk)
    answer = verdict(policies.check_decide_stage, place.supervisor, request)
    assert answer.reason == "You have worked on this project, so a colleague who has not decides."
    assert list(policies.requests_to_decide(place.supervisor)) == []
    assert verdict(policies.check_decide_stage, other, request)
    assert list(policies.requests_to_decide(other)) == [request]


def test_a_draft_is_no_work_yet(project, place):
    request = request_of(project)
    ActivityFactory(draft=True, recorded_by=place.supervisor, project=project)
    assert verdict(policies.check_decide_stage, place.supervisor, request)


def test_what_is_decided_is_not_decided_again(project, place):
    request = request_of(project, passed=True)
    answer = verdict(policies.check_decide_stage, place.supervisor, request)
    assert answer.reason == "This request is decided or was taken back."


def test_the_queue_shows_what_the_policy_lets_people_decide(place):
    """All stages, four places, with and without rules and agencies: the list and the policy agree for everybody."""
    requests = []
    for community in (place.community, place.next_community, place.other_community, place.far_community):
        for stage, to in (("preparation", "cultivation"), ("cultivation", "summary"), ("summary", "closed")):
            project = ProjectFactory(organization=OrganizationFactory(community=community), stage=stage)
            requests.append(StageRequestFactory(project=project, from_stage=stage, to_stage=to))
    StageRuleFactory(division=place.other_street, from_stage="summary", roles=["hub_center", "agency_supervisor"])
    StageRuleFactory(division=place.next_community, from_stage="cultivation", roles=["agency_supervisor"])
    StageRuleFactory(division=place.far_district, from_stage="preparation", roles=["community_staff"])
    found = 0
    for person in place.everybody:
        wanted = {request.pk for request in requests if verdict(policies.check_decide_stage, person, request)}
        shown = set(policies.requests_to_decide(person).values_list("pk", flat=True))
        assert shown == wanted, person.username
        found += len(shown)
    assert found > 8


def test_the_lists_show_what_the_policies_let_people_view(place):
    things = {StageRequest: [], ProjectDocument: [], IncubationAgreement: []}
    for community in (place.community, place.next_community, place.other_community, place.far_community):
        organization = (
            place.organization if community == place.community else OrganizationFactory(community=community)
        )  # fmt: skip
        project = ProjectFactory(organization=organization)
        things[StageRequest].append(StageRequestFactory(project=project))
        things[ProjectDocument].append(ProjectDocumentFactory(project=project))
        things[IncubationAgreement].append(AgreementFactory(project=project))
    checks = {
        StageRequest: policies.check_view_stage_request, ProjectDocument: documents.check_view_document,
        IncubationAgreement: documents.check_view_agreement,
    }  # fmt: skip
    for model, rows in things.items():
        for person in place.everybody:
            seen = {row.pk for row in rows if verdict(checks[model], person, row)}
            shown = set(model.objects.visible_to(person).values_list("pk", flat=True))
            assert shown == seen, (model.__name__, person.username)


def test_exactly_these_people_read_and_keep_documents_and_the_exit_plan(project, place):
    document = ProjectDocumentFactory(project=project, uploaded_by=place.worker)
    keepers = {"worker", "supervisor", "hub"}
    assert allowed_to(place, documents.check_view_document, document) == READERS
    adders = keepers | {"staff", "community_staff", "evaluator"}
    assert allowed_to(place, documents.check_add_document, project) == adders
    assert allowed_to(place, documents.check_withdraw_document, document) == keepers
    for check in (
        documents.check_update_agreement, documents.check_sign_agreement, documents.check_update_exit_plan,
    ):  # fmt: skip
        assert allowed_to(place, check, project) == keepers
    own = ProjectDocumentFactory(project=project, uploaded_by=place.evaluator)
    assert allowed_to(place, documents.check_withdraw_document, own) == keepers | {"evaluator"}
    document.withdrawn_at = timezone.now()
    assert allowed_to(place, documents.check_withdraw_document, document) == set()


def test_of_a_project_that_is_over_nothing_changes(place):
    project = ProjectFactory(
        organization=place.organization, lead=place.worker, stage="closed", closed_on=D(2026, 11, 1)
    )
    for check in (documents.check_add_document, documents.check_update_exit_plan, policies.check_request_stage):
        assert allowed_to(place, check, project) == set()


def test_exactly_these_people_set_who_decides(place):
    keepers = {"staff", "hub", "district_admin"}
    assert allowed_to(place, policies.check_update_stage_rule, place.street) == keepers
    assert allowed_to(place, policies.check_update_stage_rule, place.district) == {"hub", "district_admin"}
