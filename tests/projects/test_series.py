"""A course or a weekly salon: its days, one tap for the next, its end."""

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from projects.choices import Rhythm
from projects.models import Activity, ActivitySeries
from projects.policies import series as policies
from projects.services import series as services
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.series import SeriesFactory
from tests.personas import PEOPLE

D = datetime.date


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-20T10:03:00+08:00", tick=False):
        yield


@pytest.fixture
def series(place):
    return SeriesFactory(organization=place.organization, created_by=place.worker, title="书法班")


def held(series, place, day, **more):
    at = datetime.datetime(2026, 11, day, 6, 0, tzinfo=datetime.UTC)
    return ActivityFactory(
        organization=series.organization, recorded_by=place.worker, training=True, series=series, starts_at=at, **more
    )


@pytest.mark.parametrize(
    ("rhythm", "first", "days"),
    [
        (Rhythm.WEEKLY, D(2026, 11, 3), [D(2026, 11, 3), D(2026, 11, 10), D(2026, 11, 17)]),
        (Rhythm.FORTNIGHTLY, D(2026, 12, 20), [D(2026, 12, 20), D(2027, 1, 3), D(2027, 1, 17)]),
        (Rhythm.MONTHLY, D(2026, 12, 31), [D(2026, 12, 31), D(2027, 1, 31), D(2027, 2, 28)]),
        (Rhythm.ONCE, D(2026, 11, 3), [D(2026, 11, 3)]),
    ],
)
def test_the_days_of_a_series(rhythm, first, days):
    assert services.series_days(rhythm, first, 3) == days


def test_create_series_once_with_project_and_event(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    data = {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "kind": "training", "title": "书法班",
        "rhythm": "weekly", "starts_on": "2026-11-03", "starts_time": "14:00", "times": "8", "minutes": "90",
    }  # fmt: skip
    client = sign_in(place.worker)
    answers = [client.post(reverse("projects:series-create"), data) for _number in range(2)]
    series = ActivitySeries.objects.get()
    assert [answer.url for answer in answers] == [series.get_absolute_url()] * 2
    assert (series.project, series.created_by) == (project, place.worker)
    assert [event.verb for event in AuditEvent.objects.about(series)] == ["series.created"]
    bad = client.post(reverse("projects:series-create"), data | {"uuid": str(uuid.uuid4()), "times": "99"})
    assert bad.status_code == 422


def test_the_page_lists_what_was_recorded_and_what_is_to_record(place, series, sign_in):
    held(series, place, 3)
    held(series, place, 11)  # a day late
    page = sign_in(place.worker).get(series.get_absolute_url())
    times = page.context["times"]
    assert [(time["day"], bool(time["activity"]), time["is_due"]) for time in times[:4]] == [
        (D(2026, 11, 3), True, False), (D(2026, 11, 10), True, False), (D(2026, 11, 17), False, True),
        (D(2026, 11, 24), False, False),
    ]  # fmt: skip
    assert page.context["next_url"] == (f"/projects/activities/new/training/?series={series.uuid}&date=2026-11-17")
    assert len(times) == 8


def test_the_next_one_is_recorded_with_what_stays_the_same(place, series, sign_in):
    held(series, place, 3, participants=17, place_text="活动室")
    client = sign_in(place.worker)
    form = client.get(f"/projects/activities/new/training/?series={series.uuid}&date=2026-11-10").context["form"]
    told = {name: form[name].value() for name in ("series", "participants", "place_text", "minutes", "details-topic")}
    assert told == {
        "series": series.uuid, "participants": 17, "place_text": "活动室", "minutes": 90, "details-topic": "怎样开好骨干会",
    }  # fmt: skip
    data = {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "series": str(series.uuid),
        "starts_at": "2026-11-10T14:00", "minutes": "90", "summary": "第二次", "participants": "15",
        "details-topic": "", "details-trainer": "王社工",
    }  # fmt: skip
    assert client.post("/projects/activities/new/training/", data).status_code == 422
    assert client.post("/projects/activities/new/training/", data | {"details-topic": "横竖"}).status_code == 302
    assert Activity.objects.filter(series=series).count() == 2


def test_a_series_of_another_organization_is_refused(place, sign_in):
    foreign = SeriesFactory(organization=place.other_organization, created_by=place.other_worker)
    client = sign_in(place.worker)
    form = client.get(f"/projects/activities/new/training/?series={foreign.uuid}").context["form"]
    assert form["series"].value() is None
    assert client.get(foreign.get_absolute_url()).status_code == 404
    assert client.post(reverse("projects:series-end", args=[foreign.uuid])).status_code == 404


def test_end_series_once(place, series, sign_in):
    held(series, place, 3)
    client, url = sign_in(place.worker), reverse("projects:series-end", args=[series.uuid])
    client.post(url)
    assert ActivitySeries.objects.get().ended_on == D(2026, 11, 20)
    assert "already" in client.post(url, follow=True).content.decode()
    assert [event.verb for event in AuditEvent.objects.about(series)] == ["series.ended"]
    page = client.get(series.get_absolute_url())
    assert (len(page.context["times"]), page.context["next_url"]) == (1, "")


def test_create_series_refuses_odd_numbers(place):
    facts = {
        "uuid": uuid.uuid4(), "kind": "visit", "title": "x", "organization": place.organization, "rhythm": "weekly",
        "starts_on": D(2026, 1, 1), "starts_time": datetime.time(9), "actor": place.worker,
    }  # fmt: skip
    for more in ({"times": 0, "minutes": 60}, {"times": 61, "minutes": 60}, {"times": 1, "minutes": 0}):
        with pytest.raises(RuleViolation):
            services.create_series(**facts, **more)


def test_the_database_refuses_a_series_without_times(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesFactory(organization=place.organization, created_by=place.worker, times=0)


def test_what_one_sees_in_lists_is_what_one_may_open(place, series):
    SeriesFactory(organization=place.other_organization, created_by=place.other_worker)
    everything = ActivitySeries.objects.select_related("organization__community", "community")
    for person in place.everybody:
        may = {thing for thing in everything if verdict(policies.check_view_series, person, thing)}
        assert set(ActivitySeries.objects.visible_to(person)) == may, person


def test_exactly_these_people_end_a_series(place, series):
    may = {key for key in PEOPLE if verdict(policies.check_end_series, getattr(place, key), series)}
    assert may == {"worker", "community_staff", "leader", "supervisor", "hub"}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_three_rows(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        held(SeriesFactory(organization=place.organization, created_by=place.worker), place, 3)
    client = sign_in(place.staff)
    with django_assert_num_queries(6):
        page = client.get(reverse("projects:series-list"))
    assert page.content.decode().count("1 / 8") == number
