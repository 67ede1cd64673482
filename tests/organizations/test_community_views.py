"""Communities with their coverage, their profile, and the list of places that they keep."""

import uuid

import pytest

from incubator.audit.models import AuditEvent
from organizations.models import CommunityProfile, Place
from organizations.services import community as services
from organizations.services import place as place_services
from tests.factories.accounts import UserFactory
from tests.factories.divisions import load_divisions
from tests.factories.organizations import CommunityProfileFactory, OrganizationFactory, PlaceFactory

LIST = "/organizations/communities/"
LIST_QUERIES = 8  # session, person, grants, places to choose, number of rows, rows, counts, bell


@pytest.mark.parametrize("codes", [["330102001053"], ["330102001053", "330102001055", "330102001057"]])
def test_the_list_costs_the_same_queries(personas, sign_in, django_assert_num_queries, codes):
    for place in load_divisions(codes).values():
        if len(place.code) == 12:
            OrganizationFactory.create_batch(2, community=place)
    client = sign_in(personas.staff)
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(LIST)
    assert len(response.context["rows"]) == 2 + len(codes)


def test_the_list_counts_by_legal_status_and_shows_the_aim(personas, sign_in):
    OrganizationFactory(community=personas.community)
    OrganizationFactory(community=personas.community, filed=True)
    OrganizationFactory(community=personas.community, dissolved=True)
    rows = sign_in(personas.staff).get(LIST).context["rows"]
    first = rows[0]
    assert first["community"] == personas.community
    assert (first["counts"]["unfiled"], first["counts"]["filed"], first["counts"]["registered"]) == (1, 1, 0)
    assert (first["counts"]["all"], first["target"]) == (2, 10)
    assert "2/10" in sign_in(personas.staff).get(LIST).content.decode()
    assert rows[1]["counts"]["all"] == 0


def test_the_page_of_a_community(personas, sign_in):
    mine = OrganizationFactory(community=personas.community)
    CommunityProfileFactory(community=personas.community, population=5200, contact_phone="13812341234")
    PlaceFactory(community=personas.community, name="三号院")
    page = sign_in(personas.evaluator).get(f"{LIST}{personas.community.code}/").content.decode()
    for text in (mine.name, "5200", "三号院", "138****1234", "1/10"):
        assert text in page
    assert "13812341234" not in page
    assert sign_in(personas.worker).get(f"{LIST}{personas.other_community.code}/").status_code == 404
    assert sign_in(personas.worker).get(f"{LIST}{personas.street.code}/").status_code == 404
    assert sign_in(personas.worker).get(f"{LIST}nonsense/").status_code == 404


def test_update_community_makes_the_profile_and_one_event(personas, sign_in):
    client, path = sign_in(personas.community_staff), f"{LIST}{personas.community.code}/edit/"
    assert client.get(path).status_code == 200
    bad = client.post(path, {"population": "-1", "about": "老社区"})
    assert bad.status_code == 422
    assert "老社区" in bad.content.decode()
    assert client.post(path, {"population": "5200", "contact_phone": "138 1234 1234"}).status_code == 302
    profile = CommunityProfile.objects.get()
    assert (profile.population, profile.contact_phone) == (5200, "13812341234")
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_uuid) == ("community.updated", personas.community.code)
    assert "13812341234" not in str(event.data)
    assert sign_in(personas.evaluator).get(path).status_code == 403


def test_update_community_with_nothing_new_writes_nothing(personas):
    services.update_community(community_id=personas.community.pk, actor=UserFactory(), about="")
    assert CommunityProfile.objects.count() == AuditEvent.objects.count() == 0


def test_add_place_once(personas, sign_in):
    client, path = sign_in(personas.community_staff), f"{LIST}{personas.community.code}/places/add/"
    data = {"uuid": uuid.uuid4(), "kind": "estate", "name": " 三号院 "}
    assert client.get(path).status_code == 200
    assert [client.post(path, data).status_code for _time in range(2)] == [302, 302]
    assert Place.objects.get().name == "三号院"
    again = client.post(path, data | {"uuid": uuid.uuid4()})
    assert again.status_code == 422
    assert "has a place called “三号院” of this kind already" in again.content.decode()
    assert sign_in(personas.worker).get(path).status_code == 403


def test_rename_retire_and_restore_place(personas, sign_in):
    place = PlaceFactory(community=personas.community, name="旧名")
    client, base = sign_in(personas.community_staff), f"/organizations/places/{place.uuid}/"
    assert "旧名" in client.get(f"{base}rename/").content.decode()
    assert client.post(f"{base}rename/", {"name": ""}).status_code == 422
    assert client.post(f"{base}rename/", {"name": "新名"}).status_code == 302
    assert client.post(f"{base}retire/").status_code == 302
    assert "somebody has done it already" in client.post(f"{base}retire/", follow=True).content.decode()
    assert client.post(f"{base}restore/").status_code == 302
    place.refresh_from_db()
    assert (place.name, place.is_active) == ("新名", True)
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["place.renamed", "place.retired", "place.restored"]
    assert sign_in(personas.worker).post(f"{base}retire/").status_code == 403
    assert sign_in(personas.other_staff).post(f"{base}retire/").status_code == 404


def test_renaming_a_place_to_its_own_name_writes_nothing(personas):
    place = PlaceFactory(community=personas.community)
    place_services.rename_place(place_id=place.pk, actor=UserFactory(), name=place.name)
    assert AuditEvent.objects.count() == 0
