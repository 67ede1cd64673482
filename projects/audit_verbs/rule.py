"""What the history calls the things that happen to rules of work and closed months."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("work_rule.updated", _("rules of work changed")),
    ("month.locked", _("month closed")),
)
