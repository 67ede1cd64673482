"""A course or a weekly salon: the same activity again and again, each time a record of its own."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.months import add_months
from projects.choices import Rhythm
from projects.models import ActivitySeries
from projects.services.activity_link import projects_of
from projects.validators import MAX_MINUTES

MAX_TIMES = 60
DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}


def series_days(rhythm, starts_on, times):
    """The days of a series, in order. On single days only the first is known beforehand."""
    if rhythm in DAYS:
        return [starts_on + datetime.timedelta(days=DAYS[rhythm] * number) for number in range(times)]
    if rhythm == Rhythm.MONTHLY:
        return [add_months(starts_on, number) for number in range(times)]
    return [starts_on]


@transaction.atomic
def create_series(
    *, uuid, kind, title, organization, rhythm, starts_on, starts_time, times, minutes, actor, place_text=""
):  # fmt: skip
    """Make a series of the organization and its running project. RuleViolation when it has too many or no times, or when
    its length is more than a day. Audit."""
    if not 1 <= times <= MAX_TIMES:
        raise RuleViolation(_("A series has between 1 and 60 times."))
    if not 1 <= minutes <= MAX_MINUTES:
        raise RuleViolation(_("An activity lasts at least a minute and at most a day."))
    try:
        with transaction.atomic():
            series = ActivitySeries.objects.create(
                uuid=uuid, kind=kind, title=title, organization=organization, community=organization.community,
                project=projects_of([organization]).get(organization.pk), rhythm=rhythm, starts_on=starts_on,
                starts_time=starts_time, times=times, minutes=minutes, place_text=place_text, created_by=actor,
            )  # fmt: skip
    except IntegrityError:
        if ActivitySeries.objects.filter(uuid=uuid).exists():
            raise  # the other of two clicks won; the page leads to its series
        raise RuleViolation(_("Please check what you typed.")) from None
    audit.record("series.created", target=series, actor=actor, area=series.community, data={"kind": kind})
    return series


@transaction.atomic
def end_series(*, series_id, actor):
    """No more times to record; what was recorded stays. An ended one is not ended again (RuleViolation). Audit."""
    series = ActivitySeries.objects.select_for_update(of=("self",)).get(pk=series_id)
    if series.ended_on:
        raise RuleViolation(_("The series has been ended already."))
    series.ended_on = max(timezone.localdate(), series.starts_on)
    series.save(update_fields=["ended_on", "updated_at"])
    audit.record("series.ended", target=series, actor=actor, area=series.community)
    return series


def series_times(series, activities):
    """[(day, activity or None)] in order: the planned days and those on which something was recorded besides.

    ``activities``: the handed in ones of the series. On an ended series days without a record are left out; a record near a
    planned day (within three) that has none of its own is taken for it.
    """
    days = series_days(series.rhythm, series.starts_on, series.times)
    by_day, found = {}, dict.fromkeys(days)
    for activity in sorted(activities, key=lambda item: (item.starts_at, item.pk)):
        by_day.setdefault(timezone.localdate(activity.starts_at), []).append(activity)
    rest = []
    for day, held in by_day.items():
        if day in found:
            found[day] = held[0]
            rest += [(day, item) for item in held[1:]]
        else:
            rest += [(day, item) for item in held]
    extra = []
    for day, activity in rest:
        near = [open_day for open_day in days if found[open_day] is None and abs((open_day - day).days) <= 3]
        if near:
            found[min(near, key=lambda open_day: (abs((open_day - day).days), open_day))] = activity
        else:
            extra.append((day, activity))
    rows = [(day, activity) for day, activity in found.items() if activity or not series.ended_on]
    return sorted([*rows, *extra], key=lambda row: (row[0], row[1].pk if row[1] else 0))


def next_time(series, rows):
    """The first day of ``rows`` (series_times) that has no record yet; None when the series is over. On single days there
    is a next one until as many were recorded as there are to be."""
    if series.ended_on:
        return None
    for day, activity in rows:
        if activity is None:
            return day
    done = sum(1 for _day, activity in rows if activity)
    return timezone.localdate() if series.rhythm == Rhythm.ONCE and done < series.times else None
