"""What projects show on the pages of organizations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.models import Activity, IncubationProject
from projects.policies.activity import check_log_activity, check_view_activities_of
from projects.policies.project import check_open_project


@panels.register
class OrganizationActivities(Panel):
    code = "organization-activities"
    target = "organizations.socialorganization"
    label = _("Project and activities")
    template = "projects/panels/organization_activities.html"
    policy = staticmethod(check_view_activities_of)
    order = 20

    @classmethod
    def context(cls, user, thing):
        activities = Activity.objects.visible_to(user, drafts=False).filter(organization=thing)
        return {
            "organization": thing,
            "project": IncubationProject.objects.visible_to(user).running().filter(organization=thing).first(),
            "activities": activities.select_related("recorded_by").order_by("-starts_at", "-pk")[:5],
            "all_url": f"{reverse('projects:activity-list')}?organization={thing.uuid}",
            "log_url": f"{reverse('projects:activity-create')}?organization={thing.uuid}",
            "open_url": f"{reverse('projects:project-create')}?organization={thing.uuid}",
            "may_log": verdict(check_log_activity, user, thing),
            "may_open": verdict(check_open_project, user, thing),
        }
