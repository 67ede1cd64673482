"""Kinds of activities: one file in ``projects/activity_kinds/`` and one template each, no migration.

A kind has ``code``, ``label``, ``icon``, ``details_form`` (a Form class for the questions that only this kind has; its
cleaned values become ``Activity.details``), ``template`` (how the details are shown) and ``paper`` (a .docx template of
the record form). Optional: ``order``, ``title_from(details)`` for the list's title line, ``sections`` for tabs.

The questions of a kind are written down as *content*, in all languages of the site: an edition. A record names the
edition that it was written with and shows that one, whatever became of the kind since (``edition_class``). A kind that an
office made in the browser is nothing but its content.
"""

import json
import re
from dataclasses import dataclass
from functools import cache

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy, override, pgettext
from django.utils.translation import gettext as _

from incubator.base.hashes import content_sha256
from incubator.base.registry import Registry

activity_kinds = Registry(
    "activity kinds", required=("label", "icon", "details_form", "template", "paper", "default_minutes")
)

# What the platform looks at when a project is to leave a stage. An item has ``code``, ``stage`` (the one that is left),
# ``label`` and ``check(project) -> ChecklistResult``, or None when it does not concern this project.
checklist_items = Registry("checklist items", required=("stage", "label", "check"))

# What keeps a person from deciding on a request, besides having worked on the project; registered by apps above. A bar has
# ``code``, ``sentence`` (why) and ``barred(user)``: keys of the requests that it is about, as a query.
decision_bars = Registry("bars to deciding on a stage", required=("sentence", "barred"))

# Who else knows that a project's situation was measured, besides a document: ``code`` and ``find(project, document kind)``
# -> ChecklistResult, or None when nothing is known.
measurement_sources = Registry("measurement sources", required=("find",))


@dataclass(frozen=True)
class ChecklistResult:
    """What one item found: whether it is done, what it saw, and where one can do something about it."""

    done: bool
    detail: str = ""
    url: str = ""


def kind_choices():
    """Of the kinds that are code; a function of its own: migrations name it. Pages ask ``services.kind``."""
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


# {code: (name of the address, policy)} of kinds whose records come by themselves from another page (``why_closed``): the
# tile leads there for whoever may. Filled by the app that has the page.
kind_pages = {}


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
    sections = ()  # ((code, label, names of own questions), …): these stand as tabs, in the form and on the page
    why_closed = ""  # a sentence: the kind is shown, and no new record of it can be made
    version_id = None  # of a kind that is nothing but an edition: which
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
                "name": name,
                "label": field.label or name,
                "value": details.get(name),
                "text": _as_text(field, details.get(name)),
                "is_long": isinstance(field.widget, forms.Textarea),
            }
            for name, field in cls.details_form.base_fields.items()
        }

    @classmethod
    def boxes(cls, details):
        """{name: all choices with a box each, ☑ or ☐} of the questions with several answers, for the printed form."""
        found = {}
        for name, field in cls.details_form.base_fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                chosen = {str(code) for code in details.get(name) or []}
                found[name] = [f"{'☑' if str(code) in chosen else '☐'}\u00a0{label}" for code, label in field.choices]
        return found


# --- questions as kinds mostly ask them ------------------------------------------------------------------------------


def short_answer(label, length=120, *, required=False):
    return forms.CharField(label=label, max_length=length, required=required)


def long_answer(label, length=2000):
    return forms.CharField(label=label, max_length=length, required=False, widget=forms.Textarea(attrs={"rows": 2}))


def day(label):
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def yuan(label):
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=12, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip


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
        return pgettext("between the items of a list", ", ").join(str(choices.get(str(item), item)) for item in value)
    if isinstance(value, int | float):
        return number_format(value)
    return str(choices.get(str(value), value))


# --- editions: the questions of a kind as data ---------------------------------------------------------------------

LANGUAGES = ("zh-hans", "en")
TEXT, NUMBER, DATE, YES_NO, TICK, ONE_OF, SEVERAL = "text", "number", "date", "yes_no", "tick", "one_of", "several"
ON_ONE_SCREEN = 8  # more choices than these stand in a list that opens
TEXT_LIMITS = {False: 200, True: 3000}


def in_words(text):
    """{language: text} of a translated text."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(text)
    return found


def _spoken(words):
    words = words or {}
    return words.get((get_language() or "").lower()) or next((words[name] for name in LANGUAGES if words.get(name)), "")


spoken = lazy(_spoken, str)  # {language: text} as one text in the reader's language


def content_of(kind):
    """The kind's questions as JSON keeps them, in all languages."""
    return {
        "code": kind.code,
        "label": in_words(kind.label),
        "questions": [_question_of(name, field) for name, field in kind.details_form.base_fields.items()],
    }


