"""Months later and earlier: the same day, or the last one of a shorter month."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.base.months import add_months

D = datetime.date


@pytest.mark.no_db
@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (D(2026, 11, 30), 3, D(2027, 2, 28)),
        (D(2026, 12, 1), 12, D(2027, 12, 1)),
        (D(2026, 8, 31), 6, D(2027, 2, 28)),
        (D(2027, 11, 30), 3, D(2028, 2, 29)),
        (D(2026, 8, 31), -6, D(2026, 2, 28)),
        (D(2028, 2, 29), -12, D(2027, 2, 28)),
        (D(2026, 1, 15), -1, D(2025, 12, 15)),
        (D(2026, 1, 15), 0, D(2026, 1, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.no_db
@given(st.dates(min_value=D(1990, 1, 1), max_value=D(2060, 12, 31)), st.integers(-120, 120))
def test_there_and_back_loses_only_the_days_that_a_month_does_not_have(day, months):
    back = add_months(add_months(day, months), -months)
    assert (back.year, back.month) == (day.year, day.month)
    assert min(day.day, 28) <= back.day <= day.day
