"""Pages of admission and leaving: a walk through all steps with their papers, scope, lists, calendar."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from docx import Document

from incubator.calendars.registries import calendar_sources
from projects.models import Admission
from tests.factories.organizations import OrganizationFactory
from tests.factories.stages import AdmissionFactory

D = datetime.date


def url(name, thing):
    return reverse(f"projects:admission-{name}", args=[thing.uuid])


def words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_an_organization_applies_is_admitted_extended_and_leaves(place, sign_in):
    client, form = sign_in(place.leader), {"uuid": str(uuid.uuid4()), "wishes": "一间活动室"}
    page = client.get(place.organization.get_absolute_url()).content.decode()
    assert url("apply", place.organization) in page
    assert client.get(url("apply", place.organization)).status_code == 200
    for _click in range(2):
        answer = client.post(url("apply", place.organization), form)
        admission = Admission.objects.get()
        assert answer.url == admission.get_absolute_url()
    assert client.post(url("screen", admission), {"opinion": "x"}).status_code == 403
    assert "一间活动室" in words(client.get(url("application", admission)).content)
    assert [client.get(url(name, admission)).status_code for name in ("opinion", "decision", "extension", "leaving")] == [
        404, 404, 404, 404,
    ]  # fmt: skip
    client = sign_in(place.hub)
    steps = [
        ("screen", {"opinion": "材料齐全"}, "opinion", "材料齐全"),
        (
            "admit",
            {"reason": "同意入壳", "admitted_on": "2026-03-02", "until_on": "2027-03-01"},
            "decision",
            "2027年3月1日",
        ),
        ("extend", {"until_on": "2027-09-01", "reason": "再半年"}, "extension", "2027年9月1日"),
        (
            "leave",
            {"outcome": "graduated", "on": "2027-08-02", "reason": "目标达成"},
            "leaving",
            "准予出壳",
        ),
    ]
    for name, values, paper, told in steps:
        assert client.get(url(name, admission)).status_code == 200
        assert client.post(url(name, admission), dict.fromkeys(values, "")).status_code == 422
        assert client.post(url(name, admission), values).url == admission.get_absolute_url()
        assert client.get(admission.get_absolute_url()).status_code == 200
        assert told in words(client.get(url(paper, admission)).content)
    admission = Admission.objects.get()
    assert (admission.status, admission.outcome, admission.until_on) == ("left", "graduated", D(2027, 9, 1))
    assert "2027年3月1日" in words(client.get(url("decision", admission)).content)


def test_a_refusal_is_printed_and_the_organization_may_apply_again(place, sign_in):
    admission = AdmissionFactory(organization=place.organization)
    client = sign_in(place.staff)
    assert client.get(url("refuse", admission)).status_code == 200
    client.post(url("refuse", admission), {"reason": "人数不足"})
    text = words(client.get(url("decision", admission)).content)
    assert ("不予入壳" in text, "人数不足" in text) == (True, True)
    page = sign_in(place.worker).get(place.organization.get_absolute_url()).content.decode()
    assert url("apply", place.organization) in page


def test_a_leader_records_the_own_wish_and_nothing_else(place, sign_in):
    admission = AdmissionFactory(organization=place.organization, admitted=True)
    client, values = sign_in(place.leader), {"on": "2026-11-02", "reason": "忙不过来"}
    assert client.post(url("leave", admission), values | {"outcome": "graduated"}).status_code == 422
    assert client.post(url("leave", admission), values | {"outcome": "withdrew"}).status_code == 302
    assert Admission.objects.get().outcome == "withdrew"


def test_admissions_of_another_street_are_not_found(place, sign_in):
    admission, client = AdmissionFactory(organization=place.organization), sign_in(place.other_staff)
    for name in ("detail", "screen", "admit", "refuse", "extend", "leave", "application"):
        assert client.get(url(name, admission)).status_code == 404
    assert client.get(url("apply", place.organization)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        AdmissionFactory(organization=OrganizationFactory(community=place.community))
    client = sign_in(place.staff)
    for query in ("", "?waiting=true&sort=due"):
        with django_assert_num_queries(8):
            page = client.get(f"/projects/admissions/{query}").content.decode()
        assert page.count('class="row-link"') == number


def test_the_list_is_filtered(place, sign_in):
    AdmissionFactory(organization=place.organization)
    AdmissionFactory(organization=OrganizationFactory(community=place.community, name="书画社二队"), admitted=True)
    client = sign_in(place.staff)
    assert client.get("/projects/admissions/?status=admitted").context["count"] == 1
    assert client.get("/projects/admissions/?q=治安").context["count"] == 1
    assert client.get("/projects/admissions/?q=没有").context["count"] == 0
    assert client.get("/projects/admissions/?waiting=true").context["count"] == 1


# --- calendar ---


@pytest.mark.parametrize("number", [1, 3])
def test_the_calendar_tells_of_first_checks_and_ends(place, number, django_assert_num_queries):
    for _number in range(number):
        AdmissionFactory(organization=OrganizationFactory(community=place.community), check_due_on=D(2026, 11, 9))
        AdmissionFactory(
            organization=OrganizationFactory(community=place.community), admitted=True, until_on=D(2026, 11, 30)
        )
    AdmissionFactory(organization=place.other_organization, check_due_on=D(2026, 11, 9))
    source = calendar_sources["admissions"]
    assert place.staff.access.roles
    with django_assert_num_queries(1):
        entries = source.entries(place.staff, D(2026, 11, 1), D(2026, 12, 1))
    assert sorted({entry.starts_at for entry in entries}) == [D(2026, 11, 9), D(2026, 11, 30)]
    assert len(entries) == 2 * number
    assert len(source.entries(place.staff, D(2026, 11, 1), D(2026, 12, 1), mine=True)) == number
    assert source.entries(place.worker, D(2026, 11, 1), D(2026, 12, 1), mine=True) == []
    assert source.entries(place.staff, D(2026, 12, 1), D(2027, 1, 1)) == []
