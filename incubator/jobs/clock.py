"""When a schedule is due: pure reckoning on the rows of django-celery-beat, which its own scheduler reads as well.

A *moment* is an aware time at which the schedule fires; its *period* is the text by which a run of it is told from
others: the day for what fires at most once on a day (moving it to another hour makes no second run of that day), else
the minute.
"""

import datetime

from celery import schedules
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

DAYS_OF_A_YEAR = 366
DAY = datetime.timedelta(days=1)


def last_moment(beat, now):
    """The latest moment that is not after ``now``; None when a year had none."""
    if beat.interval_id:
        return _slot(beat.interval, now)
    return _search(beat.crontab, now, step=-1)


def next_moment(beat, now):
    """The first moment after ``now``; None when the coming year has none."""
    if beat.interval_id:
        return _slot(beat.interval, now) + length(beat.interval)
    return _search(beat.crontab, now, step=1)


def period_of(beat, moment):
    local = timezone.localtime(moment)
    return local.date().isoformat() if is_daily(beat) else local.strftime("%Y-%m-%dT%H:%M")


def is_daily(beat):
    """Whether it fires at most once on a day."""
    return bool(beat.crontab_id) and beat.crontab.hour.isdigit() and beat.crontab.minute.isdigit()


def words(beat):
    """The rule as people say it, in the active language."""
    if beat.interval_id:
        return every(int(length(beat.interval).total_seconds() // 60))
    if not is_daily(beat) or _parsed(beat.crontab) is None:
        return str(beat.crontab)
    time = f"{int(beat.crontab.hour):02}:{int(beat.crontab.minute):02}"
    comma = pgettext("between the items of a list", ", ")
    if weekdays := chosen_weekdays(beat):
        days = comma.join(str(WEEKDAYS[day - 1]) for day in weekdays)
        return _("each %(days)s at %(time)s") % {"days": days, "time": time}
    if days := chosen_days(beat):
        return _("on day %(days)s of each month at %(time)s") % {"days": comma.join(map(str, days)), "time": time}
    return _("every day at %(time)s") % {"time": time}


def every(minutes):
    """Such an interval as people say it."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return ngettext("every minute", "every %(minutes)s minutes", minutes) % {"minutes": minutes}
    return ngettext("every hour", "every %(hours)s hours", hours) % {"hours": hours}


def chosen_weekdays(beat):
    """[1 = Monday … 7], or [] when the weekday does not matter."""
    parsed = _parsed(beat.crontab)
    found = sorted((day - 1) % 7 + 1 for day in parsed.day_of_week) if parsed else []
    return found if len(found) < 7 else []


def chosen_days(beat):
    """Days of the month, or [] when they do not matter."""
    parsed = _parsed(beat.crontab)
    found = sorted(parsed.day_of_month) if parsed else []
    return found if len(found) < 31 else []


def _parsed(crontab):
    """None for what is no rule or never comes true (31 February): only a shell can write such a row."""
    try:
        return schedules.crontab(
            minute=crontab.minute, hour=crontab.hour, day_of_week=crontab.day_of_week,
            day_of_month=crontab.day_of_month, month_of_year=crontab.month_of_year,
        )  # fmt: skip
    except (ValueError, schedules.ParseException):
        return None


def _search(crontab, now, *, step):
    parsed, zone = _parsed(crontab), crontab.timezone
    if parsed is None:
        return None
    hours, minutes = sorted(parsed.hour, reverse=step < 0), sorted(parsed.minute, reverse=step < 0)
    day = now.astimezone(zone).date()
    for _turn in range(DAYS_OF_A_YEAR + 1):
        if (
            day.month in parsed.month_of_year
            and day.day in parsed.day_of_month
            and day.isoweekday() % 7 in parsed.day_of_week
        ):
            for hour in hours:
                for minute in minutes:
                    moment = datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                    if (moment <= now) if step < 0 else (moment > now):
                        return moment
        day += step * DAY
    return None


def length(interval):
    """Of an interval, as timedelta."""
    return datetime.timedelta(**{interval.period: interval.every})


def _slot(interval, now):
    """Slots are counted from local midnight, so that every process names them alike."""
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    step = min(length(interval), DAY)
    return midnight + (local - midnight) // step * step
