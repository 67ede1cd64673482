from django.urls import reverse
from django.utils.translation import gettext as _

from incubator.base.paging import capped_count
from incubator.jobs.models import Job, JobState, ScheduleRun
from incubator.notifications.models import Delivery


def operations_tabs(user, current):
    """The sides of background work, each with how many gave up."""
    dead_jobs = Job.objects.visible_to(user).filter(state=JobState.DEAD).exclude(name__startswith="notifications.")
    tabs = (
        ("schedules", _("Schedules"), reverse("jobs:schedule-list"), None),
        ("runs", _("Runs"), reverse("jobs:run-list"), ScheduleRun.objects.visible_to(user).failed()),
        ("jobs", _("Background jobs"), reverse("jobs:job-list"), dead_jobs),
        ("deliveries", _("Not delivered"), reverse("jobs:delivery-list"), Delivery.objects.visible_to(user).dead()),
    )
    return [
        {
            "label": label,
            "url": url,
            "count": None if rows is None else capped_count(rows)[0] or None,
            "current": name == current,
        }
        for name, label, url, rows in tabs
    ]
