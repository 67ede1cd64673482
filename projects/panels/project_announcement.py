"""What a project has announced to the community, and what it plans and has not; what was announced of a record."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.models import Announcement
from projects.policies.activity import check_view_activity
from projects.policies.announcement import check_file_announcement, check_view_announcement
from projects.policies.project import check_view_project
from projects.services.announcement import badges_of
from projects.services.story import story_of

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
        story = story_of(thing)
        seen = [
            item
            for item in story.announcements
            if item.organization_id == thing.organization_id and verdict(check_view_announcement, user, item)
        ]
        announced = badges_of(story.announcements, now)
        plans = [
            plan
            for plan in story.plans
            if not plan.cancelled_at and today < plan.planned_on <= today + AHEAD and plan.pk not in announced
        ]
        return {
            "rows": [{"item": item, "shown": item.shown(now)} for item in seen[:MOST]],
            "plans": plans[:MOST],
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
