"""Pages of organizations in the browser's eyes: status, what stands there, how many queries."""

import csv
import io
import uuid

import openpyxl
import pytest

from incubator.audit.models import AuditEvent
from organizations.models import OrganizationType, SocialOrganization
from tests.factories.divisions import load_divisions
from tests.factories.organizations import (
    AgencyFactory,
    AgencyServiceAreaFactory,
    OrganizationFactory,
    PlaceFactory,
    credit_code,
)
from tests.personas import give_leader

LIST = "/organizations/"
# session, person, grants, places to choose, types, number of rows, rows, bell
LIST_QUERIES = 8
DETAIL_QUERIES = 13  # session, person, grants, organization, five panels, admission, tasks, history, bell


def many(community, number):
    """``number`` organizations; written at once, so the same time stands in all rows."""
    kind = OrganizationType.objects.get(code="charity")
    return SocialOrganization.objects.bulk_create(
        SocialOrganization(name=f"互助队{index:04}", pinyin=f"huzhudui{index:04}", community=community, type=kind)
        for index in range(number)
    )


# --- list


@pytest.mark.parametrize("rows", [1, 3, 10, 3000])
def test_the_list_costs_the_same_queries_however_long_it_is(personas, sign_in, django_assert_num_queries, rows):
    many(personas.community, rows)
    client = sign_in(personas.staff)
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(LIST)
    assert response.status_code == 200
    assert len(response.context["rows"]) == min(rows, 50)


def test_the_list_of_a_supervisor_stays_within_its_queries(personas, sign_in, django_assert_num_queries):
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    many(personas.community, 3)
    client = sign_in(personas.supervisor)
    client.get(LIST)  # types are remembered for a minute
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(LIST).context["rows"]) == 3


def test_the_last_page_is_one_link_away_and_the_pages_join(personas, sign_in, django_assert_num_queries):
    many(personas.community, 120)
    client = sign_in(personas.staff)
    seen, page = [], ""
    for _number in range(3):
        response = client.get(LIST, {"page": page, "sort": "name"})
        seen += [row.name for row in response.context["rows"]]
        page = response.context["page"].next_cursor
    assert page is None
    assert seen == [f"互助队{index:04}" for index in range(120)]
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES - 1):  # types are remembered
        last = client.get(LIST, {"page": "last", "sort": "name"})
    assert last.context["rows"][-1].name == "互助队0119"


def test_the_list_shows_what_the_person_may_see_and_nothing_else(personas, sign_in):
    mine = OrganizationFactory(community=personas.community)
    OrganizationFactory(community=personas.other_community)
    OrganizationFactory(community=personas.far_community)
    response = sign_in(personas.worker).get(LIST)
    assert [row.name for row in response.context["rows"]] == [mine.name]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"合唱队", "治安服务队", "老年社"}),
        ({"q": "合唱"}, {"合唱队"}),
        ({"q": "zafwd"}, {"治安服务队"}),
        ({"q": "ZhiAn"}, {"治安服务队"}),
        ({"q": "003号"}, {"合唱队"}),
        ({"q": credit_code(7).lower()}, {"老年社"}),
        ({"stage": "sapling"}, {"治安服务队"}),
        ({"stage": "none"}, {"合唱队", "老年社"}),
        ({"legal_status": "registered"}, {"老年社"}),
        ({"type": "public_safety"}, {"治安服务队"}),
        ({"state": "dormant"}, {"老年社"}),
        ({"leader": "no"}, {"合唱队", "老年社"}),
        ({"area": "330102001052"}, {"老年社"}),
        (
            {"area": "330102003"},
            {"合唱队", "治安服务队", "老年社"},
        ),  # not within reach: no such choice, as if not asked
        ({"stage": "nonsense", "sort": "nonsense", "page": "nonsense"}, {"合唱队", "治安服务队", "老年社"}),
        ({"q": "%"}, set()),
    ],
)
def test_filters(personas, sign_in, query, expected):
    OrganizationFactory(name="合唱队", community=personas.community, filed=True, filing_number="清波备003号")
    OrganizationFactory(
        name="治安服务队", pinyin="zhianfuwudui zafwd", community=personas.community, growth_stage="sapling",
        responsible_person="周队长", type=OrganizationType.objects.get(code="public_safety"),
    )  # fmt: skip
    OrganizationFactory(
        name="老年社", community=personas.next_community, registered=True, credit_code=credit_code(7), dormant=True
    )
    response = sign_in(personas.staff).get(LIST, query)
    assert {row.name for row in response.context["rows"]} == expected


