"""Opinions: the state machine, one voice for each party, and blindness on the page, in the API and in notices."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from evaluations.choices import OpinionStatus
from evaluations.models import GrowthReview, Opinion
from evaluations.policies.opinion import (
    check_give_opinion,
    check_score_review,
    check_view_opinion,
    columns_for,
)
from evaluations.policies.waiting import opinions_to_give
from evaluations.services import opinion as services
from incubator.accounts.choices import Role
from incubator.accounts.models import User
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.growth import ReviewFactory, give, make_standard, small_standard
from tests.personas import give_grant

TABLE = {"submit": ({"asked"}, "submitted"), "recuse": ({"asked"}, "recused")}
VERBS = {"submit": "opinion.given", "recuse": "opinion.recused"}
TEXT = "只有我知道的看法"


@pytest.fixture
def review(place, standard):
    return ReviewFactory(organization=place.organization, opened_by=place.worker, asking=True)


def ours(review, party="social_worker"):
    return Opinion.objects.select_related("review__organization", "review__community").get(review=review, party=party)


def run(action, opinion, actor):
    if action == "submit":
        return services.give_opinion(opinion_id=opinion.pk, actor=actor, recommendation="promote", comment=TEXT)
    return services.recuse_opinion(opinion_id=opinion.pk, actor=actor, comment=TEXT)


def traces():
    return AuditEvent.objects.count(), Notification.objects.count()


# --- the state machine ---


@pytest.mark.no_db
@pytest.mark.parametrize("state", OpinionStatus.values)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    opinion = Opinion(status=state)
    values = {"by": User(pk=1), "at": timezone.now(), "comment": TEXT}
    values |= {"recommendation": "hold"} if action == "submit" else {}
    sources, target = TABLE[action]
    if state in sources:
        getattr(opinion, action)(**values)
        assert opinion.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(opinion, action)(**values)
        assert opinion.status == state


@pytest.mark.parametrize("action", TABLE)
def test_an_answer_leaves_one_event_that_does_not_tell_what_it_says(action, review, place):
    opinion = run(action, ours(review), place.worker)
    assert (opinion.status, opinion.author, opinion.comment) == (TABLE[action][1], place.worker, TEXT)
    event = AuditEvent.objects.get()
    assert (event.verb, event.data, event.target_uuid) == (VERBS[action], {"party": "social_worker"}, str(review.uuid))
    assert Notification.objects.count() == 0


@pytest.mark.parametrize("action", TABLE)
def test_the_second_answer_is_refused_and_leaves_no_trace(action, review, place):
    run(action, ours(review), place.worker)
    before = traces()
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        run(action, ours(review), place.worker)
    assert (traces(), Opinion.objects.filter(author=place.worker).count()) == (before, 1)


@pytest.mark.parametrize("values", [{"status": "submitted"}, {"status": "recused"}, {"answered_at": timezone.now()}])
def test_the_database_refuses_a_state_without_its_facts(values, review):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=ours(review).pk).update(**values)


@pytest.mark.parametrize("action", TABLE)
def test_when_the_last_step_fails_nothing_remains(action, review, place, monkeypatch):
    give(review, "community", place.community_staff)
    give(review, "organization", place.leader)

    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr("evaluations.notifications.review.tell_deciders", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        run(action, ours(review), place.worker)
    assert (ours(review).status, GrowthReview.objects.get().status, traces()) == ("asked", "opinions", (0, 0))


# --- who answers ---


def test_nobody_answers_for_two_parties(review, place):
    give_grant(place.worker, Role.COMMUNITY_STAFF, division=place.community)
    run("submit", ours(review), place.worker)
    with pytest.raises(PermissionDenied, match="in this review already"):
        check_give_opinion(place.worker, ours(review, "community"))
    with pytest.raises(RuleViolation, match="in this review already"):
        run("submit", ours(review, "community"), place.worker)


def test_an_opinion_needs_its_words_and_its_time(review, place):
    with pytest.raises(RuleViolation, match="say why"):
        services.give_opinion(opinion_id=ours(review).pk, actor=place.worker, recommendation="hold", comment=" ")
    GrowthReview.objects.update(status="open")
    with pytest.raises(RuleViolation, match="not asked for now"):
        run("submit", ours(review), place.worker)


def test_every_party_answers_for_itself_alone(review, place):
    spoken = {
        person.username: {opinion.party for opinion in opinions_to_give(person)}
        for person in (*place.everybody, place.leader)
        if opinions_to_give(person).exists()
    }
    assert spoken == {"worker": {"social_worker"}, "community_staff": {"community"}, "leader": {"organization"}}
    for person in place.everybody:
        for opinion in Opinion.objects.select_related("review__organization", "review__community"):
            allowed = bool(verdict(check_give_opinion, person, opinion))
            assert allowed == opinions_to_give(person).filter(pk=opinion.pk).exists(), (person, opinion)


def test_who_scores_in_which_column(review, place):
    review = GrowthReview.objects.with_names().get()
    found = {person.username: columns_for(person, review) for person in place.everybody}
    assert {name: columns for name, columns in found.items() if columns} == {
        "staff": ["committee"], "hub": ["panel"], "evaluator": ["panel"], "supervisor": ["panel"],
    }  # fmt: skip
    with pytest.raises(PermissionDenied, match="give your opinion first"):
        check_score_review(place.community_staff, review, "panel")
    give(review, "community", place.community_staff)
    assert columns_for(place.community_staff, review) == ["panel", "committee"]
    with pytest.raises(PermissionDenied, match="its time is over"):
        check_score_review(place.leader, review, "self")
    GrowthReview.objects.update(status="open")
    review = GrowthReview.objects.with_names().get()
    check_score_review(place.leader, review, "self")
    with pytest.raises(PermissionDenied, match="leader gives"):
        check_score_review(place.worker, review, "self")


# --- standing aside ---


def colleague(place):
    person = UserFactory()
    give_grant(person, Role.SOCIAL_WORKER, division=place.community)
    return person


def test_who_stands_aside_leaves_the_voice_of_the_party_to_a_colleague(review, place):
    other = colleague(place)
    run("recuse", ours(review), place.worker)
    rows = Opinion.objects.filter(review=review, party="social_worker").order_by("pk")
    assert [(row.status, row.author) for row in rows] == [("recused", place.worker), ("asked", None)]
    assert [notice.recipient for notice in Notification.objects.all()] == [other]
    with pytest.raises(PermissionDenied, match="in this review already"):
        check_give_opinion(place.worker, rows[1])
    run("submit", rows[1], other)
    give(review, "community", place.community_staff)
    assert GrowthReview.objects.get().status == "opinions"
    run("submit", ours(review, "organization"), place.leader)
    assert GrowthReview.objects.get().status == "deciding"


def test_when_everybody_of_a_party_stood_aside_the_review_goes_on_without_it(review, place):
    other = colleague(place)
    give(review, "community", place.community_staff)
    give(review, "organization", place.leader)
    run("recuse", ours(review), place.worker)
    assert GrowthReview.objects.get().status == "opinions"
    run("recuse", Opinion.objects.get(review=review, status="asked"), other)
    assert (GrowthReview.objects.get().status, Opinion.objects.filter(status="asked").count()) == ("deciding", 0)


# --- blindness ---


def page(client, review):
    response = client.get(review.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


READERS = ("leader", "community_staff", "staff", "hub", "evaluator", "supervisor", "district_admin")


@pytest.mark.parametrize("reader", READERS)
def test_a_blind_opinion_is_read_by_its_author_alone_until_all_are_in(reader, review, place, sign_in):
    opinion = run("submit", ours(review), place.worker)
    person = getattr(place, reader)
    assert not verdict(check_view_opinion, person, opinion)
    client = sign_in(person)
    seen = page(client, review)
    assert TEXT not in seen
    assert "Given; shown when all are in." in seen
    answer = client.get(f"/api/v1/growth-reviews/{review.uuid}/")
    assert TEXT not in answer.content.decode()
    row = next(row for row in answer.json()["opinions"] if row["party"] == "social_worker")
    assert (row["status"], row["recommendation"], row["comment"], row["author"]) == ("submitted", "", "", None)
    GrowthReview.objects.update(status="deciding")
    assert TEXT in page(client, review)
    assert TEXT in client.get(f"/api/v1/growth-reviews/{review.uuid}/").content.decode()


@pytest.mark.parametrize("action", TABLE)
def test_who_gave_a_blind_opinion_is_told_nowhere_until_all_are_in(action, review, place, sign_in):
    run(action, ours(review), place.worker)
    client = sign_in(place.community_staff)
    GrowthReview.objects.update(opened_by=place.hub)
    assert str(place.worker) not in page(client, review)
    assert str(place.worker) not in client.get(f"/api/v1/growth-reviews/{review.uuid}/").content.decode()
    GrowthReview.objects.update(status="deciding")
    assert str(place.worker) in page(client, review)


def test_the_points_of_others_are_not_shown_to_whose_opinion_is_still_to_come(review, place, sign_in):
    services.save_scores(
        review_id=review.pk, column="panel", actor=place.hub, points={"planning": {"points": 3, "reason": "方案太粗"}}
    )
    for person in (place.community_staff, place.worker):
        assert "方案太粗" not in page(sign_in(person), review)
    address = reverse("evaluations:review-score", args=[review.uuid, "panel"])
    assert sign_in(place.community_staff).get(address).status_code == 403
    run("submit", ours(review), place.worker)
    assert "方案太粗" in page(sign_in(place.worker), review)


def test_the_author_reads_their_own_opinion_at_once(review, place, sign_in):
    run("submit", ours(review), place.worker)
    assert TEXT in page(sign_in(place.worker), review)


def test_a_review_that_was_taken_back_keeps_its_opinions_blind(review, place, sign_in):
    run("submit", ours(review), place.worker)
    GrowthReview.objects.update(status="withdrawn", closed_at=timezone.now(), withdrawn_reason="开错了")
    assert TEXT not in page(sign_in(place.leader), review)


def test_opinions_that_are_not_blind_are_read_at_once(place, growth_indicators, sign_in):
    edition = make_standard(small_standard() | {"blind": False}).current
    review = ReviewFactory(organization=place.organization, asking=True, is_blind=False, standard=edition)
    run("submit", ours(review), place.worker)
    assert TEXT in page(sign_in(place.leader), review)


def test_no_notice_and_no_event_tells_what_an_opinion_says(review, place, mailoutbox):
    people = {"social_worker": place.worker, "community": place.community_staff, "organization": place.leader}
    for party, person in people.items():
        run("submit", ours(review, party), person)
    assert GrowthReview.objects.get().status == "deciding"
    told = [*Notification.objects.values_list("data", flat=True), *AuditEvent.objects.values_list("data", flat=True)]
    assert TEXT not in str(told)


def test_the_organization_reads_the_points_of_others_when_it_reads_their_opinions(review, place, sign_in):
    services.save_scores(
        review_id=review.pk, column="panel", actor=place.hub, points={"planning": {"points": 3, "reason": "方案太粗"}}
    )
    assert "方案太粗" not in page(sign_in(place.leader), review)
    assert "方案太粗" in page(sign_in(place.staff), review)
    GrowthReview.objects.update(status="deciding")
    assert "方案太粗" in page(sign_in(place.leader), review)
