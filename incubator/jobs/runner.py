"""Executing jobs, exactly once as far as the database goes.

A job is claimed by compare-and-swap: one UPDATE that only finds the row while nobody holds it (SQLite has no SKIP
LOCKED). The claim is short and is renewed while its worker lives (incubator.jobs.leases), so that the work of a killed
one is soon redone. Its effect and the change to "done" are one transaction, and that change asks again whether the claim
still holds: a worker that was given up for dead and comes back rolls its effect back.
"""

import logging
import re
from contextlib import nullcontext
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, TextField, Value, When
from django.utils import timezone

from incubator.jobs import leases, schedules
from incubator.jobs.models import Heartbeat, Job, JobState
from incubator.jobs.registries import Handler, HopelessError, LaterError, get_handler

logger = logging.getLogger(__name__)

BATCH = 20
SWEEP_SECONDS = 30
BEAT_SECONDS = 15
FORGET_WORKER = timedelta(days=1)
LOST = "The worker was lost in the middle of the work, at the last try."
SECRETS = re.compile(
    r"(?i)(?<=://)[^/@\s]+(?=@)"
    r"|((?:password|passwd|secret|token|sign|signature|authorization|api_?key|[?&]key)\W{1,4})[^\s&,;'\"]+"
)


class LeaseLostError(Exception):
    """Somebody else was given the job meanwhile; what this try wrote is rolled back."""


def claim(job_id, *, now):
    """Take the job if it is due and free: the Job, or None when somebody was faster or it is not its time."""
    due = Job.objects.due(now).filter(pk=job_id)
    name = due.values_list("name", flat=True).first()
    if name is None:
        return None
    handler = _handler(name)
    taken = due.filter(attempts__lt=handler.tries).update(
        state=JobState.RUNNING,
        lease_until=now + leases.first(handler.lease),
        attempts=F("attempts") + 1,
        updated_at=now,
    )
    if taken:
        job = Job.objects.get(pk=job_id)
        schedules.note(job, state=JobState.RUNNING, started_at=now, attempts=job.attempts)
        return job
    # Only a worker that dies with the job leaves it running after its last try: it would take the next one along. One
    # that waits had more tries in an earlier version; left there, it would be found for ever.
    spent = due.filter(attempts__gte=handler.tries)
    error = Case(When(state=JobState.RUNNING, then=Value(LOST)), default=F("error"), output_field=TextField())
    values = {"state": JobState.DEAD, "lease_until": None, "finished_at": now, "error": error, "updated_at": now}
    with transaction.atomic():
        if spent.update(**values):
            job = Job.objects.get(pk=job_id)
            schedules.note(job, state=JobState.DEAD, ended_at=now, error=job.error)
            _tell_given_up(handler, job)
    return None


def execute(job):
    """Do a claimed job. Returns its state afterwards, or None when the claim was lost on the way. Never raises an
    ordinary error: it is kept with the job, which is tried again after the pauses of its handler (2, then 4 seconds
    unless it says otherwise) and then given up."""
    try:
        handler = get_handler(job.name)
        with leases.held(job, handler.lease), transaction.atomic() if handler.atomic else nullcontext():
            _finish(job, handler.run(**job.arguments))
    except LeaseLostError:
        logger.warning("job %s was given to another worker meanwhile", job.key)
        return None
    except LaterError as later:
        return _wait(job, later.until)
    except Exception as error:
        return _fail(job, error)
    return JobState.DONE


def run_one(job_id):
    """Claim and execute one job; nothing happens when it is not due or taken."""
    job = claim(job_id, now=timezone.now())
    return execute(job) if job else None


def run_due(*, seconds=SWEEP_SECONDS):
    """Execute due jobs, oldest first, until none is left or ``seconds`` have passed; returns how many were done.

    A job that asks to be tried again comes back by a later sweep, never within this one.
    """
    began, done = timezone.now(), 0
    while timezone.now() - began < timedelta(seconds=seconds):
        due = list(Job.objects.due(began).order_by("run_at", "pk").values_list("pk", flat=True)[:BATCH])
        if not due:
            break
        for job_id in due:
            done += run_one(job_id) is not None
    return done


def release_all(*, now):
    """Let every claim run out. Only for the embedded worker: it is alone, so whoever held a claim is no more."""
    return Job.objects.filter(state=JobState.RUNNING).update(lease_until=now - timedelta(seconds=1), updated_at=now)


def beat(name, *, now):
    """Note that the worker ``name`` is alive (a write every 15 seconds at most) and forget those long gone."""
    fresh = Heartbeat.objects.filter(name=name, seen_at__gt=now - timedelta(seconds=BEAT_SECONDS))
    if not fresh.exists():
        Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": now})
        Heartbeat.objects.filter(seen_at__lt=now - FORGET_WORKER).delete()


def error_text(error):
    """What is kept of an error: its kind and first line, without passwords, tokens or a database's values."""
    lines = str(error).strip().splitlines() or [""]
    plain = SECRETS.sub(lambda match: f"{match[1] or ''}•••", lines[0])
    return f"{type(error).__name__}: {plain}"[:500]


def _handler(name):
    """The handler, or for a job whose handler is gone one that fails like any other."""
    try:
        return get_handler(name)
    except LookupError:
        return Handler(name, run=None)


def _held(job):
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


@transaction.atomic
def _finish(job, result):
    now = timezone.now()
    if not _held(job).update(state=JobState.DONE, lease_until=None, finished_at=now, error="", updated_at=now):
        raise LeaseLostError(job.key)
    schedules.note(job, state=JobState.DONE, ended_at=now, error="", counts=schedules.counts_of(result))


def _wait(job, until):
    """Put the job back without counting this as a try."""
    values = {"state": JobState.QUEUED, "run_at": until, "lease_until": None, "attempts": F("attempts") - 1}
    if not _held(job).update(**values, updated_at=timezone.now()):
        return None
    schedules.note(job, state=JobState.QUEUED, started_at=None)
    return JobState.QUEUED


def _fail(job, error):
    now, text, handler = timezone.now(), error_text(error), _handler(job.name)
    values = {"lease_until": None, "error": text, "updated_at": now}
    if job.attempts >= handler.tries or isinstance(error, HopelessError):
        values |= {"state": JobState.DEAD, "finished_at": now}
    else:
        values |= {"state": JobState.QUEUED, "run_at": now + handler.pauses[job.attempts - 1]}
    with transaction.atomic():
        if not _held(job).update(**values):
            return None
        schedules.note(job, state=values["state"], ended_at=values.get("finished_at"), error=text)
        if values["state"] == JobState.DEAD:
            job.error = text
            _tell_given_up(handler, job)
    if isinstance(error, (*handler.retry_on, HopelessError)) or handler.run is None:
        logger.warning("job %s, try %s: %s", job.key, job.attempts, text)
    else:
        logger.error("job %s, try %s: %s", job.key, job.attempts, text, exc_info=error)
    return values["state"]


def _tell_given_up(handler, job):
    if handler.gave_up is not None:
        handler.gave_up(error=job.error, **job.arguments)
