"""A calendar shows what one may see anyway; its address is one's own."""

from incubator.base.policies import signed_in


def check_view_calendar(user, thing=None):
    signed_in(user)


def check_create_feed(user, thing=None):
    signed_in(user)


def check_revoke_feed(user, thing=None):
    signed_in(user)
