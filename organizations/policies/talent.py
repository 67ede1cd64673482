"""能人库: seen and kept by those who serve the people in it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import supervises_place
from organizations.querysets import NAME_READERS


def check_list_talents(user, thing=None):
    signed_in(user)
    if not user.access.has(*NAME_READERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(
            _(
                "The list of talents is shown to those who serve these people: social workers and their supervisor, "
                "the community and the service centre."
            )
        )


def check_view_talent(user, talent):
    """The same rule as ``Talent.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if not user.access.covers(talent.community, *NAME_READERS) and not supervises_place(user, talent.community):
        raise PermissionDenied(_("This person lives in a place that you have no role in."))


def check_add_talent(user, community=None):
    """``community`` None: whether there is any place at all in which the person may."""
    check_list_talents(user)
    if not user.access.has(*NAME_READERS):
        raise PermissionDenied(
            _("The list of talents is kept by social workers, the community and the service centre.")
        )
    if community is not None and not user.access.covers(community, *NAME_READERS):
        raise PermissionDenied(_("You have no role in this community."))


def check_update_talent(user, talent):
    check_view_talent(user, talent)
    check_add_talent(user, talent.community)


def check_move_talent(user, talent):
    check_update_talent(user, talent)
    if not talent.is_active:
        raise PermissionDenied(_("This person is not on the list any more. Put them back on the list first."))
