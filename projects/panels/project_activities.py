"""The latest activities that served the project."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.models import Activity
from projects.policies.activity import check_log_activity
from projects.policies.project import check_view_project

LATEST = 8


@panels.register
class ProjectActivities(Panel):
    code = "project-activities"
    target = "projects.incubationproject"
    label = _("Latest activities")
    template = "projects/panels/project_activities.html"
    policy = staticmethod(check_view_project)
    order = 40

    @classmethod
    def context(cls, user, thing):
        served = Activity.objects.visible_to(user, drafts=False).serving_project(thing)
        listed = reverse("projects:activity-list")
        return {
            "project": thing,
            "activities": served.select_related("recorded_by", "organization").order_by("-starts_at", "-pk")[:LATEST],
            "number": Activity.objects.counted().serving_project(thing).count(),
            "all_url": f"{listed}?project={thing.uuid}",
            "counted_url": f"{listed}?project={thing.uuid}&status=counted",
            "log_url": f"{reverse('projects:activity-create')}?organization={thing.organization.uuid}",
            "may_log": verdict(check_log_activity, user, thing.organization),
        }
