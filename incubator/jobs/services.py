"""Asking for work. ``enqueue`` writes a row in the caller's transaction; ``incubator.jobs.runner`` executes it."""

from django.utils import timezone

from incubator.jobs.models import Job
from incubator.jobs.registries import get_handler


def enqueue(name, *, key, run_at=None, **arguments):
    """Make the job ``name`` due at ``run_at`` (default: now), once per ``key``; returns the Job, new or already there.

    Raises LookupError for a name that no handler has. ``arguments`` are JSON-able ids.
    """
    get_handler(name)
    created, _is_new = Job.objects.get_or_create(
        key=f"{name}:{key}", defaults={"name": name, "arguments": arguments, "run_at": run_at or timezone.now()}
    )
    return created