def test_places_to_choose_are_the_persons_own_and_go_down_step_by_step(personas, sign_in):
    OrganizationFactory(community=personas.community)
    street = dict(sign_in(personas.staff).get(LIST).context["filterset"].form.fields["area"].choices)
    assert set(street) == {"", "330102001051", "330102001052"}
    client = sign_in(personas.district_admin)
    district = dict(client.get(LIST).context["filterset"].form.fields["area"].choices)
    assert set(district) == {"", "330102001", "330102003"}
    below = dict(client.get(LIST, {"area": "330102001"}).context["filterset"].form.fields["area"].choices)
    assert {"330102001", "330102001051", "330102001052"} <= set(below)


def test_what_people_typed_is_escaped_in_the_list(personas, sign_in):
    OrganizationFactory(name="<script>alert(1)</script>", community=personas.community, responsible_person="<b>x")
    page = sign_in(personas.staff).get(LIST).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;x" in page


def test_an_empty_list_says_what_to_do_next(personas, sign_in):
    assert "Register the first one" in sign_in(personas.staff).get(LIST).content.decode()
    assert "Organizations appear here when you have a role" in sign_in(personas.stranger).get(LIST).content.decode()
    filtered = sign_in(personas.staff).get(LIST, {"q": "nobody"}).content.decode()
    assert "No organization fits these filters" in filtered


def test_a_visitor_is_sent_to_sign_in(client, personas):
    for path in (LIST, "/organizations/export.csv", "/organizations/communities/"):
        assert client.get(path).status_code == 302


# --- export


def csv_rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_holds_what_the_list_shows(personas, sign_in):
    OrganizationFactory(
        name="乙", pinyin="yi", community=personas.community, contact_phone="13812341234", funds_fen=123456
    )
    OrganizationFactory(name="甲", pinyin="jia", community=personas.community, filed=True)
    OrganizationFactory(community=personas.other_community)
    response = sign_in(personas.staff).get("/organizations/export.csv", {"legal_status": "unfiled"})
    raw = b"".join(response.streaming_content)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [(row["name"], row["funds (yuan)"], row["contact phone"]) for row in rows] == [
        ("乙", "1234.56", "138****1234")
    ]
    everything = csv_rows(sign_in(personas.staff).get("/organizations/export.csv", {"sort": "name"}))
    assert [row["name"] for row in everything] == ["甲", "乙"]


def test_the_phone_is_whole_for_those_who_serve(personas, sign_in):
    OrganizationFactory(community=personas.community, contact_phone="13812341234")
    rows = csv_rows(sign_in(personas.worker).get("/organizations/export.csv"))
    assert [row["contact phone"] for row in rows] == ["13812341234"]


