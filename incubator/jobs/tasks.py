"""What Celery calls. The tasks only look into the Job table; a lost or doubled message changes nothing."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.celery import app
from incubator.jobs import cleaning, runner, schedules
from incubator.jobs.registries import daily_job


@app.task(name="jobs.sweep", bind=True, ignore_result=True)
def sweep(self):
    """Every second: say that a worker lives, do what is due."""
    runner.beat(self.request.hostname or "worker", now=timezone.now())
    runner.run_due()


@app.task(name="jobs.start_due", ignore_result=True)
def start_due():
    """Every few seconds: what came due by the schedules and was not started yet, whatever became of its message."""
    schedules.start_due(now=timezone.now())


@app.task(name=schedules.TASK, ignore_result=True)
def start(name):
    """At the schedule's time, told by ``celery beat``."""
    schedules.start_due(now=timezone.now(), names=[name])


@app.task(name="jobs.run", ignore_result=True)
def run(job_id):
    """At once, when a job was just written and the broker is a real one."""
    runner.run_one(job_id)


@daily_job(
    "jobs.clear_away",
    label=_("Clear away old background work"),
    text=_("Removes jobs that were done long ago, and old lines of the log of runs. What gave up stays."),
    words={"jobs": _("jobs deleted"), "runs": _("lines deleted")},
    at="03:15", atomic=False, lease=timedelta(minutes=30),
)  # fmt: skip
def clear_away(day):
    return cleaning.clear_away(now=timezone.now())
