"""Pages of growth reviews and their API: a walk, bad input, double clicks, who sees what, query counts."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from evaluations.models import ColumnScore, GrowthReview, StageDecision
from evaluations.policies.review import check_open_review, check_view_decision, check_view_growth, check_view_review
from evaluations.views.review_records import _opens
from incubator.base.policies import verdict
from organizations.models import SocialOrganization
from tests.factories.growth import ReviewFactory, as_decided, give
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.pages import text_of

SOON = timezone.localdate() + datetime.timedelta(days=30)


@pytest.fixture
def review(place, standard):
    MembershipFactory.create_batch(2, organization=place.organization)
    return ReviewFactory(organization=place.organization, opened_by=place.worker)


def url(name, *arguments, **query):
    return reverse(f"evaluations:{name}", args=arguments)


def move(review, status):
    GrowthReview.objects.filter(pk=review.pk).update(status=status)
    return GrowthReview.objects.with_names().get(pk=review.pk)


# --- a walk: J3 ---


def test_a_review_is_walked_from_the_organizations_page_to_the_paper_of_the_decision(place, standard, sign_in):
    MembershipFactory.create_batch(2, organization=place.organization)
    client = sign_in(place.worker)
    seen = text_of(client.get(reverse("organizations:organization-growth", args=[place.organization.uuid])))
    assert "What is missing to the stage “seed”" in seen
    assert url("review-open", place.organization.uuid) in seen
    response = client.post(url("review-open", place.organization.uuid), {"due_on": SOON, "uuid": uuid.uuid4()})
    review = GrowthReview.objects.get()
    assert response["Location"] == review.get_absolute_url()

    client = sign_in(place.leader)
    form = text_of(client.get(url("review-score", review.uuid, "self")))
    assert "Planning (6 points)" in form
    client.post(url("review-score", review.uuid, "self"), {"points_0": "5", "reason_0": "还在学", "points_1": "4"})
    assert GrowthReview.objects.get().status == "opinions"

    for person, party in (
        (place.leader, "organization"),
        (place.worker, "social_worker"),
        (place.community_staff, "community"),
    ):
        opinion = review.opinions.get(party=party)
        answer = {"recommendation": "promote", "comment": f"{party} 同意"}
        assert sign_in(person).post(url("opinion-give", opinion.uuid), answer).status_code == 302
    assert GrowthReview.objects.get().status == "deciding"

    client = sign_in(place.staff)
    page = text_of(client.get(url("review-decide", review.uuid)))
    assert "social_worker 同意" in page
    assert "To the stage sapling" in page
    assert "To the stage seedling" not in page
    decision = {
        "outcome": "promote:sapling", "to_form": "weak_organization", "reason": "活动稳定", "condition_1": "补财务制度",
        "due_1": SOON,
    }  # fmt: skip
    assert client.post(url("review-decide", review.uuid), decision).status_code == 302
    assert SocialOrganization.objects.get(pk=place.organization.pk).growth_stage == "sapling"
    page = text_of(client.get(review.get_absolute_url()))
    assert "Replayed from the frozen evidence and the edition of the standard: equal." in page
    assert "Evidence changed since" not in page
    place.organization.memberships.first().delete()
    assert "Evidence changed since: 1 record" in text_of(client.get(review.get_absolute_url()))

    paper = client.get(url("decision-paper", StageDecision.objects.get().uuid))
    document = Document(io.BytesIO(paper.getvalue() if hasattr(paper, "getvalue") else b"".join(paper)))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert all(words in cells for words in ("治安服务队", "活动稳定", "补财务制度", review.manifest.sha256, "小标准"))
    assert "{" not in cells


# --- the list ---


def test_the_list_shows_what_one_may_read_and_what_waits_first(review, place, sign_in):
    other = ReviewFactory(organization=place.other_organization, deciding=True)
    seen = text_of(sign_in(place.staff).get(url("review-list")))
    assert review.get_absolute_url() in seen
    assert other.get_absolute_url() not in seen
    assert "Nothing waits for you" in text_of(sign_in(place.staff).get(url("review-list") + "?waiting=true"))
    assert other.get_absolute_url() in text_of(sign_in(place.other_staff).get(url("review-list") + "?waiting=true"))
    assert review.get_absolute_url() in text_of(sign_in(place.leader).get(url("review-list") + "?waiting=true"))
    seen = text_of(sign_in(place.district_admin).get(url("review-list") + "?status=deciding&stage=none"))
    assert (review.get_absolute_url() in seen, other.get_absolute_url() in seen) == (False, True)
    assert "No growth review yet" in text_of(sign_in(place.admin).get(url("review-list")))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("query", ["", "?waiting=true", "?status=deciding&area=330102001"])
def test_the_list_asks_as_much_for_three_reviews_as_for_one(
    number, query, place, standard, sign_in, django_assert_num_queries
):
    for _number in range(number):
        ReviewFactory(organization=OrganizationFactory(community=place.community), deciding=True)
    client = sign_in(place.staff)
    client.get(url("review-list"))
    with django_assert_num_queries(LIST_QUERIES[query]):
        assert text_of(client.get(url("review-list") + query)).count("row-link") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_api_asks_as_much_for_three_reviews_as_for_one(number, place, standard, sign_in, django_assert_num_queries):
    for organization in OrganizationFactory.create_batch(number, community=place.community):
        review = ReviewFactory(organization=organization, deciding=True)
        give(review, "community", place.community_staff)
        as_decided(review)
    client = sign_in(place.staff)
    client.get("/api/v1/growth-reviews/")
    with django_assert_num_queries(API_QUERIES):
        assert len(client.get("/api/v1/growth-reviews/").json()["results"]) == number


API_QUERIES = 6
LIST_QUERIES = {"": 7, "?waiting=true": 9, "?status=deciding&area=330102001": 7}


# --- the page of one ---


def test_each_number_leads_to_its_records(review, place, sign_in):
    client = sign_in(place.worker)
    seen = text_of(client.get(review.get_absolute_url()))
    address = f"{url('review-evidence', review.uuid)}?fact=test_members"
    assert address in seen
    records = text_of(client.get(address))
    assert records.count(f"/organizations/{place.organization.uuid}/members/") == 2
    place.organization.memberships.first().delete()
    assert "gone" in text_of(client.get(address))
    assert text_of(client.get(url("review-evidence", review.uuid))).count("<h2>") == 2
    assert "No record" in text_of(client.get(f"{url('review-evidence', review.uuid)}?fact=test_activities"))


def test_a_record_is_linked_for_those_who_open_its_page(place):
    for person, opens in ((place.worker, True), (place.evaluator, False)):
        assert _opens(person, place.organization, "filing") is opens
        assert _opens(person, place.organization, "activity")


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_asks_as_much_for_many_records_as_for_few(number, place, standard, sign_in, django_assert_num_queries):
    MembershipFactory.create_batch(number, organization=place.organization)
    for _number in range(number):
        ActivityFactory(organization=place.organization, recorded_by=place.worker)
    review = ReviewFactory(organization=place.organization, asking=True)
    client = sign_in(place.staff)
    client.get(review.get_absolute_url())
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(review.get_absolute_url())


DETAIL_QUERIES = 13


def test_forms_with_gaps_come_back_with_what_was_typed(review, place, sign_in):
    client = sign_in(place.leader)
    response = client.post(url("review-score", review.uuid, "self"), {"points_0": "3", "reason_0": ""})
    assert response.status_code == 422
    assert "Please say why points were lost." in response.content.decode()
    assert client.post(url("review-score", review.uuid, "self"), {"points_0": "99"}).status_code == 422
    assert client.get(url("review-score", review.uuid, "nowhere")).status_code == 404
    assert ColumnScore.objects.count() == 0
    move(review, "deciding")
    client = sign_in(place.staff)
    for wrong in (
        {"outcome": "promote:sapling", "reason": ""},
        {"outcome": "promote:seedling", "reason": "齐了"},
        {"outcome": "promote:sapling", "reason": "齐了", "condition_1": "补制度"},
        {"outcome": "promote:sapling", "reason": "齐了", "due_1": SOON},
        {"outcome": "promote:sapling", "reason": "齐了", "condition_1": "补制度", "due_1": "2020-01-01"},
    ):
        response = client.post(url("review-decide", review.uuid), wrong)
        assert (response.status_code, StageDecision.objects.count()) == (422, 0)
    assert sign_in(place.worker).post(url("review-withdraw", review.uuid), {"reason": ""}).status_code == 422


def test_a_double_click_opens_one_review(place, standard, sign_in):
    client, values = sign_in(place.worker), {"due_on": SOON, "uuid": uuid.uuid4(), "note": "八月换届"}
    answers = [client.post(url("review-open", place.organization.uuid), values) for _click in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"] == GrowthReview.objects.get().get_absolute_url()


def test_a_double_click_decides_once(review, place, sign_in):
    move(review, "deciding")
    client, values = sign_in(place.staff), {"outcome": "promote:sapling", "reason": "齐了"}
    assert client.post(url("review-decide", review.uuid), values).status_code == 302
    assert client.post(url("review-decide", review.uuid), values).status_code == 403
    assert StageDecision.objects.count() == 1


def test_a_double_click_gives_one_opinion(review, place, sign_in):
    move(review, "opinions")
    opinion, values = review.opinions.get(party="social_worker"), {"recommendation": "hold", "comment": "再等等"}
    client = sign_in(place.worker)
    assert client.post(url("opinion-give", opinion.uuid), values).status_code == 302
    assert client.post(url("opinion-give", opinion.uuid), values).status_code == 403


# --- who sees what ---


def test_every_policy_says_the_same_as_visible_to(review, place):
    reviews = [review, ReviewFactory(organization=place.other_organization)]
    for person in (*place.everybody, place.leader, place.other_leader):
        seen = set(GrowthReview.objects.visible_to(person))
        assert seen == {one for one in reviews if verdict(check_view_review, person, one)}, person


def test_foreign_reviews_are_not_there_and_the_platform_admin_reads_none(review, place, sign_in):
    for person in (place.other_worker, place.other_staff, place.other_leader, place.admin, place.stranger):
        assert sign_in(person).get(review.get_absolute_url()).status_code == 404
    assert not verdict(check_view_growth, place.admin, place.organization)


def test_who_opens_a_review(place):
    openers = {person.username for person in place.everybody if verdict(check_open_review, person, place.organization)}
    assert openers == {"worker", "community_staff", "staff", "hub", "supervisor", "leader"}


def test_a_decider_who_worked_with_the_organization_is_refused_by_page_and_api(review, place, sign_in):
    move(review, "deciding")
    ActivityFactory(organization=place.organization, recorded_by=place.staff)
    client = sign_in(place.staff)
    page = client.get(url("review-decide", review.uuid))
    assert (page.status_code, "worked with this organization" in page.content.decode()) == (403, True)
    sent = {"outcome": "promote", "to_stage": "sapling", "reason": "齐了"}
    answer = client.post(f"/api/v1/growth-reviews/{review.uuid}/decide/", sent, content_type="application/json")
    assert (answer.status_code, "worked with this organization" in answer.json()["detail"]) == (403, True)
    assert StageDecision.objects.count() == 0
    assert "worked with this organization" in text_of(client.get(review.get_absolute_url()))


def test_the_api_lists_reads_and_decides(review, place, sign_in):
    move(review, "deciding")
    client = sign_in(place.staff)
    assert [row["uuid"] for row in client.get("/api/v1/growth-reviews/").json()["results"]] == [str(review.uuid)]
    address = f"/api/v1/growth-reviews/{review.uuid}/"
    wrong = {"outcome": "promote", "to_stage": "seedling", "reason": "齐了"}
    answer = client.post(f"{address}decide/", wrong, content_type="application/json")
    assert (answer.status_code, "decided by: community staff" in answer.json()["detail"]) == (403, True)
    right = {
        "outcome": "promote", "to_stage": "sapling", "to_form": "weak_organization", "reason": "齐了",
        "conditions": [{"text": "补制度", "due_on": SOON.isoformat()}],
    }  # fmt: skip
    answer = client.post(f"{address}decide/", right, content_type="application/json")
    assert answer.status_code == 200, answer.content
    decision = client.get(address).json()["decision"]
    assert (decision["to_stage"], decision["conditions"]) == ("sapling", right["conditions"])
    assert client.post(f"{address}decide/", right, content_type="application/json").status_code == 403


def test_the_api_keeps_the_form_and_refuses_the_conditions_that_the_page_refuses(review, place, sign_in):
    move(review, "deciding")
    SocialOrganization.objects.filter(pk=place.organization.pk).update(form="strong_ties")
    client, address = sign_in(place.staff), f"/api/v1/growth-reviews/{review.uuid}/decide/"
    sent = {"outcome": "promote", "to_stage": "sapling", "reason": "齐了"}
    for condition in ({"text": "  ", "due_on": f"{SOON}"}, {"text": "补制度", "due_on": "2020-01-01"}):
        answer = client.post(address, sent | {"conditions": [condition]}, content_type="application/json")
        assert (400 <= answer.status_code < 500, StageDecision.objects.count()) == (True, 0), answer.content
    assert client.post(address, sent, content_type="application/json").status_code == 200
    organization = SocialOrganization.objects.get(pk=place.organization.pk)
    assert (organization.growth_stage, organization.form) == ("sapling", "strong_ties")


def test_the_paper_of_a_decision_is_not_there_for_who_does_not_read_the_review(review, place, sign_in):
    decision = as_decided(move(review, "deciding"))
    for person in (place.admin, place.other_staff):
        assert sign_in(person).get(url("decision-paper", decision.uuid)).status_code == 404
        assert not StageDecision.objects.visible_to(person).exists()
    decision = StageDecision.objects.select_related("review__organization", "review__community").get()
    for person in (*place.everybody, place.leader):
        seen = StageDecision.objects.visible_to(person).exists()
        assert seen == bool(verdict(check_view_decision, person, decision)), person
    assert StageDecision.objects.moves_visible_to(place.admin).exists()
