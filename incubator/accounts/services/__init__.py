from incubator.accounts.services.invitations import (
    accept_invitation,
    hash_token,
    invitation_token,
    invite_person,
    withdraw_invitation,
)
from incubator.accounts.services.people import (
    change_password,
    deactivate_user,
    reactivate_user,
    record_lockout,
    set_language,
    update_profile,
)
from incubator.accounts.services.roles import grant_role, revoke_role

__all__ = [
    "accept_invitation",
    "change_password",
    "deactivate_user",
    "grant_role",
    "hash_token",
    "invitation_token",
    "invite_person",
    "reactivate_user",
    "record_lockout",
    "revoke_role",
    "set_language",
    "update_profile",
    "withdraw_invitation",
]
