"""What the history calls the things that happen to projects and activities."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("activity.submitted", _("activity recorded")),
)
