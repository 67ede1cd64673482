"""Who may make kinds of activities. What a kind asks is no secret: everybody who is signed in may read it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in


def check_list_kinds(user):
    signed_in(user)


def check_view_kind(user, kind=None):
    signed_in(user)


def _check_admin(user):
    signed_in(user)
    if not user.access.is_platform_admin:
        raise PermissionDenied(_("Kinds of activities are made by the platform's administrators."))


def check_create_kind(user):
    _check_admin(user)


def check_update_kind(user, kind=None):
    _check_admin(user)


def check_publish_kind(user, kind=None):
    _check_admin(user)


def check_switch_off_kind(user, kind=None):
    _check_admin(user)


def check_switch_on_kind(user, kind=None):
    _check_admin(user)
    if kind is not None and kind.current_id is None:
        raise PermissionDenied(_("It has no edition yet. Please publish it first."))
