"""Agencies and the places they serve."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from incubator.accounts.choices import Scope
from incubator.accounts.registries import body_of
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from organizations.models import Agency, AgencyServiceArea
from organizations.policies import agency as policies
from organizations.services.agency import add_agency, add_service_area, remove_service_area, update_agency
from tests.factories.organizations import AgencyFactory, AgencyServiceAreaFactory, SocialWorkerFactory, credit_code
from tests.personas import PEOPLE

LIST, ADD = reverse("organizations:agency-list"), reverse("organizations:agency-add")
SEERS = {"worker", "staff", "community_staff", "supervisor", "hub", "evaluator", "finance", "district_admin", "admin"}


@pytest.fixture
def scene(personas):
    personas.agency = AgencyFactory(uuid=personas.agency_uuid, contact_phone="13812341234")
    AgencyServiceAreaFactory(agency=personas.agency, division=personas.street)
    return personas


def address(name, agency, *more):
    return reverse(f"organizations:{name}", args=[agency.uuid, *more])


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (policies.check_view_agency, SEERS),
        (policies.check_update_agency, {"supervisor", "district_admin", "admin"}),
        (policies.check_change_service_areas, {"district_admin", "admin"}),
        (policies.check_add_service_area, {"district_admin", "admin"}),
    ],
)
def test_who_may_with_one_agency(scene, check, expected):
    assert {name for name in [*PEOPLE, "anonymous"] if verdict(check, getattr(scene, name), scene.agency)} == expected


def test_who_may_add_an_agency(scene):
    assert {name for name in PEOPLE if verdict(policies.check_add_agency, getattr(scene, name))} == {
        "district_admin", "admin",
    }  # fmt: skip
    assert not verdict(policies.check_add_agency, scene.district_admin, scene.far_street)
    assert not verdict(policies.check_add_service_area, scene.district_admin, scene.agency, scene.far_street)


def test_the_list_of_agencies_agrees_with_the_policy(scene):
    far, wide, nowhere, own = AgencyFactory.create_batch(4)
    AgencyServiceAreaFactory(agency=far, division=scene.far_street)
    AgencyServiceAreaFactory(agency=wide, division=scene.district)
    SocialWorkerFactory(agency=own, user=scene.stranger)
    SocialWorkerFactory(agency=own, user=scene.leader, left_on="2026-01-01")
    for name in PEOPLE:
        person = getattr(scene, name)
        expected = {
            a for a in (scene.agency, far, wide, nowhere, own) if verdict(policies.check_view_agency, person, a)
        }
        assert set(Agency.objects.visible_to(person)) == expected, name
    assert set(Agency.objects.visible_to(scene.stranger)) == {own}
    assert set(Agency.objects.visible_to(scene.leader)) == set()


def test_each_verb_leaves_one_event(scene):
    agency = add_agency(uuid=uuid.uuid4(), actor=scene.admin, name="新芽社工", kind="agency", division=scene.street)
    update_agency(agency_id=agency.pk, actor=scene.admin, contact_phone="13812341234")
    area = add_service_area(agency_id=agency.pk, actor=scene.admin, division=scene.other_street)
    remove_service_area(area_id=area.pk, actor=scene.admin)
    assert [(event.verb, event.data) for event in AuditEvent.objects.order_by("pk")] == [
        ("agency.added", {"kind": "agency", "serves": scene.street.code}),
        ("agency.updated", {"changes": {"contact_phone": ["", "•••"]}}),
        ("service_area.added", {"division": scene.other_street.code}),
        ("service_area.removed", {"division": scene.other_street.code}),
    ]


def test_a_second_agency_of_the_same_name_is_refused(scene):
    with pytest.raises(RuleViolation, match="already exists"):
        add_agency(uuid=uuid.uuid4(), actor=scene.admin, name=scene.agency.name, kind="agency")


def test_a_place_within_a_served_one_is_refused(scene):
    with pytest.raises(RuleViolation, match=r"serves .* already"):
        add_service_area(agency_id=scene.agency.pk, actor=scene.admin, division=scene.community)


def test_the_database_refuses_the_same_place_and_the_same_code_twice(scene):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyServiceAreaFactory(agency=scene.agency, division=scene.street)
    AgencyFactory(credit_code=credit_code(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyFactory(credit_code=credit_code(1))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_one_and_for_three(scene, sign_in, django_assert_num_queries, rows):
    for agency in AgencyFactory.create_batch(rows - 1):
        AgencyServiceAreaFactory(agency=agency, division=scene.street)
        SocialWorkerFactory(agency=agency)
    client = sign_in(scene.worker)
    with django_assert_num_queries(6):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_needs_the_same_queries_for_one_and_for_three(scene, sign_in, django_assert_num_queries, rows):
    SocialWorkerFactory.create_batch(rows, agency=scene.agency)
    client = sign_in(scene.district_admin)
    with django_assert_num_queries(12):
        client.get(address("agency-detail", scene.agency))


def test_detail_masks_phones_and_shows_the_structure(scene, sign_in):
    SocialWorkerFactory(agency=scene.agency, phone="13912345678", employment="full_time")
    SocialWorkerFactory(agency=scene.agency, employment="intern")
    SocialWorkerFactory(agency=scene.agency, employment="intern", left_on="2026-01-01")
    response = sign_in(scene.staff).get(address("agency-detail", scene.agency))
    page = response.content.decode()
    for number, masked in (("13912345678", "139****5678"), ("13812341234", "138****1234")):
        assert number not in page
        assert masked in page
    assert "Full-time 1, part-time 0, interns 1" in page
    assert 'style="' not in page.split("<main")[1]
    assert "13912345678" in sign_in(scene.supervisor).get(address("agency-detail", scene.agency)).content.decode()


def test_a_foreign_agency_is_not_found(scene, sign_in):
    client = sign_in(scene.other_worker)
    for name in ("agency-detail", "agency-update", "service-area-add", "social-worker-add"):
        assert client.get(address(name, scene.agency)).status_code == 404
    assert client.post(address("service-area-remove", scene.agency, scene.street.code)).status_code == 404


def test_add_form_sent_twice_makes_one_agency(scene, sign_in):
    client = sign_in(scene.district_admin)
    assert client.get(ADD, {"q": scene.street.name, "division": scene.street.code}).status_code == 200
    facts = {"uuid": uuid.uuid4(), "name": "新芽社工", "kind": "agency", "division": scene.street.code}
    for _click in range(2):
        assert client.post(ADD, facts).status_code == 302
    agency = Agency.objects.get(name="新芽社工")
    assert [area.division for area in agency.service_areas.all()] == [scene.street]
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"division": ""}, "division"), ({"division": "999"}, "division"), ({"credit_code": "123"}, "credit_code")],
)
def test_add_form_says_what_is_wrong(scene, sign_in, facts, field):
    facts = {"uuid": uuid.uuid4(), "name": "新芽社工", "kind": "agency", "division": scene.street.code} | facts
    response = sign_in(scene.district_admin).post(ADD, facts)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Agency.objects.filter(name="新芽社工").exists()


def test_a_district_admin_stays_in_the_district(scene, sign_in):
    client = sign_in(scene.district_admin)
    facts = {"uuid": uuid.uuid4(), "name": "新芽社工", "kind": "agency", "division": scene.far_street.code}
    assert client.post(ADD, facts).status_code == 403
    assert (
        client.post(address("service-area-add", scene.agency), {"division": scene.far_street.code}).status_code == 403
    )
    AgencyServiceAreaFactory(agency=scene.agency, division=scene.far_street)
    assert client.post(address("service-area-remove", scene.agency, scene.far_street.code)).status_code == 403
    assert AuditEvent.objects.count() == 0


def test_places_are_found_added_and_taken_off(scene, sign_in):
    client = sign_in(scene.district_admin)
    page = client.get(address("service-area-add", scene.agency), {"q": scene.other_street.name})
    assert scene.other_street.code in page.content.decode()
    add = client.post(address("service-area-add", scene.agency), {"division": scene.other_street.code})
    assert add.url == address("agency-detail", scene.agency)
    assert client.post(address("service-area-remove", scene.agency, scene.other_street.code)).status_code == 302
    assert client.post(address("service-area-remove", scene.agency, scene.other_street.code)).status_code == 404
    assert [area.division for area in AgencyServiceArea.objects.all()] == [scene.street]


def test_update_by_its_supervisor(scene, sign_in):
    client = sign_in(scene.supervisor)
    assert client.get(address("agency-update", scene.agency)).status_code == 200
    client.post(address("agency-update", scene.agency), {"name": "改名社工", "kind": "station", "is_active": "on"})
    scene.agency.refresh_from_db()
    assert (scene.agency.name, scene.agency.kind) == ("改名社工", "station")
    assert sign_in(scene.staff).get(address("agency-update", scene.agency)).status_code == 403


def test_roles_can_be_granted_on_an_agency(scene):
    body = body_of(Scope.AGENCY)
    assert body.label_of(scene.agency.uuid) == scene.agency.name
    assert body.search(scene.staff, scene.agency.name) == [(scene.agency.uuid, scene.agency.name)]
    assert body.search(scene.other_worker, scene.agency.name) == []
    assert [body.may_grant(p, scene.agency.uuid) for p in (scene.admin, scene.district_admin, scene.staff)] == [
        True, True, False,
    ]  # fmt: skip
    assert body.division(scene.agency.uuid) == scene.street
    assert [row["agency__uuid"] for row in body.within([scene.district])] == [scene.agency.uuid]
