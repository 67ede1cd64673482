"""For the machines that watch the machine: is the process up, and can it do its work."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from incubator.base import triggers
from incubator.base.paging import capped_count
from incubator.base.policies import public
from incubator.jobs.models import Heartbeat, Job, JobState
from incubator.notifications.models import Delivery

logger = logging.getLogger(__name__)

WORKER_SEEN_WITHIN = timedelta(minutes=2)
BROKER_TIMEOUT = 2

# Once all migrations were applied they stay so for the life of this process; only "not yet" is asked again.
_migrated = False


def check_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def check_migrations():
    global _migrated  # noqa: PLW0603 - see above
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def check_guards():
    """The database still refuses what only its triggers refuse; which are missing is told to the log."""
    lacking = triggers.missing(connection.alias)
    if lacking:
        logger.warning("readyz: triggers are missing, run migrate: %s", ", ".join(lacking))
    return not lacking


def check_broker():
    """A real broker answers. The in-memory one is part of the worker's process and needs no asking."""
    if settings.CELERY_EMBEDDED:
        return True
    import redis  # noqa: PLC0415 - only where there is one

    client = redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=BROKER_TIMEOUT, socket_timeout=BROKER_TIMEOUT
    )
    try:
        return bool(client.ping())
    finally:
        client.close()


def check_worker():
    """A worker reported within two minutes, or one is in the middle of a long job."""
    now = timezone.now()
    return (
        Heartbeat.objects.since(now - WORKER_SEEN_WITHIN).exists()
        or Job.objects.filter(state=JobState.RUNNING, lease_until__gte=now).exists()
    )


CHECKS = {
    "database": check_database,
    "migrations": check_migrations,
    "guards": check_guards,
    "broker": check_broker,
    "worker": check_worker,
}


def run_checks():
    """{name: whether it is well}. What went wrong is told to the log, not to whoever asks."""
    results = {}
    for name, check in CHECKS.items():
        try:
            results[name] = check()
        except Exception as error:
            logger.warning("readyz: %s: %s", name, type(error).__name__)
            results[name] = False
    return results


def count_given_up():
    """What a person has to look at: it makes no process unready, and is counted to 1,000 at most."""
    jobs = Job.objects.filter(state=JobState.DEAD).exclude(name__startswith="notifications.")
    return {"jobs": capped_count(jobs)[0], "deliveries": capped_count(Delivery.objects.dead())[0]}


@method_decorator(login_not_required, name="dispatch")
class HealthView(View):
    policy = staticmethod(public)

    def get(self, request):
        return HttpResponse("ok\n", content_type="text/plain")


@method_decorator(login_not_required, name="dispatch")
class ReadyView(View):
    policy = staticmethod(public)

    def get(self, request):
        checks = run_checks()
        ready = all(checks.values())
        given_up = count_given_up() if checks["database"] and checks["migrations"] else {}
        answer = JsonResponse({"ready": ready, "checks": checks, "given_up": given_up}, status=200 if ready else 503)
        answer.headers["Cache-Control"] = "no-store"
        return answer
