"""What the history calls the things that happen when an agency's work goes to another."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("handover.done", _("work of an agency handed over")),
    ("handover.project_moved", _("project handed over to another agency")),
)
