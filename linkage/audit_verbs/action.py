"""What the history calls what happens with an action."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("action.started", _("action begun")),
    ("action.blocked", _("action held up")),
    ("action.done", _("action said to be done")),
    ("action.reopened", _("action taken up again")),
    ("action.verified", _("action verified")),
    ("action.dropped", _("action let go")),
    ("action.looked_at", _("action looked at in a meeting")),
)
