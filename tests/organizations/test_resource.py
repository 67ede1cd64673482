"""Resources: who reads and keeps them, never more than is offered, venues never twice at once."""

import datetime
import uuid
from itertools import pairwise

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from organizations.models import Resource, VenueBooking
from organizations.policies import resource as policies
from organizations.services import resource as services
from tests.factories.needs import NeedCategoryFactory, ResourceFactory, VenueBookingFactory, fresh
from tests.factories.organizations import AgencyFactory, AgencyServiceAreaFactory, OrganizationFactory
from tests.personas import PEOPLE, give_leader

LIST = reverse("organizations:resource-list")
KEEPING = {"worker", "community_staff", "hub", "supervisor", "staff", "district_admin"}


@pytest.fixture
def scene(personas, client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    personas.organization = OrganizationFactory(community=personas.community)
    give_leader(personas.leader, personas.organization.uuid)
    return personas


def at(day, hour):
    return (timezone.localtime() + datetime.timedelta(days=day)).replace(hour=hour, minute=0, second=0, microsecond=0)


def book(venue, actor, starts_at, ends_at):
    return services.book_venue(
        uuid=uuid.uuid4(), resource_id=venue.pk, actor=actor, title="排练", starts_at=starts_at, ends_at=ends_at
    )


def test_who_reads_a_community_resource_and_who_a_streets(scene):
    own, streets = ResourceFactory(division=scene.community), ResourceFactory(division=scene.street)

    def who(check, thing):
        return {name for name in [*PEOPLE, "anonymous"] if verdict(check, getattr(scene, name), thing)}

    assert who(policies.check_view_resource, own) == KEEPING | {"grid_worker", "leader"}
    assert who(policies.check_view_resource, streets) == KEEPING | {"grid_worker", "leader"}
    assert who(policies.check_update_resource, own) == KEEPING
    assert who(policies.check_update_resource, streets) == KEEPING - {"community_staff"}
    assert who(policies.check_view_resource_contact, own) == KEEPING


def test_the_list_agrees_with_the_policy(scene):
    places = (
        scene.community,
        scene.next_community,
        scene.street,
        scene.district,
        scene.other_community,
        scene.far_street,
    )
    resources = [ResourceFactory(division=place) for place in places]
    for name in [*PEOPLE, "anonymous"]:
        person = getattr(scene, name)
        seen = set(Resource.objects.visible_to(person))
        assert seen == {one for one in resources if verdict(policies.check_view_resource, person, one)}, name


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(scene, sign_in, django_assert_num_queries, number):
    for _ in range(number):
        ResourceFactory(division=scene.community, organization=scene.organization)
    client = sign_in(scene.worker)
    client.get(LIST)
    with django_assert_num_queries(7):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"used_quantity": 11}, {"kind": "money"}, {"amount_fen": 5}, {"owner_text": ""}, {"title": ""}, {"used_fen": 1},
    ],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(scene, wrong):
    resource = ResourceFactory(division=scene.community)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=resource.pk).update(**wrong)


def test_the_offer_is_not_lowered_below_what_was_taken(scene):
    resource = ResourceFactory(division=scene.community)
    with transaction.atomic():
        services.take(services.lock_resource(resource.pk), quantity=6)
    with pytest.raises(RuleViolation, match="more than is offered"):
        services.update_resource(resource_id=resource.pk, actor=scene.worker, quantity=5)


def test_a_double_submit_makes_one_resource(scene, sign_in):
    NeedCategoryFactory(code="elderly")
    form = {"uuid": str(uuid.uuid4()), "kind": "money", "title": "微心愿基金", "division": scene.community.code,
            "owner_text": "商会", "yuan": "200.50", "categories": ["elderly"]}  # fmt: skip
    client = sign_in(scene.worker)
    assert [client.post(reverse("organizations:resource-add"), form).status_code for _ in range(2)] == [302, 302]
    resource = Resource.objects.get()
    assert (resource.amount_fen, [one.code for one in resource.categories.all()]) == (20_050, ["elderly"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"yuan": "5"}, {"kind": "money"}, {"kind": "money", "yuan": "-1"}, {"owner_text": ""}, {"quantity": "0"},
        {"valid_until": "2020-01-01"}, {"division": "999999999999"}, {"contact_phone": "12"}, {"kind": "gold"},
    ],
)  # fmt: skip
def test_what_cannot_be_offered_comes_back(scene, sign_in, wrong):
    form = {"uuid": str(uuid.uuid4()), "kind": "goods", "title": "椅子", "division": scene.community.code,
            "owner_text": "商会", "quantity": "4"}  # fmt: skip
    assert sign_in(scene.worker).post(reverse("organizations:resource-add"), form | wrong).status_code == 422
    assert Resource.objects.count() == 0


