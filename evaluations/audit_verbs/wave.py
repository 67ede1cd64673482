"""What the history calls the things that happen to surveys and answer sheets."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("wave.created", _("survey planned")),
    ("wave.updated", _("survey changed")),
    ("wave.opened", _("survey opened")),
    ("wave.closed", _("survey closed")),
    ("wave.reopened", _("survey opened again")),
    ("wave.tickets_made", _("personal links made")),
    ("response.submitted", _("answer sheet handed in")),
    ("response.entered", _("answer sheet entered from paper")),
    ("response.withdrawn", _("answer sheet taken back")),
    ("response.imported", _("answer sheets taken over from a file")),
    ("link_doubt.settled", _("doubtful link looked at")),
)
