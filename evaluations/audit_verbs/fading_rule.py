"""What the history calls the setting of when an organization counts as fading."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(("fading_rule.updated", _("when an organization counts as fading was set")))
