"""Who may do what with organizations. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.base.policies import signed_in
from organizations.querysets import AREA_READERS, served_divisions

# Roles on a place that keep the organizations there: register, change, take on filings for them.
KEEPERS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)


def leads(user, organization):
    """Whether the person is a leader of the organization."""
    return organization.uuid in user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)


def supervises_place(user, division):
    return any(area.contains(division) for area in served_divisions(user))


def check_list_organizations(user):
    signed_in(user)


def check_view_organization(user, organization=None):
    """The same rule as ``SocialOrganization.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if organization is None or user.access.is_platform_admin or leads(user, organization):
        return
    community = organization.community
    if not user.access.covers(community, *AREA_READERS) and not supervises_place(user, community):
        raise PermissionDenied(_("This organization is in a place that you have no role in."))


def check_register_organization(user, community=None):
    """``community`` None: whether there is any place at all in which the person may."""
    signed_in(user)
    if not user.access.has(*KEEPERS):
        raise PermissionDenied(_("Organizations are registered by social workers, communities, streets and centres."))
    if community is not None and not user.access.covers(community, *KEEPERS):
        raise PermissionDenied(_("You have no role in this community. Please ask its street office."))


def check_update_organization(user, organization):
    check_view_organization(user, organization)
    if organization.state == "dissolved":
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    if not leads(user, organization) and not user.access.covers(organization.community, *KEEPERS):
        raise PermissionDenied(_("The organization's leader, its social worker, community or street may change this."))
