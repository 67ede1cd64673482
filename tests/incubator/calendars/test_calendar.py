"""The calendar's month and agenda: what one may see, by day, in a fixed number of queries."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.calendars.months import month_after, read_day, read_month, weeks_of
from projects.models import ActivityWorker
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.pages import text_of

MONTH = "/calendar/?month=2026-11"
AGENDA = "/calendar/agenda/?from=2026-11-01"
TODAY = datetime.date(2026, 11, 22)


def visit(personas, **values):
    organization = OrganizationFactory(community=personas.community)
    return ActivityFactory(organization=organization, recorded_by=values.pop("by", personas.worker), **values)


@pytest.mark.parametrize("url", [MONTH, AGENDA, "/calendar/agenda/?from=2026-11-03&only=on"])
def test_a_record_stands_on_its_local_day_with_its_link(url, sign_in, personas):
    activity = visit(personas, starts_at=datetime.datetime(2026, 11, 2, 17, 30, tzinfo=datetime.UTC))
    page = text_of(sign_in(personas.worker).get(url))

    assert activity.get_absolute_url() in page
    assert '<time class="entry-time" datetime="2026-11-03T01:30:00+08:00">01:30</time>' in page


def test_another_street_sees_nothing_of_it(sign_in, personas):
    activity = visit(personas)
    assert activity.get_absolute_url() not in text_of(sign_in(personas.other_worker).get(MONTH))


def test_what_did_not_take_place_stands_as_cancelled_and_a_draft_not_at_all(sign_in, personas):
    visit(personas, outcome="not_held", outcome_reason="下雨")
    visit(personas, status="draft", submitted_at=None)
    page = text_of(sign_in(personas.worker).get(MONTH))

    assert (page.count("is-cancelled"), page.count('class="entry ')) == (1, 1)


def test_only_mine_leaves_out_what_colleagues_did_and_keeps_what_i_worked_along_in(sign_in, personas):
    mine, theirs = visit(personas), visit(personas, by=personas.hub)
    along = visit(personas, by=personas.hub)
    ActivityWorker.objects.create(activity=along, user=personas.worker)
    page = text_of(sign_in(personas.worker).get(f"{MONTH}&mine=on"))

    assert [activity.get_absolute_url() in page for activity in (mine, theirs, along)] == [True, False, True]


def test_a_source_that_is_unticked_is_left_out(sign_in, personas):
    visit(personas)
    client = sign_in(personas.worker)
    assert 'class="entry ' in text_of(client.get(f"{MONTH}&source=activities"))
    # An unknown word is as good as none: everything is shown.
    assert 'class="entry ' in text_of(client.get(f"{MONTH}&source=nothing"))


@pytest.mark.parametrize("query", ["month=2026-13", "month=x", "month=99999-01", "from=2026-02-30", "from=x"])
def test_a_month_or_day_that_is_none_shows_today(query, sign_in, personas):
    for page in ("month", "agenda"):
        assert sign_in(personas.worker).get(f"{reverse(f'calendars:{page}')}?{query}").status_code == 200


@pytest.mark.no_db
def test_months_and_days_are_read_from_the_address():
    assert read_month("2026-02", TODAY) == datetime.date(2026, 2, 1)
    assert [read_month(text, TODAY) for text in ("", None, "2026-13", "1899-01")] == [TODAY.replace(day=1)] * 4
    assert (read_day("2026-02-03", TODAY), read_day("x", TODAY)) == (datetime.date(2026, 2, 3), TODAY)
    assert month_after(datetime.date(2026, 12, 1)) == datetime.date(2027, 1, 1)
    assert month_after(datetime.date(2026, 1, 1), -1) == datetime.date(2025, 12, 1)


@pytest.mark.no_db
def test_the_sheet_begins_on_monday_and_marks_today():
    weeks = weeks_of(datetime.date(2026, 11, 1), TODAY)
    days = [day for week in weeks for day in week]
    assert (weeks[0][0].date, len(days) % 7) == (datetime.date(2026, 10, 26), 0)
    assert [day.date for day in days if day.is_today] == [TODAY]
    assert sum(day.is_inside for day in days) == 30


def test_today_is_marked_for_the_eye_and_for_the_ear(sign_in, personas):
    page = text_of(sign_in(personas.worker).get(reverse("calendars:month")))
    assert page.count('aria-current="date"') == 1


@pytest.mark.parametrize(
    ("person", "day", "offered"),
    [("worker", "2026-11-03", True), ("worker", "2099-11-03", False), ("funder", "2026-11-03", False)],
)
def test_a_past_day_offers_to_log_to_who_logs(person, day, offered, sign_in, personas):
    page = text_of(sign_in(getattr(personas, person)).get(f"/calendar/agenda/?from={day}&only=on"))
    assert ('<p class="calendar-add">' in page) is (offered and timezone.localdate() >= datetime.date(2026, 11, 3))


@pytest.mark.parametrize("url", [MONTH, AGENDA])
@pytest.mark.parametrize("number", [1, 3])
def test_calendar_needs_the_same_queries_for_any_number(url, number, sign_in, personas, django_assert_num_queries):
    for _number in range(number):
        visit(personas)
    client = sign_in(personas.worker)
    with django_assert_num_queries(11):
        client.get(url)
