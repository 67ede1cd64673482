"""What happens by itself: the schedules' defaults, what is due, and the log of runs.

django-celery-beat keeps when each is due; ``celery beat`` and the embedded worker both read it. Whoever finds something
due writes its run under the unique key (schedule, period) with its job in one transaction. So a lost message, a second
scheduler or a broker that is away neither loses nor doubles a run: the next look finds what is still missing.
"""

import json

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from incubator.base.errors import Conflict
from incubator.jobs import clock
from incubator.jobs.models import Schedule, ScheduleRun
from incubator.jobs.registries import get_periodic, periodic_names
from incubator.jobs.services import enqueue

TASK = "jobs.start"  # the Celery task that a row of django-celery-beat names
MESSAGE_LIVES = 600  # seconds; a later look finds what an expired message was about


def write_defaults():
    """A row for each periodic job that has none, with the time that the code proposes; what people changed stays.
    Returns the names of new ones."""
    there = set(Schedule.objects.values_list("name", flat=True))
    new = [name for name in periodic_names() if name not in there]
    for name in new:
        with transaction.atomic():
            beat, _is_new = PeriodicTask.objects.get_or_create(
                name=name,
                defaults={
                    "task": TASK, "args": json.dumps([name]), "expire_seconds": MESSAGE_LIVES,
                    **rule(**default_rule(name)),
                },
            )  # fmt: skip
            Schedule.objects.get_or_create(name=name, defaults={"beat": beat})
    # The name under which an earlier version asked for the day's work.
    PeriodicTask.objects.filter(task="jobs.daily").delete()
    return new


def default_rule(name):
    periodic = get_periodic(name)
    return {
        "at": periodic.at, "weekdays": periodic.weekdays, "days": periodic.days, "minutes": periodic.minutes,
    }  # fmt: skip


def rule(*, at="", weekdays=(), days=(), minutes=0):
    """{"crontab", "interval"}: the row of django-celery-beat that says so, the other None. ``at`` is "HH:MM"."""
    if minutes:
        return {"crontab": None, "interval": _row(IntervalSchedule, every=minutes, period=IntervalSchedule.MINUTES)}
    hour, minute = (str(int(part)) for part in at.split(":"))
    crontab = _row(
        CrontabSchedule,
        minute=minute,
        hour=hour,
        day_of_week=",".join(str(day % 7) for day in weekdays) or "*",
        day_of_month=",".join(map(str, days)) or "*",
        month_of_year="*",
        timezone=timezone.get_default_timezone(),
    )
    return {"crontab": crontab, "interval": None}


def start_due(*, now, names=None):
    """Start what has come due and was not started yet, of all schedules or of ``names``; returns the new runs.

    Of moments that passed while nothing ran the latest alone is made up for: jobs look at all that is due, not at one
    day's part of it. Nothing before ``since`` is. Two queries when there is nothing to do.
    """
    schedules = Schedule.objects.known().with_beat().filter(beat__enabled=True).order_by("name")
    due = {}
    for schedule in schedules if names is None else schedules.filter(name__in=names):
        moment = clock.last_moment(schedule.beat, now)
        if moment and (schedule.since is None or moment >= schedule.since):
            due[schedule.pk, clock.period_of(schedule.beat, moment)] = (schedule, moment)
    wanted = Q(pk__in=[])
    for schedule_id, period in due:
        wanted |= Q(schedule=schedule_id, period=period)
    there = set(ScheduleRun.objects.filter(wanted).values_list("schedule_id", "period")) if due else set()
    found = []
    for (_key, period), (schedule, moment) in due.items():
        if (schedule.pk, period) not in there:
            run, is_new = start_run(schedule=schedule, period=period, due_at=moment)
            found += [run] if is_new else []
    return found


@transaction.atomic
def start_run(*, schedule, period, due_at, by_hand=False):
    """Write the run of ``period`` and ask for its job, once: (run, whether it is new)."""
    run, is_new = ScheduleRun.objects.get_or_create(
        schedule=schedule, period=period, defaults={"due_at": due_at, "by_hand": by_hand}
    )
    if is_new:
        local = timezone.localtime(due_at)
        arguments = (
            {"moment": local.isoformat()} if get_periodic(schedule.name).minutes else {"day": local.date().isoformat()}
        )
        enqueue(schedule.name, key=period, **arguments)
    return run, is_new


def start_by_hand(schedule, *, now):
    """Start ``schedule`` (locked) now, besides its times. Raises Conflict while a run of it waits or goes on."""
    if schedule.runs.unfinished().exists():
        raise Conflict(_("It is running already, or will within a second."))
    period = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return start_run(schedule=schedule, period=period, due_at=now, by_hand=True)[0]


def set_rule(schedule, *, now, **values):
    """Change when ``schedule`` (locked) is due, from ``now`` on; ``values`` as :func:`rule` takes them."""
    beat = schedule.beat
    for name, row in rule(**values).items():
        setattr(beat, name, row)
    _save(schedule, now)


def switch(schedule, *, on, now):
    """Switch ``schedule`` (locked) on, from ``now`` on, or off."""
    schedule.beat.enabled = on
    _save(schedule, now)


def note(job, **values):
    """Write into the run that ``job`` is the work of how it fares; nothing for any other job."""
    if get_periodic(job.name) is None:
        return
    runs = ScheduleRun.objects.filter(schedule__name=job.name, period=job.key.removeprefix(f"{job.name}:"))
    runs.update(updated_at=timezone.now(), **values)


def counts_of(result):
    """{word: number} of what a periodic job returned; {} when it told nothing."""
    if isinstance(result, int) and not isinstance(result, bool):
        return {"done": result}
    if isinstance(result, dict):
        return {str(word): number for word, number in result.items() if isinstance(number, int)}
    return {}


def _row(model, **values):
    """The first row of these values: the third party's tables know no uniqueness."""
    return model.objects.filter(**values).order_by("pk").first() or model.objects.create(**values)


def _save(schedule, now):
    schedule.beat.last_run_at = now  # else its scheduler would make up for moments of the new rule that are over
    schedule.beat.save()
    schedule.since = now
    schedule.save(update_fields=["since", "updated_at"])