@pytest.mark.parametrize("name", ["=1+1", "+86", "-x", "@SUM(A1)", " =1", "\t=1"])
def test_formulas_are_made_harmless(personas, sign_in, name):
    OrganizationFactory(name=name, community=personas.community)
    rows = csv_rows(sign_in(personas.worker).get("/organizations/export.csv"))
    assert rows[0]["name"] == f"'{name}"
    response = sign_in(personas.worker).get("/organizations/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet["A2"].data_type == "s"


def test_the_xlsx_holds_what_the_list_shows(personas, sign_in, django_assert_num_queries):
    many(personas.community, 60)
    client = sign_in(personas.staff)
    with django_assert_num_queries(6):  # session, person, grants, places, types, rows
        response = client.get("/organizations/export.xlsx", {"sort": "name", "page": "last"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 61
    assert [sheet.cell(2, 1).value, sheet.cell(61, 1).value] == ["互助队0000", "互助队0059"]


def test_export_organizations_is_refused_without_a_role(personas, sign_in):
    assert sign_in(personas.stranger).get("/organizations/export.csv").status_code == 403


# --- one organization


def test_the_page_of_an_organization(personas, sign_in, django_assert_num_queries):
    organization = OrganizationFactory(
        community=personas.community, contact_phone="13812341234", growth_stage="sapling", form="weak_organization",
        funds_fen=250000, party_organization="joint", place=PlaceFactory(community=personas.community, name="三号院"),
    )  # fmt: skip
    client = sign_in(personas.staff)
    with django_assert_num_queries(DETAIL_QUERIES):
        page = client.get(organization.get_absolute_url()).content.decode()
    for text in (organization.name, "138****1234", "Sapling", "weak organization", "2,500.00 yuan", "三号院", "joint"):
        assert text in page
    assert "13812341234" not in page
    assert "13812341234" in sign_in(personas.worker).get(organization.get_absolute_url()).content.decode()


def test_the_page_of_a_foreign_organization_is_not_found(personas, sign_in):
    organization = OrganizationFactory(community=personas.other_community)
    client = sign_in(personas.worker)
    for end in ("", "edit/", "rest/", "dissolve/"):
        assert client.get(f"/organizations/{organization.uuid}/{end}").status_code == 404
    assert client.post(f"/organizations/{organization.uuid}/wake/").status_code == 404
    assert client.get(f"/organizations/{uuid.uuid4()}/").status_code == 404


def test_what_one_may_see_but_not_do_is_refused_with_a_sentence(personas, sign_in):
    organization = OrganizationFactory(community=personas.community)
    response = sign_in(personas.evaluator).get(f"/organizations/{organization.uuid}/edit/")
    assert response.status_code == 403
    assert "may change this" in response.content.decode()
    page = sign_in(personas.evaluator).get(organization.get_absolute_url()).content.decode()
    assert "disabled" in page


def test_the_leader_changes_the_own_organization(personas, sign_in):
    organization = OrganizationFactory(community=personas.community, responsible_person="周队长")
    give_leader(personas.leader, organization.uuid)
    client = sign_in(personas.leader)
    assert [row.name for row in client.get(LIST).context["rows"]] == [organization.name]
    response = client.post(f"/organizations/{organization.uuid}/edit/", form_data(organization, venue="三楼"))
    assert response.status_code == 302
    assert SocialOrganization.objects.get(pk=organization.pk).venue == "三楼"


# --- register and change


def form_data(organization=None, **more):
    data = {"name": "治安服务队", "type": "public_safety", "responsible_person": "周队长", "funds": ""}
    if organization:
        data |= {"name": organization.name, "type": organization.type.code}
    return data | more


def test_register_organization(personas, sign_in):
    client, identifier = sign_in(personas.worker), uuid.uuid4()
    assert client.get("/organizations/register/").status_code == 200
    data = form_data(
        uuid=identifier, community=personas.community.code, contact_phone="138 1234 1234", funds="1234.56",
        founded_on="2020-01-31",
    )  # fmt: skip
    response = client.post("/organizations/register/", data)
    assert (response.status_code, response.url) == (302, f"/organizations/{identifier}/")
    organization = SocialOrganization.objects.get()
    assert (organization.funds_fen, organization.contact_phone) == (123456, "13812341234")
    again = client.post("/organizations/register/", data)
    assert (again.status_code, again.url) == (302, f"/organizations/{identifier}/")
    assert SocialOrganization.objects.count() == 1
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"community": "330102003050"}, "Select a valid choice."),
        ({"credit_code": credit_code()[:-1]}, "Position 18 is missing."),
        ({"credit_code": "O" + credit_code()[1:]}, "Position 1 is wrong"),
        ({"credit_code": credit_code(1)[:-1] + credit_code(2)[-1]}, "Position 18, the check character"),
        ({"contact_phone": "1381234"}, "A mobile number has 11 digits"),
        ({"founded_on": "2999-01-01"}, "still to come"),
        ({"funds": "12.345"}, "2 decimal places"),
        ({"funds": "-1"}, "greater than or equal to 0"),
        ({"name": "重名"}, "has an organization called “重名” already"),
    ],
)
def test_register_organization_with_bad_input_keeps_what_was_typed(personas, sign_in, more, sentence):
    OrganizationFactory(name="重名", community=personas.community)
    data = form_data(uuid=uuid.uuid4(), community=personas.community.code, venue="社区活动室二楼") | more
    response = sign_in(personas.worker).post("/organizations/register/", data)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "社区活动室二楼" in page
    assert SocialOrganization.objects.count() == 1


def test_legal_status_and_stage_cannot_be_posted(personas, sign_in):
    data = form_data(
        uuid=uuid.uuid4(),
        community=personas.community.code,
        legal_status="filed",
        growth_stage="tree",
        state="dissolved",
    )
    sign_in(personas.worker).post("/organizations/register/", data)
    organization = SocialOrganization.objects.get()
    assert (organization.legal_status, organization.growth_stage, organization.state) == ("unfiled", "", "active")


