"""Who may do what with needs, objectives and planned activities. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from projects.policies.project import check_update_project, check_view_project


def check_view_plan(user, project=None):
    """Who reads the project reads its plan."""
    check_view_project(user, project)


def check_change_plan(user, project=None):
    """The lead worker, the team, the supervisor and the service centre; while the project runs."""
    check_update_project(user, project)


def check_change_need(user, need=None):
    check_change_plan(user, need and need.project)


def check_change_objective(user, objective=None):
    if objective is None:
        signed_in(user)
        return
    check_change_plan(user, objective.project)
    if objective.dropped_at:
        raise PermissionDenied(_("This objective was dropped; it stays as it is."))


def check_change_indicator(user, indicator=None):
    check_change_objective(user, indicator and indicator.objective)


def check_measure_indicator(user, indicator=None):
    check_change_indicator(user, indicator)
    if indicator and indicator.unit != "own":
        raise PermissionDenied(_("This indicator is counted from the activities; nobody types it."))


def check_change_planned(user, planned=None):
    if planned is None:
        signed_in(user)
        return
    check_change_plan(user, planned.project)
    if planned.cancelled_at:
        raise PermissionDenied(_("This planned activity was cancelled."))
