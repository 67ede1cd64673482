from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import role_label
from incubator.accounts.registries import place_or_platform
from incubator.notifications.registries import NotificationKind, kinds


@kinds.register
class InvitationAccepted(NotificationKind):
    code = "accounts.invitation_accepted"
    label = _("somebody I invited has joined")
    template = "accounts/email/accounts_invitation_accepted"

    @classmethod
    def context(cls, data):
        return _readable(data)


@kinds.register
class RoleGranted(NotificationKind):
    code = "accounts.role_granted"
    label = _("I was given a role")
    template = "accounts/email/accounts_role_granted"
    duty = True

    @classmethod
    def context(cls, data):
        return _readable(data)


def _readable(data):
    return data | {"role": role_label(data["role"]), "place": place_or_platform(data["place"])}
