"""Before and after incubation: what is counted, what is said about few records, and that no sentence claims a cause."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.base.panels import panels_for
from linkage.panels.project_change import ProjectChangePanel
from linkage.registries import field_sources
from linkage.services.project_change import FEWEST, Share, change_of, records_behind
from linkage.views.change_picture import change_picture
from tests.evaluations.test_effect_words import CLAIMS, ROOT, texts_of
from tests.factories.projects import ActivityFactory, ProjectFactory

START = datetime.date(2026, 6, 1)
TODAY = datetime.date(2026, 11, 20)
BEFORE, NOW = datetime.date(2026, 5, 4), datetime.date(2026, 11, 3)


@pytest.fixture
def project(place):
    return ProjectFactory(organization=place.organization, lead=place.worker, starts_on=START)


def on(day):
    return datetime.datetime.combine(day, datetime.time(10), timezone.get_current_timezone())


def done(project, day, kind="service", **more):
    details = more.pop("details", {})
    return ActivityFactory(
        organization=project.organization, kind=kind, starts_at=on(day), details=details, participants=more.pop("came", 10),
        **more,
    )  # fmt: skip


def test_both_times_are_of_the_same_length(project):
    change = change_of(project, today=TODAY)
    assert (change.before.begin, change.before.end) == (datetime.date(2026, 3, 2), datetime.date(2026, 5, 31))
    assert (change.after.begin, change.after.end) == (datetime.date(2026, 8, 22), TODAY)
    assert (change.days, change.is_over) == (91, False)


def test_a_young_project_is_compared_over_the_days_that_it_has_had(project):
    change = change_of(project, today=START + datetime.timedelta(days=9))
    assert (change.days, change.before.begin, change.after.begin) == (10, datetime.date(2026, 5, 22), START)


def test_a_project_that_is_over_is_looked_at_at_its_end(project):
    project.closed_on = datetime.date(2026, 9, 30)
    change = change_of(project, today=TODAY)
    assert (change.after.end, change.is_over) == (datetime.date(2026, 9, 30), True)


def test_before_the_first_day_there_is_nothing_to_compare(project):
    assert change_of(project, today=START - datetime.timedelta(days=1)) is None


def test_the_four_are_counted_from_records(project, django_assert_num_queries):
    done(project, BEFORE, came=8)
    for _number in range(3):
        done(project, NOW, came=20, led_by="organization")
    done(project, NOW, "salon", came=5, led_by="worker")
    done(project, NOW, "salon", came=None, led_by="assisted")
    done(project, NOW, "training", came=30)
    for resource, provider in (("背心", "区商会"), ("背心", "区 商会"), (" 背心", "区商会 ")):
        done(project, NOW, "resource_link", details={"resource": resource, "provider": provider})
    with django_assert_num_queries(2):
        change = change_of(project, today=TODAY)
    assert (change.before.sessions, change.before.residents, len(change.before.fields)) == (1, 8, 1)
    after = change.after
    assert (after.records, after.sessions, after.residents, after.untold) == (9, 5, 65, 1)
    assert (len(after.fields), len(after.resources)) == (2, 2)
    assert (after.led.number, after.led.told, after.led.percent) == (3, 5, 60)
    assert (after.main.number, after.main.told, after.main.percent) == (3, 5, 60)


def test_what_does_not_count_is_not_counted(project):
    done(project, NOW, returned=True)
    done(project, NOW, outcome="cancelled", outcome_reason="下雨")
    assert change_of(project, today=TODAY).after.records == 0


def test_an_activity_of_others_that_served_it_counts_whole(project, place):
    ActivityFactory(
        organization=place.other_organization, links=[project.organization], kind="service", starts_at=on(NOW),
        participants=40, details={},
    )  # fmt: skip
    assert change_of(project, today=TODAY).after.residents == 40


def test_of_few_records_no_share_is_told():
    assert Share(3, FEWEST - 1).percent is None
    assert Share(3, FEWEST).percent == 60
    assert Share(0, 0).percent is None


def test_a_source_of_fields_knows_better_than_the_kind(project):
    first = done(project, NOW)
    done(project, NOW)

    class Known:
        code = "known"

        @classmethod
        def fields(cls, activities):
            return {first.pk: "养老"}

    field_sources.register(Known)
    try:
        assert "养老" in change_of(project, today=TODAY).after.fields
    finally:
        field_sources.unregister("known")


def test_few_records_are_said_to_be_few(project):
    done(project, NOW)
    picture = change_picture(project, change_of(project, today=TODAY))
    assert picture["is_thin"]
    assert "0" in picture["finding"]


def test_nothing_at_all_has_no_picture(project):
    assert change_picture(project, change_of(project, today=TODAY)) is None


def test_whoever_reads_the_records_gets_the_panel(project, place):
    for user in (place.worker, place.staff, place.leader, place.supervisor):
        assert ProjectChangePanel in panels_for(user, project)
    for user in (place.admin, place.other_worker, place.stranger):
        assert ProjectChangePanel not in panels_for(user, project)


def test_each_number_opens_its_records(project, place, sign_in):
    mine = done(project, NOW, led_by="organization", title="楼道清扫")
    other = done(project, NOW, "resource_link", title="背心", details={"resource": "背心"})
    client, url = sign_in(place.worker), reverse("linkage:project-change-records", args=[project.uuid])
    for measure, expected in (("led", [mine]), ("main", [mine]), ("services", [mine]), ("resources", [other])):
        found = client.get(url, {"measure": measure, "span": "after"}).content.decode()
        assert [one for one in (mine, other) if one.get_absolute_url() in found] == expected
    assert records_behind(change_of(project, today=TODAY).before, place.worker, measure="all") == ([], 0)
    assert sign_in(place.other_worker).get(url).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_records_cost_the_same_for_one_and_for_three(project, place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        done(project, NOW)
    client, url = sign_in(place.worker), reverse("linkage:project-change-records", args=[project.uuid])
    client.get(url)
    with django_assert_num_queries(9):
        assert client.get(url, {"measure": "services"}).content.decode().count('class="row-link"') == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_picture_is_fetched_by_the_panel_and_costs_the_same(
    project, place, sign_in, django_assert_num_queries, number
):
    for _number in range(number):
        done(project, NOW)
    client, url = sign_in(place.worker), reverse("linkage:project-change", args=[project.uuid])
    assert f'hx-get="{url}"' in client.get(project.get_absolute_url()).content.decode()
    with django_assert_num_queries(8):
        page = client.get(url).content.decode()
    assert 'id="change-picture"' in page
    assert reverse("linkage:project-change-records", args=[project.uuid]) in page
    assert sign_in(place.other_worker).get(url).status_code == 404


@pytest.mark.no_db
def test_no_sentence_claims_a_cause():
    paths = [
        ROOT / "linkage" / "views" / "change_picture.py", ROOT / "linkage" / "services" / "project_change.py",
        ROOT / "linkage" / "views" / "project_change.py", ROOT / "linkage" / "views" / "network.py",
        *(ROOT / "templates" / "linkage").glob("network_*.html"), *(ROOT / "templates" / "linkage").rglob("*change*.html"),
        ROOT / "templates" / "linkage" / "organization_network.html", ROOT / "templates" / "linkage" / "place_network.html",
    ]  # fmt: skip
    texts = [text for path in paths for text in texts_of(path)]
    assert len(texts) > 60
    assert [text for text in texts if CLAIMS.search(re.sub(r"\s+", " ", text))] == []
