"""The latest activities that served the project."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.policies.activity import check_log_activity
from projects.policies.project import check_view_project
from projects.services.story import story_of

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
        story = story_of(thing)
        listed = reverse("projects:activity-list")
        return {
            "project": thing,
            "activities": story.latest(user)[:LATEST],
            "number": len(story.activities),
            "all_url": f"{listed}?project={thing.uuid}",
            "counted_url": f"{listed}?project={thing.uuid}&status=counted",
            "log_url": f"{reverse('projects:activity-create')}?organization={thing.organization.uuid}",
            "may_log": verdict(check_log_activity, user, thing.organization),
        }
