"""What the history calls the setting of who decides on growth."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(("growth_rule.updated", _("who decides on growth was set")))
