"""What the history calls the things that happen to projects."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("project.opened", _("project opened")),
    ("project.updated", _("project changed")),
    ("project.terminated", _("project ended early"), _("project ended early: %(reason)s")),
)
