"""On the project's page: 社工退出计划, with its ticks."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.policies.agreement import check_update_exit_plan
from projects.policies.project import check_view_project
from projects.services.story import story_of

SHOWN = 100


@panels.register
class ProjectExitPanel(Panel):
    code = "project-exit"
    target = "projects.incubationproject"
    label = _("The social worker's exit plan")
    template = "projects/panels/project_exit.html"
    policy = staticmethod(check_view_project)
    order = 60

    @classmethod
    def context(cls, user, thing):
        steps = story_of(thing).exit_steps[:SHOWN]
        return {
            "project": thing,
            "steps": steps,
            "done": sum(step.done_on is not None for step in steps),
            "today": timezone.localdate(),
            "may_change": verdict(check_update_exit_plan, user, thing),
        }
