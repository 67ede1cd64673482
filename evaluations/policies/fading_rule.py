"""Who sets when an organization counts as fading: the offices of the place."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from projects.policies.stage import RULE_KEEPERS


def check_list_fading_rules(user):
    signed_in(user)
    if not user.access.has(*RULE_KEEPERS):
        raise PermissionDenied(_("When an organization counts as fading is set by the offices of the place."))


def check_update_fading_rule(user, division=None):
    check_list_fading_rules(user)
    if division is not None and not user.access.covers(division, *RULE_KEEPERS):
        raise PermissionDenied(_("This is another place. Its own offices set when an organization counts as fading."))
