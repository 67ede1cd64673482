"""The meetings of a month, made by the rules of their series; agendas that open; what is told as its day comes.

All steps work on many meetings at once and may run again and again: a meeting is unique by (series, month), a notice by
(meeting, person, days before). What a place wants to be told when stands in its series.
"""

import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from incubator.base.months import add_months
from incubator.notifications.services import notify_groups, notify_many
from linkage.calendar import meeting_day
from linkage.choices import COMING, MeetingKind, MeetingStatus
from linkage.models import JointMeeting, MeetingSeries
from linkage.notifications.meeting import audience_of, facts_of, office_people
from linkage.policies.series import OFFICES
from linkage.services.official_day import WorkCalendar

BATCH = 1_000
FURTHEST = 31  # days before a meeting on which anything about it is told
INVITED, REMINDER = "meeting.invited", "meeting.reminder"
LANGUAGE = "zh-hans"  # titles are written once, in the language of the place


def day_of(series, period, calendar):
    """The date on which the series meets in the month, or None: it does not meet, or not any more on that day."""
    if not series.meets_in(period):
        return None
    day = meeting_day(
        series.rule_kind, series.rule_number, series.rule_weekday, period.year, period.month, series.shift,
        is_workday=calendar.is_workday,
    )  # fmt: skip
    return day if series.is_running_on(day) else None


def days_ahead(series, first, number, calendar):
    """[(month, date)] of the next ``number`` meetings by the rule, from the day ``first`` on."""
    found, month = [], max(first, series.starts_on).replace(day=1)
    calendar.load(month.year, month.year + 1)
    for _count in range(12 * max(number, 1)):
        if len(found) == number or (series.ends_on and month > series.ends_on):
            break
        day = day_of(series, month, calendar)
        if day and day >= first:
            found.append((month, day))
        month = add_months(month, 1)
    return found


def times_on(series, day):
    """(begin, end) of a meeting of the series on that day."""
    begin = datetime.datetime.combine(day, series.starts_at, timezone.get_current_timezone())
    return begin, begin + datetime.timedelta(minutes=series.minutes)


def title_of(series, period):
    with override(LANGUAGE):
        return _("%(series)s of %(month)d/%(year)d") % {
            "series": series.title[:100], "month": period.month, "year": period.year,
        }  # fmt: skip


def schedule_month(*, period, today, series=None, only_coming=False):
    """Make the regular meetings of the month (given by its first day), each once; those of ``series`` alone, when given.

    ``only_coming``: none whose day has passed by ``today``. Meetings that are there, cancelled ones too, stay as they
    are. No audit: a meeting by the rule is nobody's act. Returns how many are new.
    """
    after, calendar = add_months(period, 1), WorkCalendar().load(period.year)
    wanted = MeetingSeries.objects.filter(starts_on__lte=period).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=period)
    )
    there = JointMeeting.objects.filter(kind=MeetingKind.REGULAR, period=period)
    wanted = wanted.exclude(pk__in=there.values("series_id")).order_by("pk")
    if series is not None:
        wanted = wanted.filter(pk=series.pk)
    rows, known = [], {}
    for one in wanted.iterator(chunk_size=BATCH):
        rule = (
            one.rule_kind,
            one.rule_number,
            one.rule_weekday,
            one.shift,
            one.starts_on,
            one.every_months,
            one.ends_on,
        )
        if rule not in known:
            known[rule] = day_of(one, period, calendar)
        day = known[rule]
        if day is None or (only_coming and day < today) or not period <= day < after:
            continue
        rows.append(planned_meeting(one, period, day))
    made = 0
    for start in range(0, len(rows), BATCH):
        made += _make(rows[start : start + BATCH])
    return made


def planned_meeting(series, period, day):
    """The meeting of that month on that day, as its series says; not saved."""
    begin, end = times_on(series, day)
    return JointMeeting(
        series=series, period=period, title=title_of(series, period), starts_at=begin, ends_at=end,
        place_text=series.place_text, chair_id=series.chair_id, recorder_id=series.recorder_id, planned_for=day,
    )  # fmt: skip


@transaction.atomic
def _make(rows):
    JointMeeting.objects.bulk_create(rows, ignore_conflicts=True)
    # Another process may have made some of them meanwhile; ours carry our identifiers.
    return JointMeeting.objects.filter(uuid__in=[row.uuid for row in rows]).count()


# --- what comes by its day ---


