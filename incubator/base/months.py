"""Months of the calendar. Pure: no Django, no clock, no database."""

import calendar

IN_A_YEAR = 12


def add_months(day, number):
    """The same day ``number`` months later (earlier, when negative), or the last one of a shorter month."""
    year, month = divmod(day.year * IN_A_YEAR + day.month - 1 + number, IN_A_YEAR)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
