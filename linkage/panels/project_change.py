"""On the project's page: the way to the four things of study 001 before the project and at its end, or so far. The
picture comes when somebody scrolls to it, since its queries are for those alone who look."""

from django.utils.translation import gettext_lazy

from incubator.base.panels import Panel, panels
from linkage.policies.network import check_view_project_change


@panels.register
class ProjectChangePanel(Panel):
    code = "project-change"
    target = "projects.incubationproject"
    label = gettext_lazy("Before and after")
    template = "linkage/panels/project_change.html"
    policy = staticmethod(check_view_project_change)
    order = 47

    @classmethod
    def context(cls, user, thing):
        return {"project": thing}
