"""What the history calls the comparison of two surveys."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(("analysis.asked", _("two surveys compared")))
