"""What the history calls the things that happen to announcements."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("announcement.filed", _("activity announced to the community")),
    ("announcement.agreed", _("community agreed")),
    ("announcement.objected", _("community objected")),
    ("announcement.withdrawn", _("announcement withdrawn")),
    ("announcement.recorded", _("record of the announced activity named")),
)