def test_the_phone_is_masked_for_who_only_reads(scene, sign_in):
    resource = ResourceFactory(division=scene.community, contact_name="王老师", contact_phone="13800001234")
    url = resource.get_absolute_url()
    assert "13800001234" in sign_in(scene.worker).get(url).content.decode()
    page = sign_in(scene.leader).get(url).content.decode()
    assert "13800001234" not in page
    assert "王老师" not in page


# --- venues ---


def test_a_venue_is_never_taken_twice_at_once(scene):
    venue = ResourceFactory(division=scene.community, venue=True)
    first = book(venue, scene.worker, at(1, 9), at(1, 11))
    for starts, ends in ((8, 10), (10, 12), (9, 11), (8, 12), (10, 11)):
        with pytest.raises(RuleViolation, match="taken"):
            book(venue, scene.leader, at(1, starts), at(1, ends))
    book(venue, scene.leader, at(1, 11), at(1, 12))
    services.cancel_booking(booking_id=first.pk, actor=scene.worker)
    services.cancel_booking(booking_id=first.pk, actor=scene.worker)
    first = fresh(first)
    assert first.sequence == 1
    book(venue, scene.leader, at(1, 9), at(1, 11))


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [((1, 9), (1, 9), "ends before"), ((1, 10), (1, 9), "ends before"), ((-2, 9), (-2, 10), "is over"),
     ((1, 9), (30, 9), "two weeks"), ((6, 9), (6, 10), "offered until")],
)  # fmt: skip
def test_times_that_cannot_be_are_refused(scene, starts, ends, sentence):
    until = timezone.localdate() + datetime.timedelta(days=5)
    venue = ResourceFactory(division=scene.community, venue=True, valid_until=None if "weeks" in sentence else until)
    with pytest.raises(RuleViolation, match=sentence):
        book(venue, scene.worker, at(*starts), at(*ends))


def test_what_is_no_venue_is_not_booked(scene):
    with pytest.raises(RuleViolation, match="Only a venue"):
        book(ResourceFactory(division=scene.community), scene.worker, at(1, 9), at(1, 10))


def test_a_shell_cannot_write_an_overlap_either(scene):
    booking = VenueBookingFactory(resource__division=scene.community)
    with pytest.raises(DatabaseError), transaction.atomic():
        VenueBookingFactory(
            resource=booking.resource,
            starts_at=booking.starts_at + datetime.timedelta(minutes=30),
            booked_by=scene.worker,
        )
    other = VenueBookingFactory(resource=booking.resource, starts_at=booking.ends_at, booked_by=scene.worker)
    with pytest.raises(DatabaseError), transaction.atomic():
        VenueBooking.objects.filter(pk=other.pk).update(starts_at=booking.starts_at)


def test_booking_by_the_page_twice_makes_one(scene, sign_in):
    venue = ResourceFactory(division=scene.community, venue=True)
    form = {
        "uuid": str(uuid.uuid4()),
        "title": "排练",
        "day": at(2, 9).date().isoformat(),
        "starts": "09:00",
        "ends": "10:30",
    }
    client, url = sign_in(scene.leader), reverse("organizations:venue-book", args=[venue.uuid])
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert client.post(url, form | {"uuid": str(uuid.uuid4())}).status_code == 422
    booking = VenueBooking.objects.get()
    cancel = reverse("organizations:venue-cancel", args=[booking.uuid])
    assert sign_in(scene.grid_worker).post(cancel).status_code == 403
    assert sign_in(scene.community_staff).post(cancel).status_code == 302


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.booleans()), max_size=12))
def test_whatever_is_asked_what_stands_never_overlaps(scene, wishes):
    venue = ResourceFactory(division=scene.community, venue=True)
    begin = at(3, 0)
    for start, length, cancels in wishes:
        starts_at = begin + datetime.timedelta(hours=start)
        try:
            booking = book(venue, scene.worker, starts_at, starts_at + datetime.timedelta(hours=length))
        except RuleViolation:
            continue
        if cancels:
            services.cancel_booking(booking_id=booking.pk, actor=scene.worker)
    standing = list(venue.bookings.standing().order_by("starts_at"))
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(standing))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(-8, 12), max_size=12))
def test_whatever_is_taken_and_given_back_it_stays_within_the_offer(scene, steps):
    resource = ResourceFactory(division=scene.community)
    for step in steps:
        with transaction.atomic():
            locked = services.lock_resource(resource.pk)
            if locked.used_quantity + step < 0:
                continue
            try:
                services.take(locked, quantity=step)
            except RuleViolation:
                assert locked.used_quantity > locked.quantity
    resource = fresh(resource)
    assert 0 <= resource.used_quantity <= resource.quantity
