"""A questionnaire as a form, made from the content of an edition: on a phone, on paper's way into the machine, as a
preview. It knows nothing of surveys; whoever shows it puts fields of their own in a form of their own beside it."""

from dataclasses import dataclass

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.validators import HIGHEST, LIKERT, LOWEST, MAX_TEXT, MULTIPLE, NUMBER, SINGLE, TEXT
from incubator.base.forms import PageForm
from projects.registries import spoken

PREFIX = "a"
NO_ANSWER = ("", pgettext_lazy("questionnaire", "no answer"))
WIDE = 5  # scales with more points than these stand below one another on a phone


@dataclass(frozen=True)
class Part:
    """A section: its words and its questions."""

    title: str
    text: str
    questions: list


@dataclass(frozen=True)
class Question:
    """One item and its bound field, for the template."""

    field: object
    kind: str
    number: int
    item: dict
    shows_key: bool  # whether the key of a scale is said here: where it differs from the one before
    is_group: bool  # several boxes to tick instead of one field to write in

    @property
    def is_wide(self):
        return self.kind == LIKERT and self.item["points"] <= WIDE

    @property
    def unit(self):
        return str(spoken(self.item.get("unit")))

    @property
    def hint_id(self):
        return f"{self.field.auto_id}_hint" if self.field.help_text else ""

    @property
    def error_id(self):
        return f"{self.field.auto_id}_wrong" if self.field.errors else ""

    @property
    def described_by(self):
        return " ".join(part for part in (self.hint_id, self.error_id) if part)

    @property
    def key(self):
        """The labels of the points with their figures, for whoever types the figures from paper."""
        return [(number, str(spoken(label))) for number, label in enumerate(self.item["labels"], start=1)]


class AnswerForm(PageForm):
    """``AnswerForm(version.content, data)``; ``given`` is what was answered before. ``compact`` asks scale questions for a
    figure, so that a sheet of paper is typed in without the mouse. ``answers()`` is what is kept."""

    def __init__(self, content, data=None, *, given=None, compact=False, prefix=PREFIX, **kwargs):
        super().__init__(data, prefix=prefix, initial=given or {}, **kwargs)
        self.content, self.compact = content, compact
        for section in content["sections"]:
            for item in section["items"]:
                self.fields[item["id"]] = field_of(item, compact=compact)

    @cached_property
    def parts(self):
        number, labels, found = 0, None, []
        for section in self.content["sections"]:
            questions = []
            for item in section["items"]:
                number += 1
                is_scale = item["kind"] == LIKERT
                is_group = item["kind"] == MULTIPLE or (item["kind"] in (LIKERT, SINGLE) and not self.compact)
                shows_key = is_scale and item["labels"] != labels
                labels = item["labels"] if is_scale else labels
                questions.append(Question(self[item["id"]], item["kind"], number, item, shows_key, is_group))
            found.append(Part(str(spoken(section["title"])), str(spoken(section["text"])), questions))
        return found

    @cached_property
    def marks_required(self):
        """What is the exception is marked: the questions that have to be answered, or else those that need not be."""
        return 2 * sum(field.required for field in self.fields.values()) <= len(self.fields)

    @property
    def title(self):
        return str(spoken(self.content["title"]))

    @property
    def intro(self):
        return str(spoken(self.content["intro"]))

    def answers(self):
        """{item: value} of what was answered: int, choice, list of choices or text."""
        given = {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}
        return {name: value for name, value in given.items() if value not in (None, "", [])}


def field_of(item, *, compact=False):
    """The form field of one item."""
    hint = str(spoken(item["help"])) if any(item["help"].values()) else ""
    common = {"label": spoken(item["text"]), "required": item["required"], "help_text": hint}
    build = FIELDS[item["kind"]]
    field = build(item, common, compact)
    field.error_messages["required"] = str(_MISSING[item["kind"]])
    return field


_MISSING = {
    LIKERT: gettext_lazy("Please choose one."),
    SINGLE: gettext_lazy("Please choose one."),
    MULTIPLE: gettext_lazy("Please choose at least one."),
    NUMBER: gettext_lazy("Please write a number."),
    TEXT: gettext_lazy("Please write something."),
}


def _likert(item, common, compact):
    outside = _("“%%(value)s” is not on the scale. It goes from 1 to %(points)s.") % {"points": item["points"]}
    if compact:
        return FigureField(item["points"], outside=outside, **common)
    choices = [(str(number), spoken(label)) for number, label in enumerate(item["labels"], start=1)]
    return forms.TypedChoiceField(
        choices=choices if item["required"] else [*choices, NO_ANSWER], coerce=int, empty_value=None,
        widget=forms.RadioSelect, error_messages={"invalid_choice": outside}, **common,
    )  # fmt: skip


def _single(item, common, compact):
    choices = [(option["id"], spoken(option["text"])) for option in item["options"]]
    messages = {"invalid_choice": _("This is none of the choices. Please choose one of those shown.")}
    if compact:
        shown = [("", _("not answered")), *choices]
        return forms.ChoiceField(choices=shown, widget=forms.Select, error_messages=messages, **common)
    shown = choices if item["required"] else [*choices, NO_ANSWER]
    return forms.ChoiceField(choices=shown, widget=forms.RadioSelect, error_messages=messages, **common)


def _multiple(item, common, compact):
    return forms.MultipleChoiceField(
        choices=[(option["id"], spoken(option["text"])) for option in item["options"]],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("This is none of the choices. Please choose among those shown.")},
        **common,
    )


def _number(item, common, compact):
    smallest = LOWEST if item["min"] is None else item["min"]
    largest = HIGHEST if item["max"] is None else item["max"]
    outside = _("Please write a number from %(smallest)s to %(largest)s.") % {"smallest": smallest, "largest": largest}
    return forms.IntegerField(
        validators=[MinValueValidator(smallest, outside), MaxValueValidator(largest, outside)],
        error_messages={"invalid": _("Please write a whole number in figures, such as 12.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 12}), **common,
    )  # fmt: skip


def _text(item, common, compact):
    return forms.CharField(
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2 if compact else 3, "class": "answer-text"}),
        **common,
    )


FIELDS = {LIKERT: _likert, SINGLE: _single, MULTIPLE: _multiple, NUMBER: _number, TEXT: _text}


class FigureField(forms.CharField):
    """A point of a scale typed as one figure, also in the full width that a Chinese keyboard writes."""

    def __init__(self, points, *, outside, **kwargs):
        super().__init__(max_length=2, **kwargs)
        self.points, self.outside = points, outside
        self.error_messages["max_length"] = outside.replace("“%(value)s” ", "")
        self.widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 1, "class": "answer-figure",
                   "data-figure": points}
        )  # fmt: skip

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        if not text.isdecimal() or not 1 <= int(text) <= self.points:
            raise forms.ValidationError(self.outside, code="invalid_choice", params={"value": text})
        return int(text)

    def validate(self, value):
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The range says all there is to say."""
