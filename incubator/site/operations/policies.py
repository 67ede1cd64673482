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


def check_list_schedules(user, thing=None):
    check_list_jobs(user)


def check_update_schedule(user, schedule=None):
    check_list_jobs(user)


def check_run_schedule(user, schedule=None):
    check_list_jobs(user)
    if schedule and schedule.periodic is None:
        raise PermissionDenied(_("What this schedule ran is no more part of the platform."))


def check_switch_on_schedule(user, schedule=None):
    check_list_jobs(user)
    if schedule and schedule.beat.enabled:
        raise PermissionDenied(_("It is switched on already."))


def check_switch_off_schedule(user, schedule=None):
    check_list_jobs(user)
    if schedule and not schedule.beat.enabled:
        raise PermissionDenied(_("It is switched off already."))
