"""Review sessions: the state machine, what is taken up, deciding in a row, the signed sheet, who may."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from evaluations.choices import SessionStatus
from evaluations.models import GrowthReview, ReviewSession, StageDecision
from evaluations.notifications import session as notices
from evaluations.policies import session as policies
from evaluations.policies.review import check_decide_growth
from evaluations.services import session as services
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.policies import verdict
from incubator.jobs.models import Job
from incubator.notifications.models import Notification
from incubator.notifications.services import deliver_notification
from organizations.models import SocialOrganization
from projects.models import StageRequest
from projects.policies.stage import check_decide_stage
from projects.services.stage import request_stage
from tests.factories.growth import GrowthRuleFactory, ReviewFactory, give
from tests.factories.organizations import PDF, OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.session import SessionFactory

TABLE = {"close": ({"planned"}, "held")}


@pytest.fixture
def session(place):
    return SessionFactory(division=place.street, created_by=place.hub)


@pytest.fixture
def review(place, standard):
    return ReviewFactory(organization=place.organization, opened_by=place.worker, deciding=True)


def close(session, place):
    return services.close_session(session_id=session.pk, actor=place.staff)


def add(session, reviews, actor):
    return services.add_session_reviews(session_id=session.pk, reviews=[one.pk for one in reviews], actor=actor)


def decide(session, review, actor, outcome="promote", reason="齐了", **facts):
    values = {"to_stage": "sapling", "to_form": "weak_organization"} if review.gate_id is None else {}
    return services.decide_session_review(
        session_id=session.pk, review_id=review.pk, actor=actor, outcome=outcome, reason=reason, **(values | facts)
    )


def gate_of(organization, worker):
    project = ProjectFactory(organization=organization, lead=worker, name="治安队孵化")
    request = request_stage(uuid=uuid.uuid4(), project_id=project.pk, actor=worker, note="请看")
    return GrowthReview.objects.get(gate=request)


def traces():
    return tuple(model.objects.count() for model in (AuditEvent, Notification, Job, StageDecision))


# --- the state machine ---


@pytest.mark.no_db
@pytest.mark.parametrize("state", SessionStatus.values)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    session = ReviewSession(status=state)
    sources, target = TABLE[action]
    if state in sources:
        getattr(session, action)(at=timezone.now())
        assert session.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(session, action)(at=timezone.now())
        assert session.status == state


def test_a_transition_leaves_one_event_and_tells_the_right_people(session, review, place):
    add(session, [review], place.staff)
    AuditEvent.objects.all().delete()
    close(session, place)
    assert ReviewSession.objects.get().status == "held"
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_uuid, event.data) == (
        "session.closed",
        str(session.uuid),
        {"decided": 0, "back": 1},
    )
    assert {notice.recipient for notice in Notification.objects.all()} == {place.hub, place.worker}
    assert set(Notification.objects.values_list("kind", flat=True)) == {"session.closed"}


def test_the_second_call_is_refused_and_leaves_no_trace(session, place):
    close(session, place)
    before = traces()
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        close(session, place)
    assert traces() == before


@pytest.mark.parametrize(
    "values",
    [{"status": "held"}, {"closed_at": timezone.now()}, {"signed_sheet": "x.pdf"}, {"signed_sheet_sha256": "0" * 64}],
)
def test_the_database_refuses_a_state_without_its_facts(values, place):
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(division=place.street, **values)


def test_when_the_last_step_fails_nothing_remains(session, review, place, monkeypatch):
    add(session, [review], place.staff)
    before = traces()

    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr(notices, "tell_of_closing", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        close(session, place)
    assert (ReviewSession.objects.get().status, session.reviews.count(), traces()) == ("planned", 1, before)


def test_a_redelivered_task_sends_once(session, place, mailoutbox):
    place.hub.email = "hub@example.org"
    place.hub.save()
    close(session, place)
    for _time in range(2):
        deliver_notification(notification_id=Notification.objects.get().pk)
    assert len(mailoutbox) == 1
    assert "秋季评审会" in mailoutbox[0].subject


# --- taking up ---


def test_reviews_that_wait_in_the_place_are_taken_up_and_no_others(session, review, place):
    others = [
        ReviewFactory(organization=place.other_organization, deciding=True),  # another street
        ReviewFactory(organization=OrganizationFactory(community=place.community), asking=True),
        ReviewFactory(
            organization=OrganizationFactory(community=place.community), deciding=True,
            session=SessionFactory(division=place.street),
        ),
    ]  # fmt: skip
    gate = gate_of(OrganizationFactory(community=place.community), place.worker)
    assert set(GrowthReview.objects.for_session(place.street)) == {review, gate}
    assert add(session, [review, gate, *others], place.staff) == 2
    assert set(session.reviews.all()) == {review, gate}
    assert add(session, [review], place.staff) == 0
    event = AuditEvent.objects.get(verb="session.reviews_added")
    assert event.data == {"number": 2}


def test_the_51st_review_is_refused_and_none_comes_in(session, place, standard):
    organizations = OrganizationFactory.create_batch(52, community=place.community)
    reviews = GrowthReview.objects.bulk_create(
        GrowthReview(
            organization=one, community=place.community, standard=standard.current, opener="worker", status="deciding",
            opened_by=place.worker, opened_at=timezone.now(), opinions_due_on=timezone.localdate(),
        )
        for one in organizations
    )  # fmt: skip
    with pytest.raises(RuleViolation, match="at most 50 reviews; 0 are in it, so 50 more"):
        add(session, reviews[:51], place.staff)
    assert session.reviews.count() == 0
    assert add(session, reviews[:50], place.staff) == 50
    with pytest.raises(RuleViolation, match="so 0 more"):
        add(session, reviews[50:], place.staff)
    assert session.reviews.count() == 50


def test_a_review_goes_back_to_the_list_but_not_when_it_was_decided(session, review, place):
    add(session, [review], place.staff)
    services.remove_session_review(session_id=session.pk, review_id=review.pk, actor=place.staff)
    assert list(GrowthReview.objects.for_session(place.street)) == [review]
    add(session, [review], place.staff)
    decide(session, review, place.staff)
    with pytest.raises(RuleViolation, match="stays in the session"):
        services.remove_session_review(session_id=session.pk, review_id=review.pk, actor=place.staff)


def test_create_and_update_session_are_recorded_without_names(place):
    session = services.create_session(
        uuid=uuid.uuid4(), division=place.street, title=" 评审会 ", held_on=timezone.localdate(), actor=place.staff
    )
    edition = session.edition
    values = {"title": "评审会", "held_on": session.held_on, "place_text": "三楼", "attended": "赵主任\n钱老师"}
    services.update_session(session_id=session.pk, actor=place.staff, edition=edition, **values)
    event = AuditEvent.objects.get(verb="session.updated")
    assert event.data == {"changed": ["attended", "place_text"]}
    with pytest.raises(StaleEdition):
        services.update_session(session_id=session.pk, actor=place.staff, edition=edition, **values)
    close(session, place)
    with pytest.raises(RuleViolation, match="closed"):
        services.update_session(session_id=session.pk, actor=place.staff, **values)


# --- deciding ---


def test_decide_session_review_is_the_decision_of_the_single_page(session, review, place):
    add(session, [review], place.staff)
    decision = decide(session, review, place.staff)
    assert (decision.review, decision.to_stage, decision.decided_by) == (review, "sapling", place.staff)
    assert SocialOrganization.objects.get(pk=place.organization.pk).growth_stage == "sapling"
    assert GrowthReview.objects.get().session == session
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        decide(session, review, place.staff)
    assert StageDecision.objects.count() == 1


@pytest.mark.parametrize(("outcome", "status"), [("pass", "passed"), ("hold", "held")])
def test_the_gate_of_a_project_is_decided_by_its_own_service(outcome, status, session, place, standard):
    gate = gate_of(place.organization, place.worker)
    add(session, [gate], place.staff)
    decide(session, gate, place.supervisor, outcome)
    assert StageRequest.objects.get().status == status
    assert (GrowthReview.objects.get().status, StageDecision.objects.count()) == ("decided", 0)


def test_nothing_is_decided_in_a_closed_session_or_of_a_review_that_is_not_in_it(session, review, place):
    with pytest.raises(RuleViolation, match="not in the session"):
        decide(session, review, place.staff)
    add(session, [review], place.staff)
    close(session, place)
    with pytest.raises(RuleViolation, match="closed"):
        decide(session, review, place.staff)


def test_the_database_refuses_in_a_session_who_worked_with_the_organization(session, review, place):
    ActivityFactory(organization=place.organization, recorded_by=place.staff)
    add(session, [review], place.staff)
    with pytest.raises(RuleViolation, match="Whoever worked with"), transaction.atomic():
        decide(session, review, place.staff)


def test_closing_puts_back_what_is_not_decided_and_keeps_the_rest(session, review, place):
    other = ReviewFactory(organization=OrganizationFactory(community=place.community), deciding=True)
    add(session, [review, other], place.staff)
    decide(session, review, place.staff)
    close(session, place)
    assert list(session.reviews.all()) == [review]
    assert list(GrowthReview.objects.for_session(place.street)) == [other]


def test_all_verdicts_at_once_say_the_same_as_the_policy_of_the_single_page(session, place, standard):
    reviews = [
        ReviewFactory(organization=place.organization, deciding=True),
        ReviewFactory(
            organization=OrganizationFactory(community=place.next_community, growth_stage="seedling"), deciding=True
        ),
        ReviewFactory(organization=OrganizationFactory(community=place.community, growth_stage="tree"), deciding=True),
        gate_of(OrganizationFactory(community=place.community), place.worker),
    ]  # fmt: skip
    give(reviews[0], "community", place.community_staff)
    ActivityFactory(organization=reviews[1].organization, recorded_by=place.staff)
    GrowthRuleFactory(division=place.street, stage="tree", roles=["evaluator", "hub_center"])
    for person in (*place.everybody, place.leader):
        seen = GrowthReview.objects.visible_to(person).with_names().select_related("gate__project__community")
        seen = list(seen.filter(pk__in=[one.pk for one in reviews]))
        found, _known = policies.verdicts_of(person, seen)
        alone = {
            one.pk: verdict(check_decide_stage, person, one.gate)
            if one.gate_id
            else verdict(check_decide_growth, person, one)
            for one in seen
        }
        assert found == alone, person


# --- the signed sheet ---


def sheet(name="会签.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def test_the_signed_sheet_is_kept_with_its_hash_and_a_better_scan_takes_its_place(session, place):
    for content in (PDF, PDF + b"2"):
        services.add_session_sheet(session_id=session.pk, upload=sheet(content=content), actor=place.staff)
    session = ReviewSession.objects.get()
    assert (session.extension, session.content_type, session.signed_sheet_name) == (
        "pdf",
        "application/pdf",
        "会签.pdf",
    )
    events = AuditEvent.objects.filter(verb="session.sheet_added").order_by("pk")
    assert [event.data.get("before") for event in events] == [None, events[0].data["sha256"]]
    assert session.signed_sheet_sha256 == events[1].data["sha256"]
    with pytest.raises(RuleViolation, match="here already"):
        services.add_session_sheet(session_id=session.pk, upload=sheet(content=PDF + b"2"), actor=place.staff)


def test_a_sheet_that_is_something_else_than_it_says_is_refused(session, place):
    with pytest.raises(RuleViolation, match="not a file of a kind"):
        services.add_session_sheet(session_id=session.pk, upload=sheet("x.pdf", b"MZ" + b"\0" * 300), actor=place.staff)
    assert ReviewSession.objects.get().signed_sheet_sha256 == ""


# --- who ---


def test_every_policy_says_the_same_as_visible_to(place):
    sessions = [SessionFactory(division=one) for one in (place.street, place.other_street, place.district)]
    for person in (*place.everybody, place.leader, place.other_leader):
        seen = set(ReviewSession.objects.visible_to(person))
        assert seen == {one for one in sessions if verdict(policies.check_view_session, person, one)}, person


@pytest.mark.parametrize(
    ("check", "people"),
    [
        (policies.check_view_session, {"worker", "staff", "supervisor", "hub", "evaluator", "district_admin"}),
        *(
            (check, {"staff", "supervisor", "hub", "evaluator", "district_admin"})
            for check in (
                policies.check_update_session,
                policies.check_add_session_reviews,
                policies.check_remove_session_review,
                policies.check_close_session,
                policies.check_add_session_sheet,
            )
        ),
    ],
)
def test_exactly_these_people_see_to_a_session_of_the_street(check, people, session, place):
    assert {person.username for person in place.everybody if verdict(check, person, session)} == people


def test_who_plans_a_session_where(place):
    planners = {one.username for one in place.everybody if verdict(policies.check_create_session, one, place.street)}
    assert planners == {"staff", "supervisor", "hub", "evaluator", "district_admin"}
    assert not verdict(policies.check_create_session, place.staff, place.district)
    assert not verdict(policies.check_create_session, place.staff, place.community)
    assert list(policies.places_of(place.staff)) == [place.street]
    assert place.district in policies.places_of(place.district_admin)
