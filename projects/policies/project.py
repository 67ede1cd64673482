"""Who may do what with incubation projects. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.querysets import CASE_READERS, OPENERS

# Offices that may end a project before its time; besides them the supervisors.
TERMINATORS = (Role.STREET_STAFF, Role.HUB_CENTER)


def check_list_projects(user):
    signed_in(user)


def check_view_project(user, project=None):
    """The same rule as ``IncubationProject.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if project is None or leads(user, project.organization):
        return
    if user.access.covers(project.community, *CASE_READERS) or supervises_place(user, project.community):
        return
    own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    if not own or not own & project.partner_uuids:
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


def guides_project(user, project):
    """Whether the person looks after the work of others in the project's place: supervisors and the service centre."""
    return user.access.covers(project.community, Role.HUB_CENTER) or supervises_place(user, project.community)


def demand_running(project):
    if not project.is_running:
        raise PermissionDenied(_("The project is over; its file is closed."))


def check_update_project(user, project=None):
    """The lead worker, the team, the supervisor and the service centre; while it runs."""
    signed_in(user)
    if project is None:
        return
    check_view_project(user, project)
    if user.pk not in project.team_ids and not guides_project(user, project):
        raise PermissionDenied(_("The project's team, its supervisor or the service centre may change this."))
    demand_running(project)


def check_terminate_project(user, project=None):
    """Ending before time is nothing that the team decides alone."""
    signed_in(user)
    if project is None:
        return
    check_view_project(user, project)
    may = user.access.covers(project.community, *TERMINATORS) or supervises_place(user, project.community)
    if not may:
        raise PermissionDenied(
            _("A project is ended early by the supervisor, the service centre or the street office. Please ask them.")
        )
    demand_running(project)
