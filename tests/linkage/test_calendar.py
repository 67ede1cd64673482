"""On which day of the month a series meets: by rule, on working days alone, within the month."""

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.base import workdays
from linkage.calendar import DAY, EARLIER, LATER, NTH_WEEKDAY, WORKDAY, meeting_day

pytestmark = pytest.mark.no_db

# The notices of the General Office of the State Council, as published: (first, last day off), and the days to make up.
NOTICES = {
    2024: (  # 国办发明电〔2023〕7号
        [("01-01", "01-01"), ("02-10", "02-17"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-10", "06-10"),
         ("09-15", "09-17"), ("10-01", "10-07")],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (  # 国办发明电〔2024〕12号
        [("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"), ("05-31", "06-02"),
         ("10-01", "10-08")],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (  # 国办发明电〔2025〕7号
        [("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-19", "06-21"),
         ("09-25", "09-27"), ("10-01", "10-07")],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}  # fmt: skip


def published(year):
    """(days off, days to make up) of the notice."""
    periods, worked = NOTICES[year]
    off = set()
    for first, last in periods:
        day, end = (datetime.date.fromisoformat(f"{year}-{text}") for text in (first, last))
        while day <= end:
            off.add(day)
            day += workdays.ONE_DAY
    return off, {datetime.date.fromisoformat(f"{year}-{text}") for text in worked}


def is_published_workday(day):
    off, worked = published(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def days_of(year):
    return [datetime.date(year, 1, 1) + workdays.ONE_DAY * number for number in range(365 + calendar.isleap(year))]


@pytest.mark.parametrize("year", NOTICES)
def test_the_working_days_are_those_of_the_published_notice(year):
    different = [day for day in days_of(year) if workdays.is_working_day(day) != is_published_workday(day)]
    assert different == []
    assert not workdays.is_provisional(year)


def every_rule():
    rules = [(NTH_WEEKDAY, number, weekday) for number in (1, 2, 3, 4, 5, -1) for weekday in range(7)]
    rules += [(DAY, number, None) for number in range(1, 32)]
    return rules + [(WORKDAY, number, None) for number in range(-10, 16) if number]


@pytest.mark.parametrize("year", NOTICES)
def test_no_meeting_of_any_rule_falls_on_a_day_off_of_the_published_notice(year):
    for rule in every_rule():
        for month in range(1, 13):
            for shift in (LATER, EARLIER):
                day = meeting_day(*rule, year, month, shift)
                assert is_published_workday(day), (rule, shift, day)
                assert (day.year, day.month) == (year, month)


@pytest.mark.parametrize(
    ("rule", "year", "month", "shift", "expected"),
    [
        ((NTH_WEEKDAY, 2, 3), 2026, 3, LATER, "2026-03-12"),  # the second Thursday
        ((NTH_WEEKDAY, -1, 4), 2026, 5, LATER, "2026-05-29"),  # the last Friday
        ((NTH_WEEKDAY, 5, 0), 2026, 4, LATER, "2026-04-27"),  # no fifth Monday: the last there is
        ((NTH_WEEKDAY, 1, 3), 2026, 10, LATER, "2026-10-08"),  # 10-01 to 10-07 are off
        ((NTH_WEEKDAY, 1, 3), 2026, 10, EARLIER, "2026-10-08"),  # nothing before it in the month
        ((NTH_WEEKDAY, 2, 5), 2026, 5, LATER, "2026-05-09"),  # a Saturday that is worked stays
        ((NTH_WEEKDAY, 2, 5), 2026, 3, LATER, "2026-03-16"),  # a plain Saturday is moved
        ((NTH_WEEKDAY, 2, 5), 2026, 3, EARLIER, "2026-03-13"),
        ((DAY, 15, None), 2026, 2, LATER, "2026-02-24"),  # Spring Festival
        ((DAY, 15, None), 2026, 2, EARLIER, "2026-02-14"),  # a Saturday that makes up for it
        ((DAY, 30, None), 2026, 2, LATER, "2026-02-28"),  # no 30th in February; the 28th is a worked Saturday
        ((DAY, 31, None), 2025, 8, LATER, "2025-08-29"),  # a Sunday at the month's end turns round
        ((WORKDAY, 1, None), 2026, 1, LATER, "2026-01-04"),  # the worked Sunday
        ((WORKDAY, -1, None), 2026, 2, LATER, "2026-02-28"),
        ((WORKDAY, 15, None), 2026, 2, LATER, "2026-02-27"),
        ((WORKDAY, -2, None), 2026, 9, LATER, "2026-09-29"),
    ],
)  # fmt: skip
def test_the_rules_day_is_the_one_that_people_would_name(rule, year, month, shift, expected):
    assert meeting_day(*rule, year, month, shift) == datetime.date.fromisoformat(expected)


@given(
    rule=st.sampled_from(every_rule()),
    year=st.integers(2020, 2035),
    month=st.integers(1, 12),
    shift=st.sampled_from([LATER, EARLIER]),
    off=st.sets(st.integers(1, 31), max_size=25),
)
def test_whatever_the_rule_and_the_days_off_a_meeting_is_on_a_working_day_of_its_month(rule, year, month, shift, off):
    def is_workday(day):
        return day.day not in off

    day = meeting_day(*rule, year, month, shift, is_workday=is_workday)
    assert is_workday(day)
    assert (day.year, day.month) == (year, month)


def test_a_month_in_which_nobody_works_and_a_rule_without_a_day_are_refused():
    with pytest.raises(ValueError, match="nobody works"):
        meeting_day(DAY, 1, None, 2026, 1, is_workday=lambda day: False)
    with pytest.raises(ValueError, match="no day"):
        meeting_day(WORKDAY, 0, None, 2026, 1)
    with pytest.raises(ValueError, match="no rule"):
        meeting_day("moon", 1, None, 2026, 1)
