"""Working days in the People's Republic of China: weekends, public holidays, and the weekends that make up for them.

The days come from the library ``holidays``, which follows the yearly notice of the State Council. A year whose notice is
not known to it yet is computed from the statutory holidays and the weekends alone; ``is_provisional`` says so, and the
days may move once the notice is out. Pure: no Django, no clock, no database.
"""

import datetime
from functools import lru_cache

from holidays.countries.china import China

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=64)
def _year(year):
    """(days off besides weekends, weekend days that are worked) of the year."""
    known = China(years=year)
    off = frozenset(day for day in known if day.year == year)
    worked = frozenset(day for day in known.weekend_workdays if day.year == year)
    return off - worked, worked


def is_provisional(year):
    """Whether the official calendar of the year is not known yet: there has been none without days to make up."""
    return not _year(year)[1]


def is_working_day(day):
    off, worked = _year(day.year)
    return day in worked or (day.weekday() < SATURDAY and day not in off)


def add_working_days(day, number):
    """The ``number``-th working day after ``day`` (before it, when negative). The day itself does not count; 0 is the
    day as it is, whether worked or not."""
    step = ONE_DAY if number >= 0 else -ONE_DAY
    for _count in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first, after):
    """How many working days lie in the half-open period from ``first`` to before ``after``."""
    days = max((after - first).days, 0)
    return sum(is_working_day(first + ONE_DAY * number) for number in range(days))
