"""The sheet of a month: weeks from Monday, each day with what stands on it."""

import calendar
import datetime
from dataclasses import dataclass, field

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass
class Day:
    date: datetime.date
    is_inside: bool = True
    is_today: bool = False
    entries: list = field(default_factory=list)


def read_month(text, today):
    """The first day of the month "2026-11"; this month when it is none."""
    try:
        month = datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return month if FIRST_YEAR <= month.year <= LAST_YEAR else today.replace(day=1)


def read_day(text, today):
    try:
        day = datetime.date.fromisoformat(text or "")
    except ValueError:
        return today
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today


def month_after(month, number=1):
    index = 12 * month.year + month.month - 1 + number
    return datetime.date(index // 12, index % 12 + 1, 1)


def weeks_of(month, today):
    """Lists of seven days; those of other months fill the first and the last week."""
    return [
        [Day(date, date.month == month.month, date == today) for date in week]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
