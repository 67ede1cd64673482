import io
import uuid

import openpyxl
import pytest
from django.urls import reverse

from incubator.audit.models import AuditEvent
from organizations.models import Membership
from tests.factories.organizations import (
    AgencyFactory,
    AgencyServiceAreaFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.personas import give_leader

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def organization(personas):
    return OrganizationFactory(community=personas.community)


def address(name, thing):
    return reverse(f"organizations:membership-{name}", args=[thing.uuid])


def html(response):
    return response.content.decode()


@pytest.mark.parametrize("person", ["worker", "community_staff", "hub", "leader", "supervisor"])
def test_list_shows_names_to_those_who_serve(personas, organization, sign_in, person):
    MembershipFactory(organization=organization, name="张秀英", phone="13812341234")
    give_leader(personas.leader, organization.uuid)
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    page = html(sign_in(getattr(personas, person)).get(address("list", organization)))
    assert "张秀英" in page
    assert "13812341234" in page


@pytest.mark.parametrize("person", ["staff", "district_admin", "evaluator", "finance", "admin"])
def test_list_shows_counts_only_to_offices(personas, organization, sign_in, person):
    MembershipFactory(organization=organization, name="张秀英", phone="13812341234", is_backbone=True)
    MembershipFactory(organization=organization, name="李建国", is_successor=True, is_reserve_talent=True)
    response = sign_in(getattr(personas, person)).get(address("list", organization), {"q": "张"})
    page = html(response)
    for secret in ("张秀英", "李建国", "13812341234", "1234"):
        assert secret not in page.replace(str(organization.uuid), "")
    assert "You see how many there are" in page
    counts = response.context["counts"]
    assert [counts[key] for key in ("members", "backbone", "successors", "reserve")] == [2, 1, 1, 1]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("person", "number"), [("worker", 8), ("staff", 6)])
def test_list_needs_the_same_queries_for_one_and_for_three(
    personas, organization, sign_in, django_assert_num_queries, rows, person, number
):
    MembershipFactory.create_batch(rows, organization=organization)
    client = sign_in(getattr(personas, person))
    with django_assert_num_queries(number):
        client.get(address("list", organization))


def test_list_says_when_leadership_hangs_on_one_person(personas, organization, sign_in):
    MembershipFactory(organization=organization, position="leader")
    client = sign_in(personas.staff)
    assert "Leadership hangs on one person" in html(client.get(address("list", organization)))
    MembershipFactory(organization=organization, is_successor=True)
    assert "Leadership hangs on one person" not in html(client.get(address("list", organization)))


def test_list_of_former_members(personas, organization, sign_in):
    MembershipFactory(organization=organization, name="张秀英", left_on="2026-01-01")
    MembershipFactory(organization=organization, name="李建国")
    page = html(sign_in(personas.worker).get(address("list", organization), {"show": "former"}))
    assert "张秀英" in page
    assert "李建国" not in page


@pytest.mark.parametrize("name", ["list", "add", "add-several"])
def test_a_foreign_organization_is_not_found(personas, sign_in, name):
    foreign = OrganizationFactory(community=personas.other_community)
    assert sign_in(personas.worker).get(address(name, foreign)).status_code == 404


@pytest.mark.parametrize("name", ["update", "appoint", "end"])
@pytest.mark.parametrize("person", ["other_worker", "staff", "admin", "stranger"])
def test_a_member_one_may_not_see_is_not_found(personas, organization, sign_in, name, person):
    member = MembershipFactory(organization=organization)
    assert sign_in(getattr(personas, person)).get(address(name, member)).status_code == 404


@pytest.mark.parametrize("name", ["add", "add-several"])
def test_an_office_is_refused_with_the_reason(personas, organization, sign_in, name):
    response = sign_in(personas.staff).get(address(name, organization))
    assert response.status_code == 403
    assert "Names are shown to those who serve" in html(response)


def test_add_form_sent_twice_makes_one_member(personas, organization, sign_in):
    client = sign_in(personas.worker)
    assert client.get(address("add", organization)).status_code == 200
    facts = {"uuid": uuid.uuid4(), "name": "张秀英", "phone": "138-1234 1234", "position": "leader"}
    for _click in range(2):
        assert client.post(address("add", organization), facts).url == address("list", organization)
    member = Membership.objects.get()
    assert (member.name, member.phone, member.position) == ("张秀英", "13812341234", "leader")
    assert AuditEvent.objects.filter(verb="membership.added").count() == 1


def test_add_form_with_errors_comes_back_with_what_was_typed(personas, organization, sign_in):
    facts = {"uuid": uuid.uuid4(), "name": "张秀英", "phone": "12", "position": "leader"}
    response = sign_in(personas.worker).post(address("add", organization), facts)
    assert response.status_code == 422
    assert "张秀英" in html(response)
    assert Membership.objects.count() == 0


def test_add_several_reads_commas_tabs_and_blanks(personas, organization, sign_in):
    client = sign_in(personas.community_staff)
    assert client.get(address("add-several", organization)).status_code == 200
    text = "张秀英，13812341234\n\n李建国 138 1234 1235\n王芳\t0571-87654321\n陈 静\n"
    facts = {"uuid": uuid.uuid4(), "people": text}
    for _click in range(2):
        assert client.post(address("add-several", organization), facts).status_code == 302
    assert list(Membership.objects.order_by("pk").values_list("name", "phone")) == [
        ("张秀英", "13812341234"), ("李建国", "13812341235"), ("王芳", "057187654321"), ("陈 静", ""),
    ]  # fmt: skip


def test_add_several_names_each_bad_line_and_adds_nobody(personas, organization, sign_in):
    facts = {"uuid": uuid.uuid4(), "people": "张秀英，12\n李建国\n，13812341234"}
    response = sign_in(personas.worker).post(address("add-several", organization), facts)
    assert response.status_code == 422
    errors = response.context["form"].errors["people"]
    assert errors == ["Line 1: this is no phone number.", "Line 3: the name is missing."]
    assert Membership.objects.count() == 0


def test_update_appoint_and_end_by_form(personas, organization, sign_in):
    member = MembershipFactory(organization=organization, name="张秀英")
    client = sign_in(personas.worker)
    steps = (
        ("update", {"name": "张秀英", "is_successor": "on"}),
        ("appoint", {"position": "deputy"}),
        ("end", {"left_on": "2026-01-05", "reason": "moved"}),
    )
    for name, facts in steps:
        assert client.get(address(name, member)).status_code == 200
        assert client.post(address(name, member), facts).url == address("list", organization)
    member.refresh_from_db()
    assert (member.is_successor, member.position, str(member.left_on)) == (True, "deputy", "2026-01-05")
    assert client.post(address("end", member), {"left_on": "2026-01-06"}).status_code == 403


def test_the_roster_is_a_workbook_without_formulas_and_is_recorded(personas, organization, sign_in):
    MembershipFactory(organization=organization, name="=1+1", phone="13812341234", position="leader")
    response = sign_in(personas.worker).post(address("export", organization))
    assert response["Content-Type"] == XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    row = [cell.value for cell in sheet[4]]
    assert row[:4] == [1, "=1+1", "13812341234", "leader"]
    assert sheet["B4"].data_type == "s"
    assert AuditEvent.objects.get().verb == "membership.exported"


def test_the_roster_is_refused_to_offices_and_not_given_by_get(personas, organization, sign_in):
    assert sign_in(personas.staff).post(address("export", organization)).status_code == 403
    assert sign_in(personas.worker).get(address("export", organization)).status_code == 405
    assert AuditEvent.objects.count() == 0