def open_agendas(*, today, period=None):
    """Open the agenda of every planned meeting whose day is as near as its series says; returns how many were opened.
    One update per number of days; the roster is told by :func:`prepare_notices`."""
    opened = 0
    waiting = _of(JointMeeting.objects.filter(status=MeetingStatus.PLANNED), period)
    for days in sorted(set(waiting.order_by().values_list("series__agenda_days", flat=True))):
        due = waiting.filter(series__agenda_days=days, starts_at__lt=_midnight(today, days + 1))
        keys = list(due.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            rows = JointMeeting.objects.filter(pk__in=keys[start : start + BATCH], status=MeetingStatus.PLANNED)
            opened += rows.update(
                status=MeetingStatus.AGENDA_OPEN, sequence=F("sequence") + 1, updated_at=timezone.now()
            )
    return opened


def prepare_notices(*, today, period=None):
    """Write what is due about meetings by ``today``: agenda opened, invitation, reminders; each once for each
    person and chat group.

    Without ``period``: the day's work, of meetings to come; what fell due on an earlier day is made up for by the newest
    reminder alone. With ``period``: of that month's meetings everything that fell due until ``today``, whenever they
    were. Returns how many notices are new.
    """
    rows = JointMeeting.objects.select_related("series__division")
    if period is None:
        rows = rows.filter(
            status__in=COMING, starts_at__gte=_midnight(today, 0), starts_at__lt=_midnight(today, FURTHEST + 1)
        )
    else:
        rows = rows.filter(period=period).exclude(status=MeetingStatus.CANCELLED)
    due = due_now if period is None else due_until
    keys, told = list(rows.order_by("pk").values_list("pk", flat=True)), 0
    for start in range(0, len(keys), BATCH):
        batch = [(one, due(one, today)) for one in rows.filter(pk__in=keys[start : start + BATCH]).order_by("pk")]
        told += _tell([(meeting, marks) for meeting, marks in batch if marks], today)
    return told


def due_until(meeting, today):
    """[(kind, days before)] of all that fell due until ``today``."""
    left = (timezone.localdate(meeting.starts_at) - today).days
    return [mark for mark in _marks(meeting) if left <= mark[1]]


def due_now(meeting, today):
    """The same for the day's work: of several reminders the newest alone, and nothing that fell due before the meeting was
    made but the invitation, which says the same; so nobody gets three letters on the day a series is set up."""
    day = timezone.localdate(meeting.starts_at)
    known_for = (day - timezone.localdate(meeting.created_at)).days
    due = [mark for mark in due_until(meeting, today) if mark[0] == INVITED or mark[1] <= known_for]
    newest = min((days for kind, days in due if kind == REMINDER), default=None)
    return [mark for mark in due if mark[0] != REMINDER or mark[1] == newest]


def _marks(meeting):
    series = meeting.series
    yield "meeting.agenda_opened", series.agenda_days
    yield INVITED, series.invite_days
    for days in sorted(set(series.remind_days), reverse=True):
        yield REMINDER, days


def _tell(batch, today):
    """Write the notices of [(meeting, [(kind, days before)])], to people and to the chat groups of the places; how many are
    new."""
    if not batch:
        return 0
    people = audience_of([meeting for meeting, _marks_due in batch])
    personal, groups = {}, []
    for meeting, marks in batch:
        facts, link = facts_of(meeting), meeting.get_absolute_url()
        left = (timezone.localdate(meeting.starts_at) - today).days
        for kind, days in marks:
            # Who hears of it late (a new person, a day on which nothing ran) reads how many days are left, not how many were.
            data = facts | {"days": min(days, left) if left >= 0 else days} if kind == REMINDER else facts
            key = f"{kind}:{meeting.uuid}" + (f":{days}" if kind == REMINDER else "")
            rows = personal.setdefault(kind, [])
            rows += [(person, key, data, link) for person in sorted(people[meeting.pk])]
            groups.append((kind, meeting.series.division, key, data, link))
    return sum(notify_many(kind, rows) for kind, rows in personal.items()) + notify_groups(groups)


def remind_of_minutes(*, today, period=None):
    """Tell the recorder (else the chair, else the place's staff) that the minutes are due: so many working days after the
    meeting as its series says, and not confirmed yet. Once for each meeting; returns how many notices are new."""
    held = JointMeeting.objects.filter(status__in=(MeetingStatus.IN_SESSION, MeetingStatus.MINUTES_DRAFT))
    rows = (
        _of(held, period)
        .select_related("series__division", "recorder", "chair")
        .filter(starts_at__lt=_midnight(today, 0))
    )
    calendar, notices = WorkCalendar(), []
    for meeting in rows.order_by("pk").iterator(chunk_size=BATCH):
        if today < minutes_due_on(meeting, calendar):
            continue
        key, data = f"meeting.minutes_due:{meeting.uuid}", facts_of(meeting)
        notices += [(person, key, data, meeting.get_absolute_url()) for person in minutes_owed_by(meeting)]
    return notify_many("meeting.minutes_due", notices)


def minutes_owed_by(meeting):
    """Keys of who is asked for the minutes: the recorder, else the chair, else the staff of the place; nobody whose account
    is closed."""
    for person in (meeting.recorder, meeting.chair):
        if person and person.is_active:
            return [person.pk]
    return sorted(office_people(meeting.series.division, *OFFICES))


def minutes_due_on(meeting, calendar):
    """The last day for the minutes."""
    return calendar.add_working_days(timezone.localdate(meeting.starts_at), meeting.series.minutes_days)


def _of(rows, period):
    return rows if period is None else rows.filter(period=period)


def _midnight(day, after):
    """The first moment of the day that comes ``after`` days later, local time."""
    later = day + datetime.timedelta(days=after)
    return datetime.datetime.combine(later, datetime.time.min, timezone.get_current_timezone())


def run_day(*, today):
    """The scheduler's work of a day: this month's and the next month's meetings, agendas, notices. Each step is its own
    transactions; returns {"meetings", "reminders"} newly made."""
    month = today.replace(day=1)
    made = schedule_month(period=month, today=today, only_coming=True)
    made += schedule_month(period=add_months(month, 1), today=today)
    open_agendas(today=today)
    return {"meetings": made, "reminders": prepare_notices(today=today) + remind_of_minutes(today=today)}


def run_month(*, period, today):
    """The same by hand, for one month alone, as of ``today``: its meetings, and what fell due about them until then."""
    made = schedule_month(period=period, today=today)
    open_agendas(today=today, period=period)
    told = prepare_notices(today=today, period=period) + remind_of_minutes(today=today, period=period)
    return {"meetings": made, "reminders": told}
