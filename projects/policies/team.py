"""Who may say who works on a project. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from projects.choices import TeamRole
from projects.policies.project import check_view_project, demand_running, guides_project


def _check_team(user, project):
    signed_in(user)
    if project is None:
        return
    check_view_project(user, project)
    if user.pk != project.lead_id and not guides_project(user, project):
        raise PermissionDenied(_("The lead worker, the supervisor or the service centre says who works here."))
    demand_running(project)


def check_add_project_worker(user, project=None):
    _check_team(user, project)


def check_end_project_worker(user, row=None):
    if row is None:
        signed_in(user)
        return
    _check_team(user, row.project)
    if row.until_on is not None:
        raise PermissionDenied(_("This person's work on the project has ended already."))
    if row.role == TeamRole.LEAD:
        raise PermissionDenied(_("The lead worker hands the project over to somebody else."))


def check_hand_over_project(user, project=None):
    _check_team(user, project)
