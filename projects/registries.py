"""Kinds of activities: one file in ``projects/activity_kinds/`` and one template each, no migration.

A kind has ``code``, ``label``, ``icon``, ``details_form`` (a Form class for the questions that only this kind has; its
cleaned values become ``Activity.details``), ``template`` (how the details are shown) and ``paper`` (a .docx template of
the record form). Optional: ``order``, ``title_from(details)`` for the list's title line.
"""

from incubator.base.registry import Registry

activity_kinds = Registry(
    "activity kinds", required=("label", "icon", "details_form", "template", "paper", "default_minutes")
)


class ActivityKind:
    order = 100
    default_minutes = 60
    asks_participants = True  # whether the number of participants is one of the first questions

    @classmethod
    def title_from(cls, details):
        """One line for lists; the activity's own title when empty."""
        return ""
