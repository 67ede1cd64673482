"""Members are named to those who serve them; everybody else who sees the organization sees how many there are."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organizations.policies.organization import check_view_organization, leads, supervises_place
from organizations.querysets import NAME_READERS


def check_list_memberships(user, organization=None):
    """The tab itself: whoever sees the organization; names on it are asked about by :func:`check_see_names`."""
    check_view_organization(user, organization)


def check_see_names(user, organization):
    """The same rule as ``Membership.objects.visible_to``; a test holds them against each other."""
    check_view_organization(user, organization)
    community = organization.community
    if not (
        leads(user, organization) or user.access.covers(community, *NAME_READERS) or supervises_place(user, community)
    ):
        raise PermissionDenied(
            _(
                "Names are shown to those who serve these people: the organization's leader, its social workers and "
                "their supervisor, the community and the service centre. You see how many there are."
            )
        )


def check_view_membership(user, membership):
    check_see_names(user, membership.organization)


def check_add_membership(user, organization):
    check_see_names(user, organization)
    if organization.state == "dissolved":
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    if not leads(user, organization) and not user.access.covers(organization.community, *NAME_READERS):
        raise PermissionDenied(
            _("The list of members is kept by the leader, the social worker, the community and the service centre.")
        )


def check_update_membership(user, membership):
    check_add_membership(user, membership.organization)
    if membership.left_on is not None:
        raise PermissionDenied(
            _("This person has left; the entry is kept as it was. Add them again if they came back.")
        )


def check_appoint_membership(user, membership):
    check_update_membership(user, membership)


def check_end_membership(user, membership):
    check_update_membership(user, membership)


def check_export_memberships(user, organization):
    check_see_names(user, organization)
