"""Who sets who decides on growth: the offices of the place."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from projects.policies.stage import RULE_KEEPERS


def check_list_growth_rules(user):
    signed_in(user)
    if not user.access.has(*RULE_KEEPERS):
        raise PermissionDenied(_("Who decides is set by the street office, the service centre or the district."))


def check_update_growth_rule(user, division=None):
    check_list_growth_rules(user)
    if division is not None and not user.access.covers(division, *RULE_KEEPERS):
        raise PermissionDenied(_("This is another place. Its own offices set who decides there."))
