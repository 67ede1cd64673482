"""What the history calls the things that happen to service contracts."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("contract.added", _("service contract entered")),
    ("contract.updated", _("service contract changed")),
    ("contract.indicator_added", _("indicator added to a contract")),
    ("contract.indicator_updated", _("indicator of a contract changed")),
    ("contract.indicator_removed", _("indicator of a contract taken off")),
)
