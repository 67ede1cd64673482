"""Working days as the services know them: the library's calendar, and the official days that were entered by hand."""

import datetime
import re

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base import workdays
from incubator.base.errors import RuleViolation
from linkage.models import OfficialDay

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = 31  # days of one holiday
_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_LINE = re.compile(rf"^{_DAY}(?:\s*(?:[-~–—至到]+)\s*{_DAY})?\s+(\S+)(?:\s+(.*))?$")
OFF, WORK = ("休", "off", "放假"), ("班", "work", "上班")


class WorkCalendar:
    """Which days are worked in some years; one query, asked at the first question about a year that is not known."""

    def __init__(self):
        self._days, self._years = {}, set()

    def load(self, *years):
        """Read the entered days of these years, as far as they are not known yet."""
        if wanted := set(years) - self._years:
            self._days.update(OfficialDay.objects.of_years(wanted).values_list("day", "is_working"))
            self._years |= wanted
        return self

    def is_workday(self, day):
        self.load(day.year)
        return self._days.get(day, workdays.is_working_day(day))

    def is_provisional(self, year):
        """Whether no official notice of the year is known, neither to the library nor by hand."""
        self.load(year)
        return workdays.is_provisional(year) and not any(day.year == year for day in self._days)

    def add_working_days(self, day, number):
        """The ``number``-th working day after ``day``, which does not count itself."""
        for _count in range(number):
            day += workdays.ONE_DAY
            while not self.is_workday(day):
                day += workdays.ONE_DAY
        return day


def read_notice(text):
    """[(day, is_working, name)] of a pasted notice: one day or period a line, such as "2027-02-05 至 2027-02-11 休 春节" or
    "2027-02-14 班". RuleViolation with the number of the first line that says something else."""
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        for day, is_working, name in _days_of(line.strip(), number):
            if found.get(day, (is_working,))[0] != is_working:
                raise RuleViolation(
                    _("Line %(number)d: %(day)s is both a day off and a working day.") % {"number": number, "day": day}
                )
            found[day] = (is_working, name)
    if not found:
        raise RuleViolation(_("Please paste at least one day."))
    return [(day, *values) for day, values in sorted(found.items())]


def _days_of(line, number):
    match = _LINE.match(line)
    word = match[7].lower() if match else ""
    if word not in {*OFF, *WORK}:
        raise RuleViolation(
            _("Line %(number)d is not understood. Write for example: %(example)s")
            % {"number": number, "example": "2027-10-01 至 2027-10-07 休 国庆节"}
        )
    first, last = _date(match.groups()[:3], number), _date(match.groups()[3:6], number)
    last = last or first
    if not 0 <= (last - first).days < LONGEST:
        raise RuleViolation(
            _("Line %(number)d: the period is too long, or ends before it begins.") % {"number": number}
        )
    is_working, name = word in WORK, (match[8] or "").strip()[:60]
    days = [first + workdays.ONE_DAY * index for index in range((last - first).days + 1)]
    for day in days:
        if is_working and day.weekday() < workdays.SATURDAY:
            raise RuleViolation(
                _("Line %(number)d: %(day)s is no Saturday or Sunday, so it need not be made a working day.")
                % {"number": number, "day": day}
            )
    return [(day, is_working, name) for day in days]


def _date(parts, number):
    if parts[0] is None:
        return None
    try:
        day = datetime.date(*(int(part) for part in parts))
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RuleViolation(_("Line %(number)d: there is no such day.") % {"number": number})
    return day


@transaction.atomic
def add_official_days(*, notice, actor):
    """Keep the days of a pasted notice (RuleViolation: a line is not understood); a day that was entered before takes the
    new word. Audit with the years. Returns how many days the notice names.

    Meetings that are planned already stay on their days: who keeps the series sees it there and moves them.
    """
    rows = read_notice(notice)
    made = [OfficialDay(day=day, is_working=works, name=name, entered_by=actor) for day, works, name in rows]
    OfficialDay.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["day"], update_fields=["is_working", "name", "entered_by", "updated_at"]
    )  # fmt: skip
    first = OfficialDay.objects.get(day=rows[0][0])
    years = sorted({day.year for day, _works, _name in rows})
    audit.record("official_days.added", target=first, actor=actor, data={"years": years, "days": len(rows)})
    return len(rows)
