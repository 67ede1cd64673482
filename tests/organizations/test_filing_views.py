"""The pages of filings: a walk from draft to certificate, bad files, foreign ids, double clicks, query counts."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from organizations.choices import FilingStatus
from organizations.models import Filing, FilingPaper, FilingRule, SocialOrganization
from tests.factories.organizations import (
    PDF,
    FilingFactory,
    FilingPaperFactory,
    FilingRuleFactory,
    OrganizationFactory,
)
from tests.personas import give_leader

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
EXE = b"MZ" + b"\x00" * 200


@pytest.fixture(autouse=True)
def _speaks_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def organization(personas):
    organization = OrganizationFactory(
        community=personas.community, name="治安服务队", responsible_person="周建国", declared_members=12
    )
    give_leader(personas.leader, organization.uuid)
    return organization


def url(name, thing):
    return reverse(f"organizations:filing-{name}", args=[thing.uuid])


def words(content):
    """All the text of a Word file, tables included."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_filing_goes_from_draft_to_certificate(organization, personas, sign_in):
    FilingRuleFactory(street=personas.street, required_papers=["charter"])
    client = sign_in(personas.leader)
    identifier = str(uuid.uuid4())
    form = {"uuid": identifier, "kind": "new", "reason": ""}
    assert client.get(url("open", organization)).status_code == 200
    for _click in range(2):
        answer = client.post(url("open", organization), form)
        assert answer.headers["Location"] == f"/organizations/filings/{identifier}/"
    filing = Filing.objects.get()
    page = client.get(url("detail", filing)).content.decode()
    assert "Paper missing: charter." in page
    assert "Something is still missing; the list says what." in page
    upload = {"uuid": str(uuid.uuid4()), "kind": "charter", "file": SimpleUploadedFile("章程.pdf", PDF)}
    assert client.post(url("paper-add", filing), upload).status_code == 302
    client.post(url("submit", filing))
    client = sign_in(personas.community_staff)
    assert client.post(url("check", filing), {"opinion": ""}).status_code == 422
    assert client.post(url("check", filing), {"opinion": "同意"}).status_code == 302
    client = sign_in(personas.staff)
    client.post(url("file", filing))
    assert client.post(url("file", filing), follow=True).status_code == 200  # the second click says so, and no more
    filed = SocialOrganization.objects.get(pk=organization.pk)
    assert (filed.legal_status, Filing.objects.get().status) == ("filed", "filed")
    certificate = client.get(url("certificate", filing))
    assert certificate["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    text = words(certificate.content)
    assert (filed.filing_number in text, "治安服务队" in text, "备案证" in text) == (True, True, True)
    text = words(client.get(url("application", filing)).content)
    assert ("☑ 新办" in text, "章程.pdf" in text, "同意" in text, "周建国" in text) == (True, True, True, True)
    register = client.get(
        reverse("organizations:filing-register-paper", args=[personas.street.code, timezone.localdate().year])
    )
    assert (filed.filing_number in words(register.content), "共 1 家" in words(register.content)) == (True, True)


@pytest.mark.parametrize("kind", ["new", "change", "annual", "cancellation", "reissue"])
def test_every_kind_is_filled_in_and_printed(kind, personas, sign_in):
    organization = OrganizationFactory(community=personas.community, filed=kind != "new", funds_fen=12_345)
    filing = FilingFactory(organization=organization, kind=kind, year=2025 if kind == "annual" else None)
    client = sign_in(personas.worker)
    form = {
        "name": "平安服务队", "responsible_person": "吴", "venue": "一楼", "funds_fen": "200.5",
        "summary": "做了三件事",
        "activities": "3", "income_fen": "100", "spending_fen": "0.01", "plan": "继续", "reason": "说明",
    }  # fmt: skip
    assert client.get(url("save", filing)).status_code == 200
    assert client.post(url("save", filing), form).status_code == 302
    saved = Filing.objects.get(pk=filing.pk)
    assert saved.reason == "说明"
    if kind == "change":
        assert saved.content["changes"] == {
            "name": "平安服务队", "responsible_person": "吴", "venue": "一楼", "funds_fen": 20_050,
        }  # fmt: skip
    if kind == "annual":
        report = {"summary": "做了三件事", "plan": "继续", "activities": 3, "income_fen": 10_000, "spending_fen": 1}
        assert saved.content["report"] == report
    assert client.get(url("detail", filing)).status_code == 200
    assert "说明" in words(client.get(url("application", filing)).content)


def test_a_change_to_a_name_that_is_taken_keeps_what_was_typed(personas, sign_in):
    OrganizationFactory(community=personas.community, name="平安服务队")
    filing = FilingFactory(organization=OrganizationFactory(community=personas.community, filed=True), kind="change")
    form = {"name": "平安服务队", "responsible_person": "吴", "reason": "换名字"}
    answer = sign_in(personas.worker).post(url("save", filing), form)
    assert (answer.status_code, "换名字" in answer.content.decode()) == (422, True)
    assert Filing.objects.get(pk=filing.pk).content == {}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "is empty (0 bytes)"),
        ("picture.xlsx", PNG, "is called .xlsx but holds png"),
        ("tool.pdf", EXE, "is not a file of a kind that can be kept here"),
        ("page.html", b"<script>alert(1)</script>", "is not a file of a kind that can be kept here"),
        ("huge.pdf", PDF + b"0" * (20 * 1024 * 1024), "is larger than 20 MB"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(name, content, sentence, organization, personas, sign_in):
    filing = FilingFactory(organization=organization)
    upload = {"uuid": str(uuid.uuid4()), "kind": "charter", "file": SimpleUploadedFile(name, content)}
    answer = sign_in(personas.worker).post(url("paper-add", filing), upload)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert FilingPaper.objects.count() == 0


def test_add_filing_paper_twice_with_one_form_makes_one_paper(organization, personas, sign_in):
    filing, client, identifier = FilingFactory(organization=organization), sign_in(personas.worker), str(uuid.uuid4())
    for _click in range(2):
        upload = {"uuid": identifier, "kind": "charter", "file": SimpleUploadedFile("章程.pdf", PDF)}
        assert client.post(url("paper-add", filing), upload).status_code == 302
    assert FilingPaper.objects.count() == 1


def test_a_paper_is_served_by_policy_under_its_own_ending(organization, personas, sign_in):
    paper = FilingPaperFactory(filing=FilingFactory(organization=organization))
    address = f"/organizations/filings/papers/{paper.uuid}.pdf"
    answer = sign_in(personas.staff).get(address)
    assert (answer.status_code, answer["X-Content-Type-Options"], answer["Content-Type"]) == (
        200, "nosniff", "application/pdf",
    )  # fmt: skip
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert sign_in(personas.staff).get(address.replace(".pdf", ".png")).status_code == 404
    for person in (personas.other_staff, personas.finance, personas.stranger, personas.other_worker):
        assert sign_in(person).get(address).status_code == 404


GETS = ("detail", "save", "check", "return", "suspend", "cancel", "paper-add", "application", "certificate")
POSTS = ("submit", "file", "resume")


def test_people_of_another_street_find_nothing(organization, personas, sign_in):
    filing = FilingFactory(organization=organization, submitted=True)
    paper = FilingPaperFactory(filing=filing)
    for person in (personas.other_worker, personas.other_staff, personas.other_leader, personas.stranger):
        client = sign_in(person)
        assert {client.get(url(name, filing)).status_code for name in GETS} == {404}
        assert {client.post(url(name, filing)).status_code for name in POSTS} == {404}
        assert client.get(url("tab", organization)).status_code == 404
        assert client.get(url("open", organization)).status_code == 404
        assert client.post(reverse("organizations:filing-paper-withdraw", args=[paper.uuid])).status_code == 404
    other = sign_in(personas.other_staff)
    assert other.get(f"/organizations/filings/rules/{personas.street.code}/").status_code == 404
    assert other.get(f"/organizations/filings/register/{personas.street.code}/2026.docx").status_code == 404
    assert Filing.objects.get().status == FilingStatus.SUBMITTED


def test_visible_but_forbidden_says_why(organization, personas, sign_in):
    filing = FilingFactory(organization=organization, submitted=True)
    answer = sign_in(personas.worker).get(url("check", filing))
    assert (answer.status_code, "staff of the organization&#x27;s community" in answer.content.decode()) == (403, True)
    page = sign_in(personas.worker).get(url("detail", filing)).content.decode()
    assert "The first check is made by the staff of the organization&#x27;s community." in page


def test_return_filing_ticks_what_is_missing_and_shows_it_to_the_leader(organization, personas, sign_in):
    filing = FilingFactory(organization=organization, submitted=True)
    FilingPaperFactory(filing=filing, kind="charter")
    client = sign_in(personas.community_staff)
    form = client.get(url("return", filing)).context["form"]
    assert form.initial["missing_papers"] == ["application", "roster"]
    assert client.post(url("return", filing), {"reason": ""}).status_code == 422
    client.post(url("return", filing), {"reason": "请补名册", "missing_papers": ["roster"]})
    page = sign_in(personas.leader).get(url("detail", filing)).content.decode()
    assert ("Paper missing: list of members" in page, "请补名册" in page) == (True, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(number, personas, sign_in, django_assert_num_queries):
    for _each in range(number):
        FilingFactory(organization=OrganizationFactory(community=personas.community), submitted=True)
    client = sign_in(personas.community_staff)
    client.get("/organizations/filings/")
    with django_assert_num_queries(8):
        assert len(client.get("/organizations/filings/").context["page"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_detail_costs_the_same_for_one_paper_and_for_three(
    number, organization, personas, sign_in, django_assert_num_queries
):
    filing = FilingFactory(organization=organization)
    for _each in range(number):
        FilingPaperFactory(filing=filing)
    client = sign_in(personas.worker)
    with django_assert_num_queries(12):
        client.get(url("detail", filing))


def test_the_list_is_filtered_and_exported_as_it_is_shown(organization, personas, sign_in):
    FilingFactory(organization=organization, submitted=True)
    other = FilingFactory(organization=OrganizationFactory(community=personas.next_community), filed=True)
    client = sign_in(personas.staff)
    shown = client.get("/organizations/filings/", {"status": "filed"}).context["page"].items
    assert shown == [other]
    assert client.get("/organizations/filings/", {"q": "治安"}).context["page"].items[0].organization == organization
    assert client.get("/organizations/filings/", {"waiting": "true"}).context["page"].items == []
    answer = client.get("/organizations/filings/register.xlsx", {"status": "filed"})
    rows = list(load_workbook(io.BytesIO(answer.getvalue())).active.values)
    assert (len(rows), rows[1][0], rows[1][1]) == (2, other.number, other.organization.name)
    lines = client.get("/organizations/filings/register.csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 3


def test_update_filing_rule_shows_the_first_number_and_keeps_the_change(personas, sign_in):
    client = sign_in(personas.staff)
    address = f"/organizations/filings/rules/{personas.street.code}/"
    assert client.get(address).status_code == 200
    assert FilingRule.objects.count() == 0
    form = {"number_pattern": "{year}-{number:02d}", "required_papers": ["roster", "charter"], "minimum_members": 5}
    assert client.post(address, form).status_code == 302
    rule = FilingRule.objects.get()
    assert (rule.number_pattern, rule.required_papers, rule.minimum_members) == (
        "{year}-{number:02d}", ["charter", "roster"], 5,
    )  # fmt: skip
    assert client.post(address, form | {"number_pattern": "{number}{street.pk}"}).status_code == 422
    assert sign_in(personas.district_admin).get("/organizations/filings/rules/").context["rows"][0][2] is True
    assert sign_in(personas.worker).get("/organizations/filings/rules/").status_code == 403


@pytest.mark.parametrize("year", [0, 1999, 9999, 10**12])
def test_there_is_no_register_of_a_year_that_is_none(year, personas, sign_in):
    address = f"/organizations/filings/register/{personas.street.code}/{year}.docx"
    assert sign_in(personas.staff).get(address).status_code == 404
