"""Who may see places. What changes a place is audited and therefore stands above, in ``incubator.importing``."""

from incubator.base.policies import signed_in


def check_list_divisions(user):
    signed_in(user)


def check_view_division(user, division):
    signed_in(user)
