"""Opinions: the state machine, one voice for each party, and blindness on the page, in the API and in notices."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
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
    with pytest.raises(PermissionDenied, match="another party"):
        check_give_opinion(place.worker, ours(review, "community"))
    with pytest.raises(RuleViolation, match="another party"):
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
        "community_staff": ["panel", "committee"], "staff": ["committee"], "hub": ["panel"], "evaluator": ["panel"],
        "supervisor": ["panel"],
    }  # fmt: skip
    with pytest.raises(PermissionDenied, match="its time is over"):
        check_score_review(place.leader, review, "self")
    GrowthReview.objects.update(status="open")
    review = GrowthReview.objects.with_names().get()
    check_score_review(place.leader, review, "self")
    with pytest.raises(PermissionDenied, match="leader gives"):
        check_score_review(place.worker, review, "self")


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
    assert "方案太粗" in page(sign_in(place.community_staff), review)
    GrowthReview.objects.update(status="deciding")
    assert "方案太粗" in page(sign_in(place.leader), review)
