"""A claim lives as long as its worker: short, and renewed from a thread beside the work.

So the work of a killed worker is redone within a minute, and work that takes long is not given to a second one. A try
that takes longer than its handler's ``lease`` is not renewed any more: something hangs.
"""

import contextlib
import logging
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from incubator.jobs.models import Job, JobState

logger = logging.getLogger(__name__)

RENEWALS = 4  # of one claim within its length: three may fail

_lock = threading.Lock()
_held = {}  # job's key in the table: (attempt, monotonic time at which it is not renewed any more)
_keeper = None


def length():
    """How long a claim holds that nobody renews."""
    return timedelta(seconds=settings.JOBS_CLAIM_SECONDS)


def first(lease):
    """The length of a new claim on a job whose try may take ``lease``."""
    return min(length(), lease)


@contextlib.contextmanager
def held(job, lease):
    """Renew the claim on ``job`` until the block ends or ``lease`` is over."""
    with _lock:
        _held[job.pk] = (job.attempts, time.monotonic() + lease.total_seconds())
        _start_keeper()
    try:
        yield
    finally:
        with _lock:
            _held.pop(job.pk, None)


def renew(*, now):
    """Write the claims that this process holds anew; returns how many were still its own."""
    moment, renewed = time.monotonic(), 0
    with _lock:
        mine = {pk: (attempt, end) for pk, (attempt, end) in _held.items() if end > moment}
    for pk, (attempt, end) in mine.items():
        until = now + min(length(), timedelta(seconds=end - moment))
        claim = Job.objects.filter(pk=pk, state=JobState.RUNNING, attempts=attempt)
        renewed += claim.update(lease_until=until, updated_at=now)
    return renewed


def _start_keeper():
    global _keeper  # noqa: PLW0603 - one thread per process
    if _keeper is None or not _keeper.is_alive():
        _keeper = threading.Thread(target=_keep, name="lease keeper", daemon=True)
        _keeper.start()


def _keep():
    pause = length().total_seconds() / RENEWALS
    while True:
        time.sleep(pause)
        if not _held:
            continue
        try:
            renew(now=timezone.now())
        except Exception as error:
            # The next turn tries again; if none succeeds the work is redone, which it is made for.
            logger.warning("claims could not be renewed (%s)", type(error).__name__)
        finally:
            connection.close()
