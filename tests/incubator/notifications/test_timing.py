"""Quiet hours and the digest's hour, on the wall clock of Shanghai."""

import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.notifications.timing import after_quiet, due_email, next_digest

pytestmark = pytest.mark.no_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTES_OF_DAY, MINUTES_OF_YEARS = st.integers(0, 24 * 60 - 1), st.integers(0, 3 * 365 * 24 * 60)


def time_of(minutes):
    return datetime.time(*divmod(minutes, 60))


def moment_of(minutes):
    return datetime.datetime(2024, 1, 1, tzinfo=SHANGHAI) + datetime.timedelta(minutes=minutes)


def at(day, hour, minute=0):
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "begin", "end", "then"),
    [
        (at(22, 23), "22:00", "07:00", at(23, 7)),
        (at(22, 3), "22:00", "07:00", at(22, 7)),
        (at(22, 7), "22:00", "07:00", at(22, 7)),
        (at(22, 22), "22:00", "07:00", at(23, 7)),
        (at(22, 21, 59), "22:00", "07:00", at(22, 21, 59)),
        (at(22, 13), "12:00", "14:00", at(22, 14)),
        (at(22, 14), "12:00", "14:00", at(22, 14)),
    ],
)
def test_what_falls_into_quiet_hours_waits_for_their_end(moment, begin, end, then):
    assert after_quiet(moment, *(datetime.time.fromisoformat(time) for time in (begin, end))) == then


def test_without_quiet_hours_nothing_waits():
    assert after_quiet(at(22, 3), None, None) == at(22, 3)


@given(MINUTES_OF_YEARS, MINUTES_OF_DAY, MINUTES_OF_DAY)
def test_the_end_is_within_a_day_and_never_quiet_itself(minutes, begin, end):
    if begin == end:
        return
    moment, begin, end = moment_of(minutes), time_of(begin), time_of(end)
    then = after_quiet(moment, begin, end)
    assert moment <= then < moment + datetime.timedelta(days=1)
    assert after_quiet(then, begin, end) == then


@given(MINUTES_OF_YEARS, st.integers(0, 23))
def test_the_digest_comes_at_its_hour_within_a_day(minutes, hour):
    moment = moment_of(minutes)
    then = next_digest(moment, hour)
    assert moment < then <= moment + datetime.timedelta(days=1)
    assert (then.astimezone(SHANGHAI).hour, then.astimezone(SHANGHAI).minute) == (hour, 0)


def test_duty_and_urgent_kinds_do_not_wait_for_the_digest_but_for_the_end_of_the_night():
    rhythm = SimpleNamespace(digest_hour=8, quiet_from=datetime.time(22), quiet_to=datetime.time(7))
    assert due_email(at(22, 10), rhythm, waits_for_digest=True) == (at(23, 8), True)
    assert due_email(at(22, 10), rhythm, waits_for_digest=False) == (at(22, 10), False)
    assert due_email(at(22, 23), rhythm, waits_for_digest=False) == (at(23, 7), False)
    assert due_email(at(22, 23), None, waits_for_digest=True) == (at(22, 23), False)


def test_a_digest_within_the_quiet_hours_comes_when_they_are_over():
    rhythm = SimpleNamespace(digest_hour=6, quiet_from=datetime.time(22), quiet_to=datetime.time(7, 30))
    assert due_email(at(22, 10), rhythm, waits_for_digest=True) == (at(23, 7, 30), True)