def test_register_organization_is_refused_to_an_evaluator(personas, sign_in):
    assert sign_in(personas.evaluator).get("/organizations/register/").status_code == 403


def test_with_more_communities_than_a_list_holds_one_types_and_picks(personas, sign_in, site_divisions):
    client = sign_in(personas.district_admin)
    page = client.get("/organizations/register/").content.decode()
    assert "community-options" in page
    found = client.get("/organizations/communities/search/", {"community": personas.community.name})
    assert personas.community.code in found.content.decode()
    suggestion = f"{personas.community.name}（{personas.street.name}）{personas.community.code}"
    response = client.post("/organizations/register/", form_data(uuid=uuid.uuid4(), community=suggestion))
    assert response.status_code == 302
    response = client.post("/organizations/register/", form_data(uuid=uuid.uuid4(), community="620102001001", name="x"))
    assert response.status_code == 422
    assert "no community of this name or code" in response.content.decode()


def test_update_organization_keeps_a_number_that_one_may_not_read(personas, sign_in):
    organization = OrganizationFactory(
        community=personas.community, contact_phone="13812341234", responsible_person="周队长"
    )
    client = sign_in(personas.staff)
    page = client.get(f"/organizations/{organization.uuid}/edit/").content.decode()
    assert "138****1234" in page
    assert "13812341234" not in page
    client.post(f"/organizations/{organization.uuid}/edit/", form_data(organization, contact_phone="", venue="二楼"))
    changed = SocialOrganization.objects.get()
    assert (changed.contact_phone, changed.venue) == ("13812341234", "二楼")
    client.post(f"/organizations/{organization.uuid}/edit/", form_data(organization, contact_phone="13900001111"))
    assert SocialOrganization.objects.get().contact_phone == "13900001111"


@pytest.mark.parametrize(
    ("who", "offered"), [("worker", True), ("community_staff", True), ("staff", False), ("evaluator", False)]
)
def test_a_filing_is_started_from_the_page_of_an_unfiled_organization(who, offered, personas, sign_in):
    organization = OrganizationFactory(community=personas.community)
    client = sign_in(getattr(personas, who))
    address = f"/organizations/{organization.uuid}/filings/open/"
    assert (f'href="{address}"' in client.get(f"/organizations/{organization.uuid}/").content.decode()) is offered
    assert client.get(address).status_code == (200 if offered else 403)


# --- rest, wake, end


def test_rest_wake_and_dissolve_organization(personas, sign_in):
    organization = OrganizationFactory(community=personas.community)
    client, base = sign_in(personas.staff), f"/organizations/{organization.uuid}/"
    assert client.get(f"{base}rest/").status_code == 200
    assert client.post(f"{base}rest/", {"reason": ""}).status_code == 422
    assert client.post(f"{base}rest/", {"reason": "负责人搬走了"}).status_code == 302
    assert "负责人搬走了" in client.get(base).content.decode()
    twice = client.post(f"{base}rest/", {"reason": "再来"})
    assert twice.status_code == 422
    assert "no longer possible" in twice.content.decode()
    assert client.get(f"{base}wake/").status_code == 405
    assert client.post(f"{base}wake/").status_code == 302
    assert "no longer possible" in client.post(f"{base}wake/", follow=True).content.decode()
    assert client.post(f"{base}dissolve/", {"on": "2999-01-01", "reason": "x"}).status_code == 422
    assert client.post(f"{base}dissolve/", {"on": "2025-01-01", "reason": "成员解散"}).status_code == 302
    assert client.get(f"{base}edit/").status_code == 403
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["organization.rested", "organization.woken", "organization.dissolved"]


def test_the_history_names_changed_fields_and_people(personas, sign_in):
    organization = OrganizationFactory(community=personas.community, responsible_person="周队长")
    client = sign_in(personas.worker)
    client.post(f"/organizations/{organization.uuid}/edit/", form_data(organization, venue="三楼"))
    page = client.get(organization.get_absolute_url()).content.decode()
    assert "organization changed: venue" in page
    assert personas.worker.name in page


def test_a_street_with_many_communities_offers_all_of_them(personas, sign_in):
    load_divisions(["330102001053", "330102001055"])
    page = sign_in(personas.staff).get("/organizations/register/").content.decode()
    assert page.count("330102001") == 4
