"""Who works on the project, today and before, and the organizations in it."""

from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.choices import TeamRole
from projects.policies.project import check_view_project
from projects.policies.team import check_add_project_worker, check_end_project_worker, check_hand_over_project

IN_ORDER = [TeamRole.LEAD, TeamRole.MEMBER, TeamRole.SUPERVISOR]


@panels.register
class ProjectTeam(Panel):
    code = "project-team"
    target = "projects.incubationproject"
    label = _("People")
    template = "projects/panels/project_team.html"
    policy = staticmethod(check_view_project)
    order = 70
    column = "side"

    @classmethod
    def context(cls, user, thing):
        rows = list(thing.team.all())
        for row in rows:
            row.project = thing
            row.may_end = verdict(check_end_project_worker, user, row)
        current = sorted(
            (row for row in rows if row.until_on is None),
            key=lambda row: (IN_ORDER.index(row.role), row.from_on, row.pk),
        )
        return {
            "project": thing,
            "current": current,
            "has_lead_row": any(row.role == TeamRole.LEAD for row in current),
            "former": [row for row in reversed(rows) if row.until_on is not None],
            "may_add": verdict(check_add_project_worker, user, thing),
            "may_hand_over": verdict(check_hand_over_project, user, thing),
        }
