"""What Celery calls. The tasks only look into the Job table; a lost or doubled message changes nothing."""

from django.utils import timezone

from incubator.celery import app
from incubator.jobs import runner, services


@app.task(name="jobs.sweep", bind=True, ignore_result=True)
def sweep(self):
    """Every second: say that a worker lives, do what is due."""
    runner.beat(self.request.hostname or "worker", now=timezone.now())
    runner.run_due()


@app.task(name="jobs.daily", ignore_result=True)
def daily():
    """Every minute: the day's work stands in the table from the first minute of the day on."""
    services.enqueue_daily(now=timezone.now())


@app.task(name="jobs.run", ignore_result=True)
def run(job_id):
    """At once, when a job was just written and the broker is a real one."""
    runner.run_one(job_id)
