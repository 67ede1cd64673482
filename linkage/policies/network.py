"""Who sees support networks. They are read off casework, so whoever reads the activities reads them; other
organizations are named only to whom they are visible."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from projects.policies.activity import check_view_activities_of
from projects.policies.project import check_view_project
from projects.querysets.reach import CASE_READERS, case_places

PLACES = (Level.STREET, Level.COMMUNITY)


def check_view_organization_network(user, organization=None):
    signed_in(user)
    if organization is not None:
        check_view_activities_of(user, organization)


def check_view_place_network(user):
    signed_in(user)
    if not user.access.has(*CASE_READERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("The network of a place is read by those who accompany its organizations."))


def check_view_project_change(user, project=None):
    """What changed for the project's organization: read by whoever reads the project and the organization's records."""
    check_view_project(user, project)
    if project is not None:
        check_view_activities_of(user, project.organization)


def network_places(user):
    """Streets and communities whose network the person reads, in the order of their codes."""
    here = Division.objects.current().within(case_places(user)).filter(level__in=PLACES)
    return here.order_by("code")
