"""The pages of the dossier: what is there, who opens it, and the index as Word."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from incubator.base.policies import verdict
from organizations.models import DossierHeading, DossierItem
from organizations.policies import dossier as policies
from tests.factories.organizations import (
    PDF,
    AgencyFactory,
    AgencyServiceAreaFactory,
    DossierItemFactory,
    FilingFactory,
    FilingPaperFactory,
    OrganizationFactory,
)
from tests.personas import give_leader

SEE = {
    "supervisor",
    "worker",
    "staff",
    "community_staff",
    "leader",
    "hub",
    "evaluator",
    "finance",
    "district_admin",
    "admin",
}
FILL = {"worker", "staff", "community_staff", "leader", "hub", "district_admin"}
READ = {"worker", "community_staff", "leader", "hub", "supervisor"}


@pytest.fixture(autouse=True)
def _speaks_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def organization(personas):
    organization = OrganizationFactory(community=personas.community, name="治安服务队")
    give_leader(personas.leader, organization.uuid)
    return organization


def url(name, thing):
    return reverse(f"organizations:dossier-{name}", args=[thing.uuid])


def item_under(code, organization):
    return DossierItemFactory(organization=organization, heading=DossierHeading.objects.get(code=code))


def test_exactly_these_people_see_fill_and_open(organization, personas):
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    identity, charter = item_under("identity", organization), item_under("charter", organization)
    table = (
        (policies.check_view_dossier, organization, SEE),
        (policies.check_add_dossier_item, organization, FILL),
        (policies.check_withdraw_dossier_item, charter, FILL & READ),
        (policies.check_view_dossier_item, charter, READ),
        (policies.check_view_dossier_item, identity, READ),
    )
    for check, thing, people in table:
        allowed = {person.username for person in personas.everybody if verdict(check, person, thing)}
        assert allowed == people, check.__name__
    for person in personas.everybody:
        assert DossierItem.objects.visible_to(person).count() == (2 if person.username in READ else 0), person.username


def test_add_dossier_item_with_two_clicks_makes_one(organization, personas, sign_in):
    client, identifier = sign_in(personas.leader), str(uuid.uuid4())
    assert client.get(url("item-add", organization) + "?heading=charter").context["form"].initial == {
        "heading": "charter"
    }
    for _click in range(2):
        form = {
            "uuid": identifier, "heading": "charter", "title": "章程（2026）", "dated_on": "2026-05-01",
            "file": SimpleUploadedFile("章程.pdf", PDF),
        }  # fmt: skip
        assert client.post(url("item-add", organization), form).headers["Location"] == url("detail", organization)
    item = DossierItem.objects.get()
    page = client.get(url("detail", organization)).content.decode()
    assert (item.get_file_url() in page, "章程（2026）" in page, "What is missing" in page) == (True, True, True)
    assert client.post(url("item-withdraw", item), {"reason": ""}).status_code == 422
    assert client.post(url("item-withdraw", item), {"reason": "换新"}).status_code == 302
    assert "章程（2026）" not in client.get(url("detail", organization)).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "is empty (0 bytes)"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "is called .xlsx but holds png"),
        ("tool.pdf", b"MZ" + b"\x00" * 200, "is not a file of a kind that can be kept here"),
    ],
)
def test_a_bad_file_is_refused_and_what_was_typed_stays(name, content, sentence, organization, personas, sign_in):
    form = {
        "uuid": str(uuid.uuid4()), "heading": "charter", "title": "我的章程",
        "file": SimpleUploadedFile(name, content),
    }  # fmt: skip
    answer = sign_in(personas.leader).post(url("item-add", organization), form)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "我的章程" in page) == (422, True, True)
    assert DossierItem.objects.count() == 0


@pytest.mark.parametrize("who", ["staff", "district_admin", "finance", "evaluator", "admin"])
def test_offices_read_how_many_documents_there_are_and_neither_titles_nor_files(who, organization, personas, sign_in):
    item = DossierItemFactory(
        organization=organization, heading=DossierHeading.objects.get(code="identity"), title="张秀英身份证"
    )
    client = sign_in(getattr(personas, who))
    page = client.get(url("detail", organization))
    html = page.content.decode()
    assert ("张秀英" in html, item.get_file_url() in html, "1 document" in html) == (False, False, True)
    assert "Documents are read by those who serve the organization and by its leaders." in html
    assert page.context["completeness"].present == 1
    assert [client.get(address).status_code for address in (item.get_file_url(), url("item-withdraw", item))] == [
        404
    ] * 2
    document = Document(io.BytesIO(client.get(url("index", organization)).content))
    texts = [cell.text for row in document.tables[1].rows for cell in row.cells]
    assert ("张秀英身份证" in texts, "1 份材料" in texts) == (False, True)


def test_those_who_serve_the_organization_open_its_documents(organization, personas, sign_in):
    identity = item_under("identity", organization)
    opened = sign_in(personas.worker).get(identity.get_file_url())
    assert (opened.status_code, opened["X-Content-Type-Options"]) == (200, "nosniff")


@pytest.mark.parametrize(("who", "reads"), [("staff", True), ("district_admin", True), ("finance", False)])
def test_papers_of_filings_are_opened_from_the_dossier_by_those_who_read_filings(
    who, reads, organization, personas, sign_in
):
    paper = FilingPaperFactory(filing=FilingFactory(organization=organization, submitted=True), kind="roster")
    page = sign_in(getattr(personas, who)).get(url("detail", organization))
    assert (paper.get_file_url() in page.content.decode()) is reads
    assert page.context["completeness"].present == 1


def test_a_second_click_of_the_street_leads_on_too(organization, personas, sign_in):
    client, identifier = sign_in(personas.staff), str(uuid.uuid4())
    for _click in range(2):
        form = {
            "uuid": identifier, "heading": "charter", "title": "章程", "file": SimpleUploadedFile("章程.pdf", PDF),
        }  # fmt: skip
        assert client.post(url("item-add", organization), form).headers["Location"] == url("detail", organization)
    assert DossierItem.objects.count() == 1


def test_people_of_another_street_find_nothing(organization, personas, sign_in):
    item = item_under("charter", organization)
    for person in (personas.other_worker, personas.other_staff, personas.other_leader, personas.stranger):
        client = sign_in(person)
        addresses = [url(name, organization) for name in ("detail", "item-add", "index")]
        addresses += [item.get_file_url(), url("item-withdraw", item)]
        assert {client.get(address).status_code for address in addresses} == {404}


def test_the_index_prints_what_is_there_and_what_is_missing(organization, personas, sign_in):
    FilingPaperFactory(filing=FilingFactory(organization=organization, submitted=True), kind="application")
    item_under("venue", organization)
    document = Document(io.BytesIO(sign_in(personas.leader).get(url("index", organization)).content))
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert rows[0] == ["序号", "类目", "材料名称", "日期", "形式"]
    assert [row[1] for row in rows[1:7]] == [
        "备案申请表", "章程", "成员名册", "负责人身份信息", "活动场所证明", "活动资金说明",
    ]  # fmt: skip
    assert (rows[1][4], rows[2][4], rows[5][2], rows[5][4]) == ("平台记录", "暂缺", "章程", "PDF")
    assert "必备材料 2/6 项已齐；尚缺：章程、成员名册、负责人身份信息、活动资金说明" in [
        paragraph.text for paragraph in document.paragraphs
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_dossier_costs_the_same_for_one_document_and_for_three(
    number, organization, personas, sign_in, django_assert_num_queries
):
    for _each in range(number):
        item_under("charter", organization)
    client = sign_in(personas.worker)
    with django_assert_num_queries(11):
        client.get(url("detail", organization))
