"""The reviews of a whole place, opened once a year: rights, batches, query counts."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from evaluations.models import GrowthReview
from evaluations.policies.review import check_view_review
from evaluations.services import yearly
from incubator.accounts.choices import Role
from incubator.accounts.models import RoleGrant, User
from incubator.base.errors import RuleViolation
from incubator.jobs.models import Job
from incubator.notifications.models import Notification
from tests.factories.growth import ReviewFactory, give, make_standard
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.pages import text_of
from tests.personas import give_grant, give_leader

SOON = timezone.localdate() + datetime.timedelta(days=30)


@pytest.fixture
def review(place, standard):
    MembershipFactory.create_batch(2, organization=place.organization)
    return ReviewFactory(organization=place.organization, opened_by=place.worker)


def url(name, *arguments):
    return reverse(f"evaluations:{name}", args=arguments)


def move(review, status):
    GrowthReview.objects.filter(pk=review.pk).update(status=status)
    return GrowthReview.objects.with_names().get(pk=review.pk)


def test_the_yearly_reviews_of_a_street_are_opened_by_a_job_and_again_only_for_new_ones(place, standard, sign_in):
    OrganizationFactory.create_batch(3, community=place.next_community)
    OrganizationFactory(community=place.community, dormant=True)
    client = sign_in(place.staff)
    assert "0 opened this year, 4 still to open" in text_of(client.get(url("review-yearly")))
    values = {"division": place.street.code, "due_on": SOON}
    assert client.post(url("review-yearly"), values).status_code == 302
    job = Job.objects.get(name="evaluations.open_yearly_reviews")
    assert job.arguments["division_id"] == place.street.pk
    opened = yearly.open_yearly_reviews(division=place.street, actor=place.staff, due_on=SOON)
    assert (opened, GrowthReview.objects.filter(opener="yearly").count()) == (4, 4)
    # who has a leader with an account scores first
    assert sorted(GrowthReview.objects.values_list("status", flat=True)) == ["open", "opinions", "opinions", "opinions"]
    assert all(review.manifest.sha256 and review.opinions.count() == 3 for review in GrowthReview.objects.all())
    told = Notification.objects.filter(kind="review.yearly_opened")
    assert {notice.recipient.username for notice in told} == {"worker", "community_staff", "staff"}
    assert Job.objects.filter(name="evaluations.tell_of_review").count() == 1
    yearly.tell_of_review(review_id=GrowthReview.objects.get(status="open").pk)
    assert Notification.objects.get(kind="review.self_score").recipient == place.leader
    assert yearly.open_yearly_reviews(division=place.street, actor=place.staff, due_on=SOON) == 0
    response = client.post(url("review-yearly"), values)
    assert (response.status_code, "has its review of this year" in response.content.decode()) == (422, True)


@pytest.mark.parametrize("number", [1, 3])
def test_opening_the_yearly_reviews_asks_as_much_for_three_organizations_as_for_one(
    number, place, standard, django_assert_num_queries
):
    for organization in (place.organization, *OrganizationFactory.create_batch(number - 1, community=place.community)):
        MembershipFactory(organization=organization)
        give_leader(place.stranger, organization.uuid)
    with django_assert_num_queries(BATCH_QUERIES):
        opened = yearly.open_yearly_reviews(division=place.community, actor=place.staff, due_on=SOON)
    assert opened == GrowthReview.objects.count() == number


BATCH_QUERIES = 47  # of which 12 tell the people of the place, once for all


def test_places_without_a_standard_do_not_keep_the_others_from_their_yearly_review(
    place, growth_indicators, monkeypatch
):
    monkeypatch.setattr(yearly, "BATCH", 2)
    OrganizationFactory.create_batch(2, community=place.community)
    there = OrganizationFactory.create_batch(3, community=place.next_community)
    make_standard(division=place.next_community, code="own")
    opened = yearly.open_yearly_reviews(division=place.street, actor=place.staff, due_on=SOON)
    assert (opened, set(GrowthReview.objects.values_list("organization_id", flat=True))) == (3, {o.pk for o in there})


def test_asked_again_on_the_same_day_the_yearly_reviews_of_new_organizations_are_opened(place, standard):
    first = yearly.ask_yearly_reviews(division=place.street, actor=place.staff)
    assert yearly.ask_yearly_reviews(division=place.street, actor=place.staff) == first
    yearly.open_yearly_reviews(division=place.street, actor=place.staff, due_on=SOON)
    OrganizationFactory(community=place.community)
    assert yearly.ask_yearly_reviews(division=place.street, actor=place.staff) != first


def test_the_job_asks_the_rights_of_who_asked_again(place, standard):
    RoleGrant.objects.filter(user=place.staff).update(
        revoked_at=timezone.now(), revoked_by=place.hub, revoked_reason="调走"
    )
    person = User.objects.get(pk=place.staff.pk)
    assert yearly.open_yearly_reviews(division=place.street, actor=person, due_on=SOON) == 0
    assert GrowthReview.objects.count() == 0


def test_a_yearly_review_leaves_the_parties_time(place, standard):
    with pytest.raises(RuleViolation, match="at least 3 working days"):
        yearly.ask_yearly_reviews(division=place.street, actor=place.staff, due_on=timezone.localdate())


@pytest.mark.parametrize("number", [1, 3])
def test_the_yearly_page_asks_as_much_for_three_streets_as_for_one(
    number, place, standard, sign_in, django_assert_num_queries
):
    streets = [place.street, place.other_street, place.far_community.parent][:number]
    for street in streets[1:]:
        give_grant(place.staff, Role.STREET_STAFF, division=street)
    client = sign_in(place.staff)
    client.get(url("review-yearly"))
    with django_assert_num_queries(YEARLY_QUERIES):
        seen = text_of(client.get(url("review-yearly")))
    assert seen.count("still to open") == number
    assert "0 opened this year, 1 still to open" in seen


YEARLY_QUERIES = 9


def test_nobody_opens_the_yearly_reviews_of_another_place(place, standard, sign_in):
    response = sign_in(place.staff).post(url("review-yearly"), {"division": place.other_street.code, "due_on": SOON})
    assert response.status_code == 422
    assert sign_in(place.worker).get(url("review-yearly")).status_code == 403


def test_a_blind_party_cannot_be_answered_by_another(review, place, sign_in):
    move(review, "opinions")
    give(review, "community", place.community_staff)
    opinion = review.opinions.get(party="organization")
    assert sign_in(place.worker).get(url("opinion-give", opinion.uuid)).status_code == 403
    with pytest.raises(PermissionDenied):
        check_view_review(place.other_worker, review)


def test_a_standard_of_the_street_that_appears_later_leaves_the_review_alone(review, place):
    edition = review.standard
    make_standard(division=place.street, code="own")
    assert GrowthReview.objects.get(pk=review.pk).standard == edition
