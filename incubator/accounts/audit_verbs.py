from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import role_label
from incubator.accounts.registries import place_or_platform
from incubator.audit.registries import register_verbs

WORDS = {"role": role_label, "place": place_or_platform}

register_verbs(
    ("role.granted", _("role given"), _("%(actor)s gave the role “%(role)s” (%(place)s)."), WORDS),
    ("role.revoked", _("role ended"), _("%(actor)s ended the role “%(role)s” (%(place)s): %(reason)s"), WORDS),
    ("user.deactivated", _("account closed"), _("%(actor)s closed the account: %(reason)s")),
    ("user.reactivated", _("account opened again"), _("%(actor)s opened the account again.")),
    ("user.updated", _("own details changed"), _("%(actor)s changed their own details.")),
    ("user.password_changed", _("password changed"), _("%(actor)s changed the password.")),
    ("user.locked_out", _("sign-in locked for a while"), _("Sign-in was locked for a while after wrong passwords.")),
    ("invitation.created", _("person invited"), _("%(actor)s invited %(target)s as “%(role)s” (%(place)s)."), WORDS),
    ("invitation.accepted", _("invitation accepted"), _("%(actor)s accepted the invitation.")),
    ("invitation.withdrawn", _("invitation withdrawn"), _("%(actor)s withdrew the invitation of %(target)s.")),
)
