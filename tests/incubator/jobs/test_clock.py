import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation
from django_celery_beat.models import CrontabSchedule, IntervalSchedule

from incubator.jobs import clock

pytestmark = pytest.mark.no_db
ZONE = timezone.get_default_timezone()


def crontab(**values):
    row = CrontabSchedule(**{"minute": "0", "hour": "8", "timezone": ZONE, **values})
    return SimpleNamespace(crontab=row, crontab_id=1, interval=None, interval_id=None)


def interval(minutes):
    row = IntervalSchedule(every=minutes, period="minutes")
    return SimpleNamespace(interval=row, interval_id=1, crontab=None, crontab_id=None)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("beat", "now", "last", "following"),
    [
        (crontab(), "2026-11-22 08:00", "2026-11-22 08:00", "2026-11-23 08:00"),
        (crontab(), "2026-11-22 07:59", "2026-11-21 08:00", "2026-11-22 08:00"),
        (crontab(hour="0", minute="5"), "2027-01-01 00:04", "2026-12-31 00:05", "2027-01-01 00:05"),
        (crontab(day_of_week="1,4"), "2026-11-22 12:00", "2026-11-19 08:00", "2026-11-23 08:00"),
        (crontab(day_of_week="0"), "2026-11-22 12:00", "2026-11-22 08:00", "2026-11-29 08:00"),
        (crontab(day_of_month="28"), "2027-02-27 12:00", "2027-01-28 08:00", "2027-02-28 08:00"),
        (crontab(day_of_month="31"), "2027-02-27 12:00", "2027-01-31 08:00", "2027-03-31 08:00"),
        (crontab(hour="8,20", minute="0,30"), "2026-11-22 20:10", "2026-11-22 20:00", "2026-11-22 20:30"),
        (interval(15), "2026-11-22 10:29", "2026-11-22 10:15", "2026-11-22 10:30"),
        (interval(60), "2026-11-22 00:00", "2026-11-22 00:00", "2026-11-22 01:00"),
    ],
)
def test_the_moments_around_now(beat, now, last, following):
    assert clock.last_moment(beat, at(now)) == at(last)
    assert clock.next_moment(beat, at(now)) == at(following)


def test_a_rule_that_never_comes_true_has_no_moment():
    never = crontab(day_of_month="31", month_of_year="2")
    assert clock.last_moment(never, at("2026-11-22 08:00")) is None
    assert clock.next_moment(never, at("2026-11-22 08:00")) is None


@pytest.mark.parametrize(
    ("beat", "period"),
    [
        (crontab(), "2026-11-22"),
        (crontab(hour="8,20"), "2026-11-22T08:00"),
        (interval(15), "2026-11-22T08:00"),
    ],
)
def test_what_fires_once_a_day_has_the_day_for_its_period(beat, period):
    assert clock.period_of(beat, at("2026-11-22 08:00").astimezone(datetime.UTC)) == period


@pytest.mark.parametrize(
    ("beat", "words"),
    [
        (crontab(hour="8", minute="5"), "every day at 08:05"),
        (crontab(day_of_week="1,0"), "each Monday, Sunday at 08:00"),
        (crontab(day_of_week="0-6"), "every day at 08:00"),
        (crontab(day_of_month="1,15"), "on day 1, 15 of each month at 08:00"),
        (interval(15), "every 15 minutes"),
    ],
)
def test_the_rule_in_words(beat, words):
    with translation.override("en"):
        assert clock.words(beat) == words
