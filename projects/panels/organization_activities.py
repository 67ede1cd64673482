"""What projects show on the pages of organizations: a panel, and the activity records of the dossier."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from organizations.registries import DossierEntry, DossierSource, dossier_sources
from projects.models import Activity, IncubationProject
from projects.policies.activity import check_log_activity, check_view_activities_of
from projects.policies.project import check_open_project

DOSSIER_ENTRIES = 100


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
        activities = Activity.objects.visible_to(user, drafts=False).serving(thing)
        return {
            "organization": thing,
            "project": IncubationProject.objects.visible_to(user).running().filter(organization=thing).first(),
            "activities": activities.select_related("recorded_by", "organization").order_by("-starts_at", "-pk")[:5],
            "all_url": f"{reverse('projects:activity-list')}?organization={thing.uuid}",
            "log_url": f"{reverse('projects:activity-create')}?organization={thing.uuid}",
            "open_url": f"{reverse('projects:project-create')}?organization={thing.uuid}",
            "may_log": verdict(check_log_activity, user, thing),
            "may_open": verdict(check_open_project, user, thing),
        }


@dossier_sources.register
class ActivityRecords(DossierSource):
    """活动记录 of 一组织一档: what was recorded needs no second paper."""

    code = "activity_records"
    label = _("records of activities")
    policy = staticmethod(check_view_activities_of)

    @classmethod
    def entries(cls, organization):
        found = Activity.objects.counted().serving(organization).order_by("-starts_at", "-pk")
        return [
            DossierEntry(title=str(item), url=item.get_absolute_url(), on=timezone.localdate(item.starts_at))
            for item in found[:DOSSIER_ENTRIES]
        ]

    @classmethod
    def present_for(cls, organizations):
        return {"": Activity.objects.counted().organizations_served(organizations)}
