"""Asking for work. ``enqueue`` writes a row in the caller's transaction; ``incubator.jobs.runner`` executes it."""

import logging
import time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from incubator.jobs.models import Job, JobState
from incubator.jobs.registries import get_handler

logger = logging.getLogger(__name__)

# A broker that does not answer is left alone for a while: the sweep finds the job anyway, only some seconds later.
SILENCE = 30
_silent_until = 0.0


def enqueue(name, *, key, run_at=None, **arguments):
    """Make the job ``name`` due at ``run_at`` (default: now), once per ``key``; returns the Job, new or already there.

    Raises LookupError for a name that no handler has. ``arguments`` are JSON-able ids. With a real broker a worker is
    woken when the caller's transaction is through; without one the sweep finds the row within a second.
    """
    get_handler(name)
    now = timezone.now()
    asked_for, is_new = Job.objects.get_or_create(
        key=f"{name}:{key}", defaults={"name": name, "arguments": arguments, "run_at": run_at or now}
    )
    if is_new and asked_for.run_at <= now and not settings.CELERY_EMBEDDED:
        transaction.on_commit(lambda: wake(asked_for.pk), robust=True)
    return asked_for


def wake(job_id):
    """Tell a worker about the job now. Returns whether the broker took the message; never raises."""
    global _silent_until  # noqa: PLW0603 - one switch per process
    if time.monotonic() < _silent_until:
        return False
    from incubator.celery import app  # noqa: PLC0415 - only processes with a broker need Celery here

    try:
        app.send_task("jobs.run", args=[job_id], retry=False, ignore_result=True)
    except Exception as error:
        _silent_until = time.monotonic() + SILENCE
        logger.warning("the broker does not answer (%s); the sweep will find job %s", type(error).__name__, job_id)
        return False
    return True


def revive(job, *, now):
    """Give a job that gave up all its tries anew, from now. ``job`` is locked and dead; the caller audits."""
    job.state, job.attempts, job.run_at, job.finished_at = JobState.QUEUED, 0, now, None
    job.save(update_fields=["state", "attempts", "run_at", "finished_at", "updated_at"])


def enqueue_many(name, rows, *, run_at=None):
    """The same for many at once, in one query for a thousand: ``rows`` are (key, arguments) or (key, arguments, run_at).
    Those that were asked for already stay. No worker is woken: the sweep finds them."""
    get_handler(name)
    run_at = run_at or timezone.now()
    asked = [
        Job(key=f"{name}:{key}", name=name, arguments=arguments, run_at=at[0] if at else run_at)
        for key, arguments, *at in rows
    ]
    Job.objects.bulk_create(asked, ignore_conflicts=True, batch_size=1000)
