from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("sign_in.opened", _("signing in by code opened")),
    ("sign_in.closed", _("signing in by code closed")),
)
