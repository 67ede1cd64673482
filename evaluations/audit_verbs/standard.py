"""What the history calls the things that happen to growth standards."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("standard.created", _("growth standard made")),
    ("standard.updated", _("growth standard changed")),
    ("standard.published", _("edition of the growth standard published")),
    ("standard.retired", _("growth standard put aside")),
    ("standard.restored", _("growth standard in use again")),
    ("standard.draft_replaced", _("growth standard taken from a file")),
    ("standard.part_added", _("added to the growth standard")),
    ("standard.part_updated", _("changed in the growth standard")),
    ("standard.part_removed", _("taken out of the growth standard")),
    ("standard.part_moved", _("moved in the growth standard")),
)
