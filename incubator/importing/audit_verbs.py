from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("importing.uploaded", _("list uploaded")),
    ("importing.confirmed", _("list taken over")),
    ("importing.discarded", _("list discarded")),
    ("importing.failed", _("list not taken over")),
    ("division.imported", _("code list loaded")),
    ("division.setting_changed", _("urban or rural set")),
)
