"""Who may do what with incubation projects. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.choices import ProjectStage
from projects.querysets import CASE_READERS, OPENERS


def check_list_projects(user):
    signed_in(user)


def check_view_project(user, project=None):
    """The same rule as ``IncubationProject.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if project is None or leads(user, project.organization):
        return
    if not user.access.covers(project.community, *CASE_READERS) and not supervises_place(user, project.community):
        raise PermissionDenied(_("This project is in a place that you have no role in."))


def check_open_project(user, organization=None):
    """``organization`` None: whether the person may open projects anywhere."""
    signed_in(user)
    if not user.access.has(*OPENERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Projects are opened by social workers, their supervisors and service centres."))
    if organization is None:
        return
    if organization.state == "dissolved":
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    place = organization.community
    if not user.access.covers(place, *OPENERS) and not supervises_place(user, place):
        raise PermissionDenied(_("You have no role in this community. Please ask its street office."))


def check_update_project(user, project=None):
    signed_in(user)
    if project is None:
        return
    check_view_project(user, project)
    place = project.community
    if not user.access.covers(place, *OPENERS) and not supervises_place(user, place):
        raise PermissionDenied(_("The social worker, the supervisor or the service centre may change this."))
    if project.stage in (ProjectStage.CLOSED, ProjectStage.TERMINATED):
        raise PermissionDenied(_("The project is over; its file is closed."))
