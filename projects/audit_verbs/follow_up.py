"""What the history calls the things that happen to follow-ups."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("follow_up.created", _("follow-up written down")),
    ("follow_up.finished", _("follow-up done")),
    ("follow_up.dropped", _("follow-up dropped")),
    ("follow_up.reopened", _("follow-up taken up again")),
    ("follow_up.postponed", _("follow-up put off")),
)