def _question_of(name, field):
    kinds = (
        (forms.MultipleChoiceField, SEVERAL), (forms.ChoiceField, ONE_OF), (forms.BooleanField, TICK),
        (forms.IntegerField, NUMBER), (forms.DateField, DATE),
    )  # fmt: skip
    question = {
        "name": name,
        "type": next((code for known, code in kinds if isinstance(field, known)), TEXT),
        "label": in_words(field.label or name),
        "help": in_words(field.help_text) if field.help_text else {},
        "required": field.required,
        "long": isinstance(field.widget, forms.Textarea),
        "choices": [[str(code), in_words(label)] for code, label in getattr(field, "choices", ()) if code != ""],
    }
    limits = ("max_length", "min_value", "max_value", "decimal_places")
    kept = {limit: str(value) for limit in limits if (value := getattr(field, limit, None)) is not None}
    return question | ({"limits": kept} if kept else {})


@cache
def own_sha256(kind):
    """Of a kind that is code: it does not change while the process lives."""
    return content_sha256(content_of(kind))


def form_of(questions):
    """A form that asks the questions of an edition."""
    return type("EditionDetailsForm", (forms.Form,), {question["name"]: _field_of(question) for question in questions})


def _field_of(question):
    build, limits = _FIELDS.get(question["type"], _text), question.get("limits", {})
    return build(
        question, limits, label=spoken(question["label"]), required=question["required"],
        help_text=spoken(question["help"]) if any((question.get("help") or {}).values()) else "",
    )  # fmt: skip


def _text(question, limits, **common):
    is_long = bool(question.get("long"))
    length = int(limits.get("max_length", TEXT_LIMITS[is_long]))
    return forms.CharField(
        max_length=length, widget=forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput, **common
    )


def _number(question, limits, **common):
    bounds = {
        name: forms.DecimalField().to_python(limits[name]) for name in ("min_value", "max_value") if name in limits
    }
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
    places = int(limits.get("decimal_places", 2))
    return forms.DecimalField(max_digits=14, decimal_places=places, widget=widget, **bounds, **common)


def _date(question, limits, **common):
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)


def _tick(question, limits, **common):
    return forms.BooleanField(**common)


def _yes_no(question, limits, **common):
    return forms.ChoiceField(
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))], widget=forms.RadioSelect, **common
    )


def _one_of(question, limits, **common):
    choices = [(code, spoken(words)) for code, words in question["choices"]]
    if len(choices) <= ON_ONE_SCREEN:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", gettext_lazy("Please choose")), *choices], **common)


def _several(question, limits, **common):
    choices = [(code, spoken(words)) for code, words in question["choices"]]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)


_FIELDS = {NUMBER: _number, DATE: _date, TICK: _tick, YES_NO: _yes_no, ONE_OF: _one_of, SEVERAL: _several}


def edition_class(content, sha256="", version_id=None, why_closed=""):
    """The plug-in class for an edition: the kind's own when it asks just these questions; else one that asks, names and
    shows what the edition says. The kind's template and paper serve an edition with the same questions by name."""
    own = activity_kinds.get(content["code"])
    if own is not None and own_sha256(own) == sha256:
        return own
    names = [question["name"] for question in content["questions"]]
    facts = {
        "code": content["code"],
        "label": spoken(content["label"]),
        "details_form": form_of(content["questions"]),
        "version_id": version_id,
        "why_closed": why_closed,
    }
    if own is None:
        return type("CustomKind", (CustomActivityKind,), facts | content.get("looks", {}))
    if names != list(own.details_form.base_fields):
        facts |= {name: getattr(ActivityKind, name) for name in ("template", "paper", "first_details", "sections")}
        facts["title_from"] = ActivityKind.title_from
    return type("EarlierEdition", (own,), facts)


class CustomActivityKind(ActivityKind):
    """What kinds made in the browser have in common. ``looks`` of their content says icon and usual minutes."""

    icon = "pencil-square"
    required_questions = ("summary",)


class VanishedKind(ActivityKind):
    """For records of a kind that is no more and of which no edition was written down: their answers as they are kept."""

    icon = "question-circle"
    details_form = forms.Form

    @classmethod
    def answers(cls, details):
        return {
            name: {"name": name, "label": name, "value": value, "text": _as_text(None, value), "is_long": False}
            for name, value in details.items()
        }
