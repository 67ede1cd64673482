"""Forms of the questionnaire builder: a question of each kind, and the services that answer it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.forms.edition import both, unfold
from evaluations.forms.instrument import english, line
from evaluations.validators import (
    CHOICES,
    HIGHEST,
    LANGUAGES,
    LIKERT,
    LOWEST,
    MAX_LINE,
    MAX_NAME,
    MAX_OPTIONS,
    MAX_POINTS,
    MIN_POINTS,
    MULTIPLE,
    NUMBER,
    SINGLE,
    TEXT,
)
from incubator.base.forms import CreateOnceForm, PageForm
from projects.registries import spoken
from projects.services.kind import kind_choices

BAR = "|"
AGREEMENT = "非常不同意 | Strongly disagree\n不同意 | Disagree\n一般 | Neither\n同意 | Agree\n非常同意 | Strongly agree"


def lines_of(form, name, most):
    """[{language: text}] of a field with one entry on each line, English behind a bar. Errors go to the field."""
    text = form.cleaned_data.get(name, "")
    rows = [[part.strip() for part in row.partition(BAR)[::2]] for row in text.splitlines() if row.strip(f" {BAR}\t")]
    first = [row[0].casefold() for row in rows]
    if "" in first:
        form.add_error(name, _("A line has no words before the bar."))
    if len(set(first)) < len(first):
        form.add_error(name, _("Two lines have the same words."))
    if any(len(part) > most for row in rows for part in row):
        form.add_error(name, _("A line has at most %(number)s characters.") % {"number": most})
    return [dict(zip(LANGUAGES, row, strict=True)) for row in rows]


def as_lines(rows):
    return "\n".join(f"{row['zh-hans']} {BAR} {row['en']}" if row.get("en") else row.get("zh-hans", "") for row in rows)


class ItemFields(forms.Form):
    """What questions of all kinds have. ``content`` is the draft."""

    kind = ""
    last = ("help", "help_en", "required")
    text = line(
        pgettext_lazy("questionnaire", "Question"), widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Please write what is asked.")},
    )  # fmt: skip
    text_en = english(gettext_lazy("Question in English"), widget=forms.Textarea(attrs={"rows": 2}))
    help = line(gettext_lazy("Hint below the question"), required=False)
    help_en = english(gettext_lazy("Hint in English"))
    required = forms.BooleanField(
        label=gettext_lazy("Has to be answered"), required=False,
        help_text=gettext_lazy("Require little: whoever cannot answer leaves, or answers anything."),
    )  # fmt: skip

    def __init__(self, *args, content, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = content
        self.order_fields([name for name in self.fields if name not in self.last] + list(self.last))

    def values(self):
        data = self.cleaned_data
        common = {"kind": self.kind, "text": both(data, "text"), "help": both(data, "help")}
        return common | {"required": data["required"]} | self.more_values()

    def more_values(self):
        return {}

    @classmethod
    def initial_of(cls, row):
        return unfold(row, text="text", help="help") | {"required": row["required"]} | cls.more_initial(row)

    @classmethod
    def more_initial(cls, row):
        return {}


class LikertFields(ItemFields):
    kind = LIKERT
    labels = forms.CharField(
        label=gettext_lazy("Points of the scale"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": AGREEMENT}),
        help_text=gettext_lazy(
            "From the lowest to the highest, one on each line, three to seven. English may follow behind a bar (|)."
        ),
        error_messages={"required": gettext_lazy("Please write the points of the scale, one on each line.")},
    )  # fmt: skip
    scale = forms.ChoiceField(label=gettext_lazy("Counts towards the scale"), required=False)
    reverse = forms.BooleanField(
        label=gettext_lazy("Counts the other way round"), required=False,
        help_text=gettext_lazy("When agreeing to this question means less of what the scale measures."),
    )  # fmt: skip

    def __init__(self, *args, content, **kwargs):
        super().__init__(*args, content=content, **kwargs)
        scales = [(row["id"], spoken(row["label"])) for row in content["scales"]]
        self.fields["scale"].choices = [("", _("none")), *scales]
        self.fields["scale"].widget.attrs["data-user-content"] = ""
        before = [item for part in content["sections"] for item in part["items"] if item["kind"] == LIKERT]
        self.fields["labels"].initial = as_lines(before[-1]["labels"]) if before else AGREEMENT
        self.fields["scale"].initial = before[-1]["scale"] if before else (scales[0][0] if scales else "")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("labels"):
            cleaned["rows"] = lines_of(self, "labels", MAX_NAME)
            if not MIN_POINTS <= len(cleaned["rows"]) <= MAX_POINTS:
                self.add_error("labels", _("A scale question has 3 to 7 points, one on each line."))
        return cleaned

    def more_values(self):
        data = self.cleaned_data
        return {
            "points": len(data["rows"]), "labels": data["rows"], "scale": data["scale"], "reverse": data["reverse"]
        }  # fmt: skip

    @classmethod
    def more_initial(cls, row):
        return {"labels": as_lines(row["labels"]), "scale": row.get("scale", ""), "reverse": row.get("reverse", False)}


class OptionFields(ItemFields):
    options = forms.CharField(
        label=gettext_lazy("Choices"), max_length=10000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy(
            "One on each line. English may follow behind a bar: 上门 | at home. A choice that keeps its words keeps its "
            "answers and its services."
        ),
        error_messages={"required": gettext_lazy("Please write at least two choices, one on each line.")},
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("options"):
            cleaned["rows"] = lines_of(self, "options", MAX_LINE)
            if len(cleaned["rows"]) < 2:
                self.add_error("options", _("Please write at least two choices, one on each line."))
            if len(cleaned["rows"]) > MAX_OPTIONS:
                self.add_error("options", _("A question has at most %(number)s choices.") % {"number": MAX_OPTIONS})
        return cleaned

    def more_values(self):
        return {"options": [{"text": row} for row in self.cleaned_data["rows"]]}

    @classmethod
    def more_initial(cls, row):
        return {"options": as_lines(option["text"] for option in row["options"])}


class SingleFields(OptionFields):
    kind = SINGLE


class MultipleFields(OptionFields):
    kind = MULTIPLE


class NumberFields(ItemFields):
    kind = NUMBER
    unit = line(gettext_lazy("Unit"), required=False, max_length=20, help_text=gettext_lazy("Such as 人 or 次."))
    unit_en = english(gettext_lazy("Unit in English"), max_length=20)
    min = forms.IntegerField(
        label=gettext_lazy("Smallest answer"), required=False, min_value=LOWEST, max_value=HIGHEST, initial=0
    )
    max = forms.IntegerField(
        label=gettext_lazy("Largest answer"), required=False, min_value=LOWEST, max_value=HIGHEST,
        help_text=gettext_lazy("A slip of the finger beyond it is asked again."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        smallest, largest = cleaned.get("min"), cleaned.get("max")
        if smallest is not None and largest is not None and smallest > largest:
            self.add_error("max", _("The smallest answer is larger than the largest."))
        return cleaned

    def more_values(self):
        data = self.cleaned_data
        return {"min": data["min"], "max": data["max"], "unit": both(data, "unit")}

    @classmethod
    def more_initial(cls, row):
        return unfold(row, unit="unit") | {"min": row["min"], "max": row["max"]}


class TextFields(ItemFields):
    kind = TEXT


KIND_FIELDS = {
    LIKERT: LikertFields, SINGLE: SingleFields, MULTIPLE: MultipleFields, NUMBER: NumberFields, TEXT: TextFields
}  # fmt: skip
ADD_FORMS = {kind: type("InstrumentItemAddForm", (fields, CreateOnceForm), {}) for kind, fields in KIND_FIELDS.items()}
UPDATE_FORMS = {kind: type("InstrumentItemUpdateForm", (fields, PageForm), {}) for kind, fields in KIND_FIELDS.items()}


class InstrumentItemMatchForm(PageForm):
    """A field for each choice; for a scale question one. Its names are the identifiers of the choices."""

    WHOLE = "all"

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, **kwargs)
        rows = item["options"] if item["kind"] in CHOICES else [{**item, "id": self.WHOLE}]
        for row in rows:
            self.fields[row["id"]] = forms.MultipleChoiceField(
                label=spoken(row["text"]), choices=kind_choices(), required=False, initial=row.get("services", []),
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def services(self):
        return {"" if name == self.WHOLE else name: codes for name, codes in self.cleaned_data.items()}
