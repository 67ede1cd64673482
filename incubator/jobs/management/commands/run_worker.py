from celery.beat import EmbeddedService
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from incubator.celery import app
from incubator.jobs.runner import release_all


class Command(BaseCommand):
    help = "Worker and scheduler in one process, for the in-memory broker (INCUBATOR_BROKER_URL=memory://)."

    def add_arguments(self, parser):
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (default 2)")

    def handle(self, *, concurrency, **options):
        if not settings.CELERY_EMBEDDED:
            raise CommandError(
                "run_worker is for INCUBATOR_BROKER_URL=memory://. With Redis start "
                "`celery -A incubator worker` and `celery -A incubator beat` (docs/operations.md)."
            )
        release_all(now=timezone.now())
        # The scheduler is a thread: with `worker -B` it would be a process, which the in-memory broker does not reach.
        scheduler = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
        scheduler.start()
        alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        app.worker_main(["-q", "worker", "-P", "threads", "-c", str(concurrency), "-l", "WARNING", *alone])
