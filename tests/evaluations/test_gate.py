"""The review that goes with a project's request to leave a stage: opened, blind, withdrawn and decided with it."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evaluations.models import EvidenceManifest, GrowthReview, Opinion, StageDecision
from evaluations.notifications import gate as notices
from evaluations.policies.gate import check_view_gate
from evaluations.policies.waiting import reviews_waiting_for
from evaluations.services import gate as gates
from evaluations.services import opinion as opinions
from evaluations.services import review as reviews
from evaluations.services.evidence import changes_since
from incubator.accounts.choices import Role
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.notifications.models import Notification
from projects.models import IncubationProject, StageRequest
from projects.notifications.stage import free_deciders
from projects.policies.stage import check_decide_stage, known_of, requests_to_decide
from projects.services import stage as services
from tests.factories.accounts import UserFactory
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.plan import PartnerFactory, PlanFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.stages import (
    AgreementFactory,
    ProjectDocumentFactory,
    StageRequestFactory,
    StageRuleFactory,
)
from tests.pages import text_of
from tests.personas import give_grant


@pytest.fixture
def project(place):
    return ProjectFactory(organization=place.organization, lead=place.worker, name="治安队孵化")


@pytest.fixture
def request_(project, place):
    return ask(project, place.worker)


def ask(project, actor, note="请看"):
    return services.request_stage(uuid=uuid.uuid4(), project_id=project.pk, actor=actor, note=note)


def give(review, party, actor, recommendation="promote", comment="够了"):
    opinion = Opinion.objects.get(review=review, party=party)
    return opinions.give_opinion(opinion_id=opinion.pk, actor=actor, recommendation=recommendation, comment=comment)


def of(request):
    return GrowthReview.objects.get(gate=request)


# --- with the request ---


def test_a_request_opens_its_review_with_the_evidence_of_the_project_and_asks_three_parties(project, place):
    plan = PlanFactory(project=project, title="骨干会")
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, project=project)
    ActivityFactory(organization=place.other_organization, recorded_by=place.worker)  # of no project
    document = ProjectDocumentFactory(project=project)
    agreement = AgreementFactory(project=project)
    request = ask(project, place.worker)
    review = of(request)
    assert (review.opener, review.status, review.is_blind, review.standard) == ("gate", "opinions", True, None)
    assert review.get_absolute_url() == request.get_absolute_url()
    facts = review.manifest.facts
    assert facts["gate:plans"] == {"value": 1, "evidence": [["activity_plan", str(plan.uuid)]]}
    assert facts["gate:activities"] == {"value": 1, "evidence": [["activity", str(activity.uuid)]]}
    assert facts["gate:documents"]["evidence"] == [["project_document", str(document.uuid)]]
    assert facts["gate:agreement"] == {"value": False, "evidence": [["agreement", str(agreement.uuid)]]}
    assert {item["type"] for item in review.manifest.items} == {
        "gate_project", "organization", "activity_plan", "activity", "project_document", "agreement",
    }  # fmt: skip
    assert gates.replay_gate(review) == (True, True)
    told = Notification.objects.filter(kind="gate.opinion_asked")
    assert {notice.recipient.username for notice in told} == {"community_staff", "leader", "worker"}
    assert {notice.link for notice in told} == {request.get_absolute_url()}
    assert AuditEvent.objects.get(verb="review.opened").data["sha256"] == review.manifest.sha256


def test_a_gate_leaves_room_for_a_growth_review_of_the_same_organization(request_, place):
    assert GrowthReview.objects.running().of_growth().count() == 0
    assert GrowthReview.objects.running().count() == 1


def test_when_the_review_cannot_be_opened_there_is_no_request(project, place, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr(notices, "tell_parties", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        ask(project, place.worker)
    assert [model.objects.count() for model in (StageRequest, GrowthReview, EvidenceManifest, AuditEvent)] == [0] * 4


def test_a_request_that_is_taken_back_takes_its_review_along(request_, place):
    services.withdraw_stage(request_id=request_.pk, actor=place.worker)
    review = of(request_)
    assert (review.status, bool(review.withdrawn_reason)) == ("withdrawn", True)
    again = ask(request_.project, place.worker)
    assert of(again).status == "opinions"


@pytest.mark.parametrize("service", [services.pass_stage, services.hold_stage])
def test_the_decision_of_the_request_is_that_of_its_review(service, request_, place):
    review = of(request_)
    give(review, "community", place.community_staff)
    service(request_id=request_.pk, actor=place.supervisor, reason="齐了")
    review = of(request_)
    assert (review.status, review.closed_at) == ("decided", StageRequest.objects.get().decided_at)
    assert StageDecision.objects.count() == 0
    event = AuditEvent.objects.get(verb="gate.decided")
    assert (event.target_uuid, event.data["opinions_missing"]) == (str(review.uuid), 2)


def test_a_request_from_before_there_were_reviews_is_decided_all_the_same(project, place):
    request = StageRequestFactory(project=project)
    services.pass_stage(request_id=request.pk, actor=place.supervisor, reason="齐了")
    assert (StageRequest.objects.get().status, GrowthReview.objects.count()) == ("passed", 0)


def test_a_gate_is_neither_taken_back_nor_decided_as_a_growth_review(request_, place):
    from evaluations.services.decision import decide_growth

    review = of(request_)
    with pytest.raises(RuleViolation, match="with its request"):
        reviews.withdraw_review(review_id=review.pk, actor=place.worker, reason="x")
    with pytest.raises(RuleViolation, match="page of its request"):
        decide_growth(
            review_id=review.pk, actor=place.staff, outcome="promote", to_stage="seed", to_form="", reason="x"
        )
    with pytest.raises(RuleViolation, match="earlier stage"):
        give(review, "community", place.community_staff, "lower")


# --- opinions ---


def test_the_last_opinion_tells_those_who_decide_on_the_request(request_, place):
    review = of(request_)
    give(review, "community", place.community_staff)
    give(review, "organization", place.leader, "hold")
    give(review, "social_worker", place.worker)
    assert of(request_).status == "deciding"
    notice = Notification.objects.get(kind="gate.called")
    assert (notice.recipient, notice.link) == (place.supervisor, request_.get_absolute_url())


def test_opinions_on_a_gate_are_blind_until_they_are_in(request_, place, sign_in):
    review = of(request_)
    give(review, "community", place.community_staff, comment="社区同意")
    address = request_.get_absolute_url()
    assert "社区同意" not in text_of(sign_in(place.worker).get(address))
    assert "社区同意" in text_of(sign_in(place.community_staff).get(address))
    give(review, "organization", place.leader)
    give(review, "social_worker", place.worker)
    assert "社区同意" in text_of(sign_in(place.staff).get(address))


def test_a_gate_goes_on_to_its_decision_when_the_time_of_the_opinions_is_over(request_):
    later = timezone.now() + datetime.timedelta(days=40)
    assert reviews.move_reviews_on(today=timezone.localdate(later)) == (0, 1)
    assert of(request_).status == "deciding"


# --- who decides ---


@pytest.fixture
def community_decides(place):
    """So that the party of an opinion is also among those who decide."""
    return StageRuleFactory(division=place.street, roles=["community_staff", "street_staff"])


def test_who_gave_an_opinion_on_the_gate_is_refused_by_policy_service_and_database(
    community_decides, request_, place, sign_in
):
    assert verdict(check_decide_stage, place.community_staff, request_)
    give(of(request_), "community", place.community_staff)
    sentence = "You gave an opinion in this review, so a colleague who did not decides."
    assert verdict(check_decide_stage, place.community_staff, request_).reason == sentence
    page = sign_in(place.community_staff).post(reverse("projects:stage-pass", args=[request_.uuid]), {"reason": "x"})
    assert page.status_code == 403
    with pytest.raises(RuleViolation, match="gave an opinion"), transaction.atomic():
        services.pass_stage(request_id=request_.pk, actor=place.community_staff, reason="齐了")
    with pytest.raises(IntegrityError), transaction.atomic():
        StageRequest.objects.filter(pk=request_.pk).update(
            status="passed", decided_by=place.community_staff, decided_at=timezone.now(), reason="齐了"
        )
    services.pass_stage(request_id=request_.pk, actor=place.staff, reason="齐了")
    assert StageRequest.objects.get().status == "passed"


def test_an_opinion_that_came_in_a_moment_before_the_decision_is_seen_when_the_review_closes(request_, place):
    """The trigger looks before the review is locked."""
    give(of(request_), "community", place.community_staff)
    request_.decided_by, request_.decided_at = place.community_staff, timezone.now()
    with pytest.raises(RuleViolation, match="gave an opinion"):
        gates.close_gate_review(request=request_, actor=place.community_staff)
    assert of(request_).status == "opinions"


@pytest.mark.parametrize("is_partner", [False, True])
def test_a_member_of_an_organization_of_the_project_is_refused_by_policy_service_and_list(is_partner, request_, place):
    body = PartnerFactory(project=request_.project, organization=OrganizationFactory()).organization
    assert verdict(check_decide_stage, place.supervisor, request_)
    MembershipFactory(organization=body if is_partner else place.organization, user=place.supervisor)
    sentence = "You belong to an organization of this project, so a colleague who does not decides."
    assert verdict(check_decide_stage, place.supervisor, request_).reason == sentence
    assert list(requests_to_decide(place.supervisor)) == []
    assert place.supervisor.pk not in free_deciders(request_)
    with pytest.raises(RuleViolation, match="belongs to its organization"), transaction.atomic():
        services.pass_stage(request_id=request_.pk, actor=place.supervisor, reason="齐了")


def test_an_opinion_on_a_gate_waits_in_the_list_of_those_who_are_asked(request_, place, sign_in):
    waiting, address = reverse("evaluations:review-list") + "?waiting=true", request_.get_absolute_url()
    for person in (place.worker, place.community_staff, place.leader):
        assert address in text_of(sign_in(person).get(waiting)), person
        assert list(reviews_waiting_for(person)) == [of(request_)]
    for person in (place.staff, place.hub, place.other_worker):
        assert address not in text_of(sign_in(person).get(waiting)), person
    assert address not in text_of(sign_in(place.worker).get(reverse("evaluations:review-list")))
    give(of(request_), "social_worker", place.worker)
    assert address not in text_of(sign_in(place.worker).get(waiting))


def test_who_stands_aside_on_a_gate_leaves_the_voice_to_a_colleague(request_, place):
    other = UserFactory()
    give_grant(other, Role.COMMUNITY_STAFF, division=place.community)
    Notification.objects.all().delete()
    opinion = Opinion.objects.get(review=of(request_), party="community")
    opinions.recuse_opinion(opinion_id=opinion.pk, actor=place.community_staff, comment="亲属")
    assert [(n.recipient, n.kind) for n in Notification.objects.all()] == [(other, "gate.opinion_asked")]
    assert of(request_).opinions.filter(party="community", status="asked").count() == 1


def test_who_stood_aside_may_decide(community_decides, request_, place):
    opinion = Opinion.objects.get(review=of(request_), party="community")
    opinions.recuse_opinion(opinion_id=opinion.pk, actor=place.community_staff, comment="我来决定")
    services.pass_stage(request_id=request_.pk, actor=place.community_staff, reason="齐了")
    assert StageRequest.objects.get().status == "passed"


def test_what_waits_and_what_is_read_at_once_say_the_same_as_the_policy(community_decides, place):
    organizations = [place.organization, *OrganizationFactory.create_batch(2, community=place.community)]
    mine = [ask(ProjectFactory(organization=one, lead=place.worker), place.worker) for one in organizations]
    give(of(mine[0]), "community", place.community_staff)
    ActivityFactory(organization=organizations[1], recorded_by=place.staff, project=mine[1].project)
    for person in (*place.everybody, place.leader):
        seen = list(StageRequest.objects.visible_to(person).with_names())
        known = known_of(person, seen)
        alone = {request.pk: verdict(check_decide_stage, person, request) for request in seen}
        assert alone == {request.pk: verdict(check_decide_stage, person, request, known) for request in seen}
        waiting = set(requests_to_decide(person).values_list("pk", flat=True))
        assert waiting == {key for key, answer in alone.items() if answer}, person


def test_who_reads_the_gate_also_reads_its_review(request_, place):
    review = of(request_)
    for person in (*place.everybody, place.leader, place.other_leader):
        seen = GrowthReview.objects.visible_to(person).filter(pk=review.pk).exists()
        assert seen == bool(verdict(check_view_gate, person, StageRequest.objects.get())), person


# --- evidence ---


def test_the_decision_itself_is_no_change_of_the_evidence_but_later_changes_are(project, place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, project=project)
    request = ask(project, place.worker)
    services.pass_stage(request_id=request.pk, actor=place.supervisor, reason="齐了")
    review = of(request)
    assert changes_since(review.manifest) == []
    type(activity).objects.filter(pk=activity.pk).update(participants=99)
    IncubationProject.objects.update(goal="别的目标")
    assert [change.kind for change in changes_since(review.manifest)] == ["gate_project", "activity"]
    seen = text_of(sign_in(place.staff).get(request.get_absolute_url()))
    assert "Evidence changed since: 2 records" in seen
    assert "still have the hash" in seen
    StageRequest.objects.update(checklist=[])
    assert "not what was frozen" in text_of(sign_in(place.staff).get(request.get_absolute_url()))


def test_a_gate_is_walked_from_the_request_to_its_decision(project, place, sign_in):
    ActivityFactory(organization=place.organization, recorded_by=place.worker, project=project)
    PlanFactory(project=project, title="骨干会")
    client = sign_in(place.worker)
    answer = client.post(reverse("projects:stage-request", args=[project.uuid]), {"note": "请看", "uuid": uuid.uuid4()})
    request = StageRequest.objects.get()
    assert answer["Location"] == request.get_absolute_url()
    review = of(request)
    seen = text_of(client.get(request.get_absolute_url()))
    opinion = review.opinions.get(party="social_worker")
    assert reverse("evaluations:opinion-give", args=[opinion.uuid]) in seen
    records = reverse("evaluations:review-evidence", args=[review.uuid])
    assert f"{records}?fact=gate:activities" in seen
    assert "activities that took place: 1" in text_of(client.get(f"{records}?fact=gate:activities"))
    assert "骨干会" in text_of(client.get(records))
    assert (
        client.get(reverse("evaluations:review-detail", args=[review.uuid]))["Location"] == request.get_absolute_url()
    )
    for person, party in (
        (place.leader, "organization"),
        (place.community_staff, "community"),
        (place.worker, "social_worker"),
    ):
        address = reverse("evaluations:opinion-give", args=[review.opinions.get(party=party).uuid])
        client = sign_in(person)
        page = text_of(client.get(address))
        assert ("What was known about the project" in page, "back to an earlier stage" in page) == (True, False)
        values = {"recommendation": "promote", "comment": f"{party} 同意"}
        assert client.post(address, values)["Location"] == request.get_absolute_url()
    client = sign_in(place.supervisor)
    assert "social_worker 同意" in text_of(client.get(request.get_absolute_url()))
    passed = client.post(reverse("projects:stage-pass", args=[request.uuid]), {"reason": "齐了"})
    assert passed.status_code == 302
    assert (IncubationProject.objects.get().stage, of(request).status) == ("cultivation", "decided")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_request_is_bounded(number, project, place, sign_in, django_assert_num_queries):
    for _number in range(number):
        ActivityFactory(organization=place.organization, recorded_by=place.worker, project=project)
        PlanFactory(project=project)
        ProjectDocumentFactory(project=project)
    request = ask(project, place.worker)
    client = sign_in(place.staff)
    client.get(request.get_absolute_url())
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(request.get_absolute_url())


PAGE_QUERIES = 15


def test_a_foreigner_finds_nothing_of_a_gate(request_, place, sign_in):
    review = of(request_)
    for person in (place.other_worker, place.other_staff, place.admin, place.stranger):
        client = sign_in(person)
        assert client.get(request_.get_absolute_url()).status_code == 404
        assert client.get(reverse("evaluations:review-evidence", args=[review.uuid])).status_code == 404
        for opinion in review.opinions.all():
            assert client.post(reverse("evaluations:opinion-give", args=[opinion.uuid])).status_code == 404
    with pytest.raises(PermissionDenied):
        check_view_gate(place.other_staff, request_)
