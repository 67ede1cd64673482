"""The list, its files, and the counts of which every number opens exactly its records."""

import csv
import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from projects.services.kind import kinds_in_use
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import STARTS_AT, ActivityFactory

LIST = "/projects/activities/"
COUNTS = "/projects/activities/counts/?month=2026-11"


@pytest.fixture
def november(place):
    """Two visits and a training that count in November, and what does not: returned, a draft, October, elsewhere."""
    make, org = ActivityFactory, place.organization
    next_door = OrganizationFactory(name="编织坊", community=place.next_community)
    make(organization=org, recorded_by=place.worker, participants=3)
    make(organization=org, recorded_by=place.worker, accepted=True, participants=4)
    make(organization=next_door, recorded_by=place.worker, training=True)
    make(organization=org, recorded_by=place.worker, returned=True)
    make(organization=org, recorded_by=place.worker, starts_at=STARTS_AT - datetime.timedelta(days=31))
    make(draft=True, recorded_by=place.worker)
    make(organization=place.other_organization, recorded_by=place.other_worker)
    return place


def rows(response):
    return response.content.decode().count('class="row-link"')


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 5), ("?month=2026-11", 4), ("?month=2026-11&status=counted", 3), ("?kind=training", 1),
        ("?status=returned", 1), ("?area=330102001052", 1), ("?area=330102003", 5), ("?q=骨干", 1), ("?q=没有", 0),
        ("?mine=on", 0), ("?month=13-2026", 5), ("?organization=nonsense", 5), ("?sort=oldest", 5),
        ("?page=rubbish", 5),
    ],
)  # fmt: skip
def test_the_list_filters(november, sign_in, query, number):
    assert rows(sign_in(november.staff).get(LIST + query)) == number


def test_the_list_by_organization_and_by_me(november, sign_in):
    assert rows(sign_in(november.staff).get(f"{LIST}?organization={november.organization.uuid}")) == 4
    assert rows(sign_in(november.worker).get(f"{LIST}?mine=on")) == 5


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_three_rows(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        organization = OrganizationFactory(community=place.community)
        ActivityFactory(organization=organization, recorded_by=place.worker)
    client = sign_in(place.staff)
    kinds_in_use()  # those made in the browser are remembered for a minute
    with django_assert_num_queries(8):
        assert rows(client.get(f"{LIST}?month=2026-11")) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_counts_cost_the_same_with_one_and_three_communities(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        organization = OrganizationFactory(community=place.community)
        ActivityFactory(organization=organization, recorded_by=place.worker)
    who = place.community_staff if number == 1 else place.district_admin
    client = sign_in(who)
    with django_assert_num_queries(7):
        client.get(COUNTS)


@pytest.mark.parametrize("who", ["staff", "district_admin", "leader", "supervisor", "community_staff"])
def test_every_number_of_the_counts_equals_the_rows_it_opens(november, sign_in, who):
    client = sign_in(getattr(november, who))
    page = client.get(COUNTS).content.decode()
    cells = re.findall(r'<td class="number"[^>]*><a href="([^"]+)">(\d+)</a></td>', page)
    width = 4 if "kind=training" in page else 3  # a column for each kind of the month, all, person-times
    assert len(cells) % width == 0
    assert cells
    for position, (address, number) in enumerate(cells):
        if position % width < width - 1:
            assert rows(client.get(address.replace("&amp;", "&"))) == int(number), address


def test_the_counts_name_communities_in_code_order_with_their_numbers(november, sign_in):
    response = sign_in(november.staff).get(COUNTS)
    table = [(row["place"].code, row["number"], row["people"]) for row in response.context["rows"]]
    assert table == [("330102001051", 2, 7), ("330102001052", 1, 12)]
    assert response.context["total"]["number"] == 3
    assert response.context["previous"] == "2026-10"
    assert response.context["next"] == "2026-12"


def test_the_counts_of_no_month_lead_to_this_one(november, sign_in):
    assert sign_in(november.staff).get("/projects/activities/counts/?month=tomorrow").status_code == 302


def test_people_without_a_role_for_activities_get_a_sentence(place, sign_in):
    response = sign_in(place.funder).get(reverse("projects:activity-counts"))
    assert response.status_code == 403


def test_the_files_hold_what_the_list_shows(november, sign_in):
    client = sign_in(november.staff)
    ActivityFactory(organization=november.organization, recorded_by=november.worker, title="=1+1")
    stream = client.get("/projects/activities/export.csv?month=2026-11&status=counted")
    text = b"".join(stream.streaming_content).decode()
    assert text.startswith("\ufeffDate,")
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert len(lines) == 5
    assert "'=1+1" in {line[4] for line in lines}
    answer = client.get("/projects/activities/export.xlsx?month=2026-11&status=counted")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 5


def test_an_address_that_somebody_wrote_is_no_link_in_the_workbook(place, sign_in):
    ActivityFactory(
        organization=place.organization,
        recorded_by=place.worker,
        summary="http://example.org/",
        next_step="internal:A1",
    )
    content = b"".join(sign_in(place.worker).get("/projects/activities/export.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert not any(b"hyperlink" in book.read(name) for name in book.namelist() if "sheet" in name)
