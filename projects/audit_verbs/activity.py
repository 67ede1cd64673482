"""What the history calls the things that happen to activities."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("activity.submitted", _("activity recorded")),
    ("activity.updated", _("activity corrected")),
    ("activity.resubmitted", _("activity corrected and handed in again")),
    ("activity.returned", _("activity returned for changes")),
    ("activity.accepted", _("activity accepted")),
    ("activity.corrected", _("activity put right after its month was closed")),
    ("activity.discarded", _("draft thrown away")),
    ("series.created", _("series made")),
    ("series.ended", _("series ended")),
)
