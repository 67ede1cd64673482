from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("calendar_feed.created", _("calendar address made"), _("%(actor)s made an address of their calendar.")),
    ("calendar_feed.revoked", _("calendar address revoked"), _("%(actor)s revoked the address of their calendar.")),
    ("calendar_feed.place_created", _("calendar address of a place made")),
    ("calendar_feed.place_revoked", _("calendar address of a place revoked")),
)
