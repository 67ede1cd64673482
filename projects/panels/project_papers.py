"""What can be printed from a project."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.reporting.registries import papers
from projects.forms.paper import PaperPeriodForm
from projects.policies.project import check_view_project


@panels.register
class ProjectPapers(Panel):
    code = "project-papers"
    target = "projects.incubationproject"
    label = _("Print as Word")
    template = "projects/panels/project_papers.html"
    policy = staticmethod(check_view_project)
    order = 55

    @classmethod
    def context(cls, user, thing):
        return {
            "project": thing,
            "papers": [
                {"label": paper.label, "url": reverse("projects:project-paper", args=[thing.uuid, paper.code])}
                for paper in papers
                if paper.target == cls.target and paper.code != "activity-table"
            ],
            "table_url": reverse("projects:project-paper", args=[thing.uuid, "activity-table"]),
            "period": PaperPeriodForm(
                initial={"from_on": thing.starts_on, "until_on": thing.closed_on or thing.ends_on}, auto_id="papers-%s"
            ),
            "batch_url": f"{reverse('projects:paper-batch')}?project={thing.uuid}",
        }
