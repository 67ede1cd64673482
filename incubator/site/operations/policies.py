from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from incubator.jobs.models import JobState


def check_list_jobs(user, thing=None):
    signed_in(user)
    if not user.access.is_platform_admin:
        raise PermissionDenied(_("Background jobs are for platform admins."))


def check_retry_job(user, job):
    check_list_jobs(user)
    if job.state != JobState.DEAD:
        raise PermissionDenied(_("Only a job that gave up can be started again."))
