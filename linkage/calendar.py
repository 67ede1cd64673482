"""On which day of a month a series meets. Pure: no Django, no clock, no database.

A rule names a day of the month: a weekday counted from the beginning (1 = first) or the end (-1 = last), a day of the
month, or a working day counted from either end. A day that the month does not have becomes the last there is. A day on
which nobody works is moved to the next working day (or the one before), and turns round at the ends of the month: the
meeting of a month is held in that month.
"""

import calendar
import datetime

from incubator.base.workdays import is_working_day

NTH_WEEKDAY, DAY, WORKDAY = "nth_weekday", "day", "workday"
LATER, EARLIER = "later", "earlier"


def meeting_day(rule_kind, number, weekday, year, month, shift=LATER, *, is_workday=is_working_day):
    """The date on which a series with this rule meets in the month.

    ``number`` and ``weekday`` (0 = Monday) as on ``MeetingSeries``; ``is_workday(date) -> bool`` says on which days people
    work, weekends that are worked among them. ValueError for a rule that names no day, and for a month without work.
    """
    days = [datetime.date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    working = [day for day in days if is_workday(day)]
    if not working:
        raise ValueError(f"nobody works in {year}-{month:02}")
    wanted = _nth(_candidates(rule_kind, weekday, days, working), number)
    if wanted in working:
        return wanted
    before = [day for day in working if day < wanted]
    after = [day for day in working if day > wanted]
    if shift == EARLIER:
        return before[-1] if before else after[0]
    return after[0] if after else before[-1]


def _candidates(rule_kind, weekday, days, working):
    if rule_kind == NTH_WEEKDAY:
        return [day for day in days if day.weekday() == weekday]
    if rule_kind in {DAY, WORKDAY}:
        return days if rule_kind == DAY else working
    raise ValueError(f"no rule {rule_kind!r}")


def _nth(days, number):
    """The ``number``-th of the days, from the end when negative; the furthest there is when there are fewer."""
    if not days or not number:
        raise ValueError("this rule names no day of the month")
    if number > 0:
        return days[min(number, len(days)) - 1]
    return days[max(len(days) + number, 0)]
