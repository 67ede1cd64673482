"""The interface for machines: the same visibility, policies and sentences as the pages."""

import datetime
import json
import uuid

import pytest

from incubator.audit.models import AuditEvent
from organizations.models import SocialOrganization
from tests.factories.organizations import OrganizationFactory, credit_code

LIST = "/api/v1/organizations/"
MAY_NOT_TAKE_MORE = 6


def send(client, method, path, **data):
    return getattr(client, method)(path, json.dumps(data, default=str), content_type="application/json")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries(personas, sign_in, django_assert_num_queries, rows):
    for _number in range(rows):
        OrganizationFactory(community=personas.community)
    OrganizationFactory(community=personas.other_community)
    client = sign_in(personas.worker)
    with django_assert_num_queries(4):  # session, person, grants, rows
        response = client.get(LIST)
    assert len(response.json()["results"]) == rows


@pytest.mark.parametrize("role", ["worker", "staff"])
def test_a_row_of_the_list_says_what_the_record_says(personas, sign_in, role):
    organization = OrganizationFactory(
        community=personas.community,
        contact_phone="13812341234",
        legal_status="filed",
        filing_number="1",
        filed_on=datetime.date(2026, 3, 1),
    )
    client = sign_in(getattr(personas, role))
    [row] = client.get(LIST).json()["results"]
    assert row == client.get(f"{LIST}{organization.uuid}/").json()
    assert list(row)[:3] == ["uuid", "name", "community"]


def test_the_list_can_be_narrowed_to_a_place_and_a_type(personas, sign_in):
    organization = OrganizationFactory(community=personas.community)
    client, wanted = sign_in(personas.staff), {"area": personas.community.code, "type": organization.type.code}
    assert [row["uuid"] for row in client.get(LIST, wanted).json()["results"]] == [str(organization.uuid)]
    assert client.get(LIST, {"type": "unheard-of"}).status_code == 400


def test_no_integer_key_leaves_the_server_and_phones_are_masked(personas, sign_in):
    organization = OrganizationFactory(community=personas.community, contact_phone="13812341234")
    found = sign_in(personas.staff).get(f"{LIST}{organization.uuid}/").json()
    assert found["contact_phone"] == "138****1234"
    assert "id" not in found
    assert (found["uuid"], found["community"]) == (str(organization.uuid), personas.community.code)
    assert sign_in(personas.worker).get(f"{LIST}{organization.uuid}/").json()["contact_phone"] == "13812341234"


def test_filters_and_pages(personas, sign_in):
    for number in range(5):
        OrganizationFactory(community=personas.community, name=f"队{number}", growth_stage="seed" if number else "tree")
    client = sign_in(personas.worker)
    assert [row["name"] for row in client.get(LIST, {"stage": "tree"}).json()["results"]] == ["队0"]
    page, names = client.get(LIST, {"page_size": 2}).json(), []
    while True:
        names += [row["name"] for row in page["results"]]
        if not page["next"]:
            break
        page = client.get(page["next"]).json()
    assert sorted(names) == [f"队{number}" for number in range(5)]


def test_a_foreign_organization_is_not_found(personas, sign_in):
    organization = OrganizationFactory(community=personas.other_community)
    client = sign_in(personas.worker)
    assert client.get(f"{LIST}{organization.uuid}/").status_code == 404
    assert send(client, "patch", f"{LIST}{organization.uuid}/", venue="x").status_code == 404


def test_create_registers_once(personas, sign_in):
    client, identifier = sign_in(personas.worker), uuid.uuid4()
    data = {"uuid": identifier, "name": "治安服务队", "type": "public_safety", "community": personas.community.code}
    first = send(client, "post", LIST, **data)
    second = send(client, "post", LIST, **data)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["uuid"] == second.json()["uuid"] == str(identifier)
    assert SocialOrganization.objects.get().pinyin == "zhianfuwudui zafwd"
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"community": "330102003050"}, "community"),
        ({"credit_code": "1234"}, "credit_code"),
        ({"contact_phone": "123"}, "contact_phone"),
        ({"type": "nothing"}, "type"),
        ({"name": ""}, "name"),
        ({"funds_fen": -1}, "funds_fen"),
    ],
)
def test_create_with_bad_values_is_a_problem_with_its_field(personas, sign_in, more, field):
    data = {"name": "治安服务队", "type": "public_safety", "community": personas.community.code} | more
    response = send(sign_in(personas.worker), "post", LIST, **data)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert list(response.json()["errors"]) == [field]
    assert SocialOrganization.objects.count() == 0


def test_a_name_that_is_there_is_a_rule_broken(personas, sign_in):
    organization = OrganizationFactory(community=personas.community)
    data = {"name": organization.name, "type": "charity", "community": personas.community.code}
    response = send(sign_in(personas.worker), "post", LIST, **data)
    assert response.status_code == 400
    assert "already" in response.json()["detail"]


def test_partial_update_changes_what_is_named_and_nothing_decided(personas, sign_in):
    organization = OrganizationFactory(community=personas.community, venue="一楼")
    path = f"{LIST}{organization.uuid}/"
    response = send(
        sign_in(personas.worker),
        "patch",
        path,
        venue="二楼",
        credit_code=credit_code(),
        growth_stage="tree",
        state="dissolved",
    )
    assert response.status_code == 200
    assert (response.json()["venue"], response.json()["legal_status"]) == ("二楼", "registered")
    assert (response.json()["growth_stage"], response.json()["state"]) == ("", "active")
    assert send(sign_in(personas.evaluator), "patch", path, venue="x").status_code == 403
    assert send(sign_in(personas.worker), "put", path, venue="x").status_code == 405


def test_create_is_refused_to_an_evaluator_and_a_visitor(personas, client, sign_in):
    assert send(client, "post", LIST, name="x").status_code in {401, 403}
    assert send(sign_in(personas.evaluator), "post", LIST, name="x").status_code == 403


def test_communities(personas, sign_in, django_assert_max_num_queries):
    client = sign_in(personas.worker)
    with django_assert_max_num_queries(MAY_NOT_TAKE_MORE):
        found = client.get("/api/v1/communities/").json()["results"]
    assert [row["code"] for row in found] == ["330102001051", "330102001052"]
    assert found[0]["street"] == "330102001"


@pytest.mark.parametrize(("who", "left"), [("staff", "13812341234"), ("worker", "")])
def test_an_empty_phone_erases_only_what_the_caller_reads(who, left, personas, sign_in):
    organization = OrganizationFactory(community=personas.community, contact_phone="13812341234")
    client, path = sign_in(getattr(personas, who)), f"{LIST}{organization.uuid}/"
    assert send(client, "patch", path, contact_phone="", venue="二楼").status_code == 200
    found = SocialOrganization.objects.get()
    assert (found.contact_phone, found.venue) == (left, "二楼")
