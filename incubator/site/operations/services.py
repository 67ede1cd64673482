"""What an operator does to background work. It stands in ``site`` because jobs lie below the audit that records it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import Conflict
from incubator.jobs import schedules
from incubator.jobs.models import Job, JobState, Schedule
from incubator.jobs.services import revive


@transaction.atomic
def retry_job(*, job_id, actor):
    """Start a job that gave up again: three new tries from now, also in the log of runs, one audit event. Raises
    Conflict for any other job."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.state != JobState.DEAD:
        raise Conflict(_("This job was started again already."))
    error = job.error
    revive(job, now=timezone.now())
    schedules.note(job, state=JobState.QUEUED, ended_at=None, attempts=0)
    audit.record("job.retried", target=job, actor=actor, data={"name": job.name, "error": error})
    return job


@transaction.atomic
def update_schedule(*, schedule_id, actor, edition="", **rule):
    """Change when it runs, from now on; ``rule`` as incubator.jobs.schedules.rule takes it. Raises StaleEdition. Writes
    one audit event unless nothing changed."""
    schedule = _locked(schedule_id)
    schedule.check_edition(edition)
    before = str(schedule.beat.scheduler)
    schedules.set_rule(schedule, now=timezone.now(), **rule)
    after = str(schedule.beat.scheduler)
    if after != before:
        audit.record("schedule.changed", target=schedule, actor=actor, data={"changes": {"beat": [before, after]}})
    return schedule


@transaction.atomic
def switch_schedule(*, schedule_id, on, actor):
    """Switch it on or off; one audit event, none when it was so already."""
    schedule = _locked(schedule_id)
    if schedule.beat.enabled != on:
        schedules.switch(schedule, on=on, now=timezone.now())
        audit.record("schedule.switched_on" if on else "schedule.switched_off", target=schedule, actor=actor)
    return schedule


@transaction.atomic
def run_schedule(*, schedule_id, actor):
    """Start it now, besides its times; one audit event. Raises Conflict while a run of it waits or goes on."""
    schedule = _locked(schedule_id)
    run = schedules.start_by_hand(schedule, now=timezone.now())
    audit.record("schedule.started", target=schedule, actor=actor)
    return run


def _locked(schedule_id):
    locked = Schedule.objects.with_beat().select_for_update(of=("self",))
    return locked.get(pk=schedule_id)
