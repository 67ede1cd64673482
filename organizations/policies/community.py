"""Who may do what with a community's page. A community is a division; what is known beyond its code is its profile."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.base.policies import signed_in
from organizations.models import SocialOrganization
from organizations.policies.organization import supervises_place
from organizations.querysets import COMMUNITY_READERS

# Roles that write down what is known of a community.
PROFILE_KEEPERS = (Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.SOCIAL_WORKER, Role.HUB_CENTER, Role.DISTRICT_ADMIN)


def check_list_communities(user):
    signed_in(user)


def check_view_community(user, community=None):
    """The same rule as ``communities_visible_to``; a test holds them against each other."""
    signed_in(user)
    if community is None or user.access.is_platform_admin or user.access.covers(community, *COMMUNITY_READERS):
        return
    own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    if own and SocialOrganization.objects.filter(uuid__in=own, community=community).exists():
        return
    if not supervises_place(user, community):
        raise PermissionDenied(_("You have no role in this community."))


def check_update_community(user, community):
    check_view_community(user, community)
    if not user.access.covers(community, *PROFILE_KEEPERS):
        raise PermissionDenied(_("The community, its street or its social worker may change this."))
