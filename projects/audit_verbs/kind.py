"""What the history calls the things that happen to kinds of activities."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("kind.created", _("kind of activity made")),
    ("kind.updated", _("kind of activity changed")),
    ("kind.question_added", _("question added")),
    ("kind.question_updated", _("question changed")),
    ("kind.question_removed", _("question taken out")),
    ("kind.question_moved", _("question moved")),
    ("kind.published", _("edition published")),
    ("kind.switched_off", _("kind of activity switched off")),
    ("kind.switched_on", _("kind of activity switched on again")),
)
