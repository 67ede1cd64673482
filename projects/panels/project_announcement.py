"""What a project has announced to the community, and what it plans and has not; what was announced of a record."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.models import ActivityPlan, Announcement
from projects.policies.activity import check_view_activity
from projects.policies.announcement import check_file_announcement
from projects.policies.project import check_view_project

MOST = 8
AHEAD = datetime.timedelta(days=31)


@panels.register
class ProjectAnnouncement(Panel):
    code = "project-announcement"
    target = "projects.incubationproject"
    label = _("Announcements to the community")
    template = "projects/panels/announcements.html"
    policy = staticmethod(check_view_project)
    order = 60

    @classmethod
    def context(cls, user, thing):
        now, today = timezone.now(), timezone.localdate()
        rows = Announcement.objects.visible_to(user).filter(organization=thing.organization)
        announced = Announcement.objects.filter(plan__isnull=False).exclude(status="withdrawn").values("plan_id")
        plans = ActivityPlan.objects.visible_to(user).in_force().filter(project=thing, planned_on__gt=today)
        plans = plans.filter(planned_on__lte=today + AHEAD).exclude(pk__in=announced)
        return {
            "rows": [{"item": item, "shown": item.shown(now)} for item in rows.order_by("-starts_at", "-pk")[:MOST]],
            "plans": plans.order_by("planned_on", "pk")[:MOST],
            "create_url": f"{reverse('projects:announcement-create')}?organization={thing.organization.uuid}",
            "may_file": verdict(check_file_announcement, user, thing.organization),
        }


@panels.register
class ActivityAnnouncement(Panel):
    """Only where something was announced: the badge of a record."""

    code = "activity-announcement"
    target = "projects.activity"
    label = _("Announced to the community")
    template = "projects/panels/activity_announcement.html"
    policy = staticmethod(check_view_activity)
    order = 15

    @classmethod
    def context(cls, user, thing):
        now, known = timezone.now(), Announcement.objects.visible_to(user).filter(activity=thing)
        return {"rows": [{"item": item, "shown": item.shown(now)} for item in known.order_by("pk")[:MOST]]}
