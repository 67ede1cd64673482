"""Kinds of activities: one file in ``projects/activity_kinds/`` and one template each, no migration.

A kind has ``code``, ``label``, ``icon``, ``details_form`` (a Form class for the questions that only this kind has; its
cleaned values become ``Activity.details``), ``template`` (how the details are shown) and ``paper`` (a .docx template of
the record form). Optional: ``order``, ``title_from(details)`` for the list's title line.
"""

import json
import re
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Textarea
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from incubator.base.registry import Registry

activity_kinds = Registry(
    "activity kinds", required=("label", "icon", "details_form", "template", "paper", "default_minutes")
)

# What the platform looks at when a project is to leave a stage. An item has ``code``, ``stage`` (the one that is left),
# ``label`` and ``check(project) -> ChecklistResult``, or None when it does not concern this project.
checklist_items = Registry("checklist items", required=("stage", "label", "check"))


@dataclass(frozen=True)
class ChecklistResult:
    """What one item found: whether it is done, what it saw, and where one can do something about it."""

    done: bool
    detail: str = ""
    url: str = ""


def kind_choices():
    """A function of its own: migrations name it, so a new kind needs none."""
    return activity_kinds.choices()


# What every kind asks; a draft keeps these as they were typed.
COMMON_FIELDS = (
    "organization",
    "organization_search",
    "starts_at",
    "minutes",
    "until",
    "day_confirmed",
    "outcome",
    "outcome_reason",
    "title",
    "plan",
    "series",
    "place",
    "place_text",
    "participants",
    "participants_confirmed",
    "summary",
    "next_step",
    "led_by",
    "worker_role",
    "others",
    "others_search",
    "objectives",
    "workers",
    "supervised",
    "discussed",
)
# Common questions of which several answers may be chosen.
MULTIPLE_FIELDS = ("others", "objectives", "workers", "supervised", "discussed")
DETAILS = "details"  # prefix of a kind's own questions in the form and in a draft


class ActivityKind:
    do_not_call_in_templates = True
    order = 100
    default_minutes = 60
    template = "projects/activity_kinds/default.html"
    paper = "projects/papers/activity.docx"
    first_questions = ()  # common questions that this kind asks on the first screen
    required_questions = ()  # … and which of all common ones it cannot do without
    first_details = ()  # own questions on the first screen, besides the required ones; the rest waits under "more"
    labels = {}  # another word for a common question
    repeated_details = ()  # own answers that stay the same when it is recorded once more
    supervises = ""  # "workers" (asks which social workers) or "organization": asks which records were discussed

    @classmethod
    def title_from(cls, details):
        """One line for lists; the activity's own title when empty."""
        return ""

    @classmethod
    def draft_keys(cls):
        """Names of what a draft of this kind may hold; everything else that is sent gets dropped."""
        return (*COMMON_FIELDS, *(f"{DETAILS}-{name}" for name in cls.details_form.base_fields))

    @classmethod
    def as_details(cls, cleaned):
        """The details form's clean values as JSON keeps them."""
        kept = {name: cleaned.get(name) for name in cls.details_form.base_fields}
        return json.loads(json.dumps(kept, cls=DjangoJSONEncoder))

    @classmethod
    def answers(cls, details):
        """{name: {label, text, value, is_long}} in the order of the form; ``text`` is what people read, "" when not
        answered."""
        return {
            name: {
                "label": field.label or name,
                "value": details.get(name),
                "text": _as_text(field, details.get(name)),
                "is_long": isinstance(field.widget, Textarea),
            }
            for name, field in cls.details_form.base_fields.items()
        }


# What PostgreSQL keeps neither in text nor in JSON.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


def printable(text):
    """The text without what no database keeps."""
    return _UNKEPT.sub("", text)


def _as_text(field, value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return ""
    choices = {str(code): label for code, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(str(choices.get(str(item), item)) for item in value)
    if isinstance(value, int | float):
        return number_format(value)
    return str(choices.get(str(value), value))
