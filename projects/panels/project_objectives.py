"""Objectives and how far they are, on the project's page."""

from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.policies.plan import check_change_plan
from projects.policies.project import check_view_project
from projects.services.progress import objectives_with_progress

TARGET = "projects.incubationproject"


@panels.register
class ProjectObjectives(Panel):
    code = "project-objectives"
    target = TARGET
    label = _("Objectives and progress")
    template = "projects/panels/project_objectives.html"
    policy = staticmethod(check_view_project)
    order = 20

    @classmethod
    def context(cls, user, thing):
        objectives = [item for item in objectives_with_progress(thing) if not item.dropped_at]
        return {
            "project": thing,
            "objectives": objectives,
            "may_change": verdict(check_change_plan, user, thing),
        }
