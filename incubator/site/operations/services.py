"""What an operator does to background work. It stands in ``site`` because jobs lie below the audit that records it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import Conflict
from incubator.jobs.models import Job, JobState
from incubator.jobs.services import revive


@transaction.atomic
def retry_job(*, job_id, actor):
    """Start a job that gave up again: three new tries from now, one audit event. Raises Conflict for any other job."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.state != JobState.DEAD:
        raise Conflict(_("This job was started again already."))
    error = job.error
    revive(job, now=timezone.now())
    audit.record("job.retried", target=job, actor=actor, data={"name": job.name, "error": error})
    return job
