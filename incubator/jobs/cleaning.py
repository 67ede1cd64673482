"""Keeping the tables of background work small: set by set, each in its own transaction, so that nobody waits for it."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from incubator.base.months import add_months
from incubator.jobs.models import Job, Schedule, ScheduleRun

BATCH = 2000


def clear_away(*, now):
    """Delete jobs done longer ago than JOBS_KEPT_DAYS and runs older than RUNS_KEPT_MONTHS; {"jobs", "runs"}: how many.

    A job's key guards against doing it twice only while its row is there, hence the many days: nothing asks for the
    same job again after longer. Jobs that gave up, the last run of each schedule and runs that gave up or go on stay.
    """
    jobs = Job.objects.done_before(now - timedelta(days=settings.JOBS_KEPT_DAYS))
    before = add_months(timezone.localtime(now), -settings.RUNS_KEPT_MONTHS)
    latest = set(Schedule.objects.with_last_run().values_list("last_run_id", flat=True)) - {None}
    runs = ScheduleRun.objects.filter(state="done", due_at__lt=before).exclude(pk__in=latest)
    return {"jobs": _delete(jobs.order_by("finished_at")), "runs": _delete(runs.order_by("due_at", "pk"))}


def _delete(rows):
    deleted = 0
    while batch := list(rows.values_list("pk", flat=True)[:BATCH]):
        deleted += rows.model.objects.filter(pk__in=batch).delete()[0]
    return deleted
