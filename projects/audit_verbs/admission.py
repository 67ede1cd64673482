"""What the history calls the steps of admission and leaving."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs
from projects.choices import LeaveOutcome


def outcome_label(code):
    return LeaveOutcome(code).label if code in LeaveOutcome.values else code


register_verbs(
    ("admission.applied", _("applied for incubation"), _("Applied for incubation; first check by %(due_on)s")),
    ("admission.screened", _("first check of an application passed")),
    ("admission.admitted", _("organization admitted"), _("Admitted from %(admitted_on)s until %(until_on)s")),
    ("admission.refused", _("application refused")),
    ("admission.extended", _("incubation extended")),
    (
        "admission.left",
        _("organization left the incubation"),
        _("Left: %(outcome)s; hand-over by %(handover_due_on)s"),
        {"outcome": outcome_label},
    ),
)
