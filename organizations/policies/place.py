"""Who keeps the list of grids, housing estates and buildings of a community."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from organizations.policies.community import check_view_community

PLACE_KEEPERS = (Role.COMMUNITY_STAFF, Role.STREET_STAFF)


def check_add_place(user, community):
    check_view_community(user, community)
    if not user.access.covers(community, *PLACE_KEEPERS):
        raise PermissionDenied(_("The community keeps this list, or its street for it."))


def check_rename_place(user, place):
    check_add_place(user, place.community)


def check_retire_place(user, place):
    check_add_place(user, place.community)


def check_restore_place(user, place):
    check_add_place(user, place.community)
