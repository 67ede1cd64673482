"""What the history calls the things that happen to questionnaires."""

from django.utils.translation import gettext_lazy as _

from incubator.audit.registries import register_verbs

register_verbs(
    ("instrument.created", _("questionnaire made")),
    ("instrument.copied", _("questionnaire copied for a place")),
    ("instrument.updated", _("questionnaire changed")),
    ("instrument.published", _("edition of the questionnaire published")),
    ("instrument.retired", _("questionnaire put aside")),
    ("instrument.restored", _("questionnaire in use again")),
    ("instrument.draft_replaced", _("questions taken from a file")),
    ("instrument.section_added", _("section added")),
    ("instrument.section_updated", _("section changed")),
    ("instrument.section_removed", _("section taken out")),
    ("instrument.section_moved", _("section moved")),
    ("instrument.item_added", _("question of the questionnaire added")),
    ("instrument.item_updated", _("question of the questionnaire changed")),
    ("instrument.item_matched", _("question matched with services")),
    ("instrument.item_removed", _("question of the questionnaire taken out")),
    ("instrument.item_moved", _("question of the questionnaire moved")),
    ("instrument.scale_added", _("scale added")),
    ("instrument.scale_updated", _("scale changed")),
    ("instrument.scale_removed", _("scale taken out")),
)
