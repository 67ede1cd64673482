"""Working days: a week, a festival with its make-up days, the turn of the year, a year that is not announced yet."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.base.workdays import add_working_days, is_provisional, is_working_day, working_days_between

D = datetime.date
DAYS = st.dates(min_value=D(2020, 1, 1), max_value=D(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (D(2026, 3, 4), True),  # a Wednesday
        (D(2026, 3, 7), False),  # a Saturday
        (D(2026, 2, 17), False),  # the first day of the Spring Festival
        (D(2026, 2, 23), False),  # its last one, a Monday
        (D(2026, 2, 14), True),  # a Saturday that makes up for it
        (D(2026, 2, 28), True),
        (D(2026, 10, 10), True),  # makes up for the National Day
        (D(2025, 10, 8), False),
    ],
)
def test_a_day_is_worked_as_the_state_council_says(day, is_worked):
    assert is_working_day(day) is is_worked


def test_three_working_days_before_the_spring_festival_run_over_the_weekend_that_is_worked():
    assert add_working_days(D(2026, 2, 12), 1) == D(2026, 2, 13)
    assert add_working_days(D(2026, 2, 12), 2) == D(2026, 2, 14)
    assert add_working_days(D(2026, 2, 12), 3) == D(2026, 2, 24)


def test_working_days_run_over_the_turn_of_the_year():
    assert add_working_days(D(2025, 12, 31), 1) == D(2026, 1, 4)


def test_working_days_are_counted_backwards_too():
    assert add_working_days(D(2026, 2, 24), -1) == D(2026, 2, 14)


def test_no_working_day_later_is_the_day_itself():
    assert add_working_days(D(2026, 3, 7), 0) == D(2026, 3, 7)


def test_a_year_without_official_notice_says_so():
    assert (is_provisional(2025), is_provisional(2026), is_provisional(2028)) == (False, False, True)


def test_a_provisional_year_has_its_statutory_holidays_and_its_weekends():
    assert [is_working_day(D(2028, 10, day)) for day in (1, 2, 3)] == [False, False, False]
    assert is_working_day(D(2028, 10, 9)) is True
    assert is_working_day(D(2028, 10, 14)) is False


@given(DAYS, st.integers(min_value=1, max_value=20))
def test_there_and_back_again(day, number):
    later = add_working_days(day, number)
    assert is_working_day(later)
    assert working_days_between(day + datetime.timedelta(days=1), later + datetime.timedelta(days=1)) == number
    if is_working_day(day):
        assert add_working_days(later, -number) == day
