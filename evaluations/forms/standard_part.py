"""Forms of what is measured: indicators with their way of scoring, vetoes, and the rules of stages and forms."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.forms.edition import both, unfold
from evaluations.forms.standard import BandForm, DimensionForm, PartForm, PointsField
from evaluations.services.facts import known_documents, known_facts
from evaluations.services.scoring_words import BAND, KINDS, OPERATORS, SCORE, fact_words, labels_in, spoken
from evaluations.services.standard_text import (
    options_text,
    read_options,
    read_tiers,
    read_value,
    tiers_text,
    value_text,
)
from incubator.base.forms import OWN_WORDS, CreateOnceForm

NO_OPERATOR = ("", gettext_lazy("just that it holds"))
LINES = forms.Textarea(attrs={"rows": 4})
# Which fields a way of scoring needs; the others are left alone.
NEEDS = {
    "deduct": ("per",),
    "steps": ("step",),
    "tiers": ("tiers",),
    "options": ("options",),
    "fixed": (),
    "judged": (),
}


def fact_choices(content, documents):
    """Facts of the platform, headings of the dossier: [(heading, [(name, words)])]."""
    return [
        (_("What the platform knows"), [(code, str(label)) for code, label in known_facts().items()]),
        (_("Documents of the dossier"), [(f"document:{code}", str(row)) for code, row in documents.items()]),
    ]


def _indicators(content, without=""):
    dimensions = [*labels_in(content.get("dimensions")), {"indicators": content.get("bonus")}]
    found = [one for part in dimensions for one in labels_in(part.get("indicators"))]
    return [(f"indicator:{one['code']}", spoken(one.get("label"))) for one in found if one["code"] != without]


def source_choices(content, documents, without=""):
    platform, papers = fact_choices(content, documents)
    return [
        ("judged", _("people say it")),
        (platform[0], [(f"auto:{code}", words) for code, words in platform[1]]),
        papers,
        (_("Points of another indicator"), _indicators(content, without)),
    ]


def _keep(choices, value):
    """A value that the draft has already stays choosable, so that looking at a form never changes it."""
    known = {code for entry, words in choices for code, _w in (words if isinstance(words, list) else [(entry, words)])}
    return [*choices, (value, value)] if value and value not in known else choices


class MeasuredForm(PartForm):
    source = forms.ChoiceField(
        label=gettext_lazy("Where the fact comes from"), widget=forms.Select(attrs=OWN_WORDS),
        help_text=gettext_lazy("The platform counts what it keeps; the rest people say in the review."),
    )  # fmt: skip
    evidence = forms.CharField(
        label=gettext_lazy("What to look at"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence_en = forms.CharField(
        label=gettext_lazy("What to look at, in English"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = source_choices(self.content, known_documents(), self.part.get("code", ""))
        self.fields["source"].choices = _keep(choices, self.part.get("source"))

    def values(self):
        evidence = both(self.cleaned_data, "evidence")
        return super().values() | {
            "source": self.cleaned_data["source"], "evidence": evidence if any(evidence.values()) else None,
        }  # fmt: skip

    @classmethod
    def initial_of(cls, part):
        return super().initial_of(part) | {"source": part.get("source")} | unfold(part, evidence="evidence")


def value_of(text, op, form, name):
    """What was typed to compare with; an empty one is told at its field."""
    if not text.strip():
        form.add_error(name, _("Please write what it is compared with."))
        return None
    return read_value(text, op)


class IndicatorForm(MeasuredForm):
    points = PointsField(label=gettext_lazy("Full points"), max_value=10_000)
    mode = forms.ChoiceField(
        label=gettext_lazy("Way of scoring"), choices=KINDS.items(), initial="judged", widget=forms.RadioSelect,
        help_text=gettext_lazy("Only the fields of the way that you choose are read."),
    )  # fmt: skip
    op = forms.ChoiceField(
        label=gettext_lazy("Full points when: comparison"), choices=[NO_OPERATOR, *OPERATORS.items()], required=False
    )
    value = forms.CharField(label=gettext_lazy("Full points when: value"), max_length=200, required=False)
    per = PointsField(label=gettext_lazy("Points off for each missing item"), required=False)
    begin = PointsField(label=gettext_lazy("Steps: from"), required=False, initial=1)
    base = PointsField(label=gettext_lazy("Steps: points to begin with"), required=False)
    every = PointsField(label=gettext_lazy("Steps: for each further"), required=False, initial=1)
    step = PointsField(label=gettext_lazy("Steps: points of each step"), required=False)
    cap = PointsField(label=gettext_lazy("Steps: points at most"), required=False)
    tiers = forms.CharField(
        label=gettext_lazy("Tiers"), required=False, max_length=2000, widget=LINES,
        help_text=gettext_lazy("One on each line, the highest first, as threshold = points: 12 = 8"),
    )  # fmt: skip
    rest = PointsField(label=gettext_lazy("Tiers: points when none is reached"), required=False)
    is_ratio = forms.BooleanField(
        label=gettext_lazy("Tiers: the fact is a share, or is divided by the next"), required=False
    )
    of = forms.ChoiceField(
        label=gettext_lazy("Tiers: divided by"), required=False, widget=forms.Select(attrs=OWN_WORDS)
    )
    options = forms.CharField(
        label=gettext_lazy("Options"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "有账有凭证 | Accounts = 5"}),
        help_text=gettext_lazy("One on each line: words, a bar (|), English words, an equals sign, points."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mode, documents = self.part.get("mode") or {}, known_documents()
        platform, _papers = fact_choices(self.content, documents)
        divisors = [("", _("nothing, it is a share already")), platform, (_("Points"), _indicators(self.content))]
        self.fields["of"].choices = _keep(divisors, mode.get("of"))

    def clean(self):
        data = super().clean()
        kind = data.get("mode")
        for name in NEEDS.get(kind, ()):
            if data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This way of scoring needs it."))
        if kind and not any(name in self.errors for name in (*NEEDS[kind], "op")):
            try:
                data["scored"] = self.scored(kind, data)
            except ValueError as error:
                self.add_error(kind if kind in {"tiers", "options"} else None, str(error))
        return data

    def scored(self, kind, data):
        if kind == "fixed":
            op = data.get("op")
            return {"kind": kind} | ({"op": op, "value": value_of(data["value"], op, self, "value")} if op else {})
        if kind == "deduct":
            return {"kind": kind, "per": data["per"]}
        if kind == "steps":
            told = {"from": data["begin"], "base": data["base"], "every": data["every"], "step": data["step"]}
            return {"kind": kind} | {k: v for k, v in (told | {"cap": data["cap"]}).items() if v is not None}
        if kind == "tiers":
            of = {"of": data["of"]} if data.get("is_ratio") and data.get("of") else {}
            rest = 0 if data.get("rest") is None else data["rest"]
            return {
                "kind": kind, "by": "ratio" if data.get("is_ratio") else "value", **of,
                "tiers": read_tiers(data["tiers"]), "else": rest,
            }  # fmt: skip
        if kind == "options":
            known = (self.part.get("mode") or {}).get("options") or ()
            return {"kind": kind, "options": read_options(data["options"], known)}
        return {"kind": kind}

    def values(self):
        data = self.cleaned_data
        return super().values() | {"points": data["points"], "mode": data["scored"]}

    @classmethod
    def initial_of(cls, part):
        mode = part.get("mode") or {}
        found = super().initial_of(part) | {
            "points": part.get("points"), "mode": mode.get("kind"), "op": mode.get("op", ""),
            "value": value_text(mode.get("value")), "tiers": tiers_text(mode.get("tiers")), "rest": mode.get("else"),
            "is_ratio": mode.get("by") == "ratio", "of": mode.get("of", ""), "options": options_text(mode.get("options")),
        }  # fmt: skip
        for name, key in (("per", "per"), ("begin", "from"), ("base", "base"), ("every", "every"), ("step", "step")):
            found[name] = mode.get(key)
        return found | {"cap": mode.get("cap")}


class VetoForm(MeasuredForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _("A veto takes the band away when its fact is true.")


class RuleForm(PartForm):
    fact = forms.ChoiceField(label=gettext_lazy("Fact"), widget=forms.Select(attrs=OWN_WORDS))
    op = forms.ChoiceField(label=gettext_lazy("Comparison"), choices=OPERATORS.items(), initial=">=")
    value = forms.CharField(
        label=pgettext_lazy("of a rule", "Value"), max_length=200,
        help_text=gettext_lazy("A number, yes or no, or words with commas between them."),
        error_messages={"required": gettext_lazy("Please write what it is compared with.")},
    )  # fmt: skip
    mandatory = forms.BooleanField(
        label=gettext_lazy("Has to hold"), required=False, initial=True,
        help_text=gettext_lazy("Without the tick it is shown and holds nobody back."),
    )  # fmt: skip
    other_fact = forms.ChoiceField(
        label=gettext_lazy("Or else: fact"), required=False, widget=forms.Select(attrs=OWN_WORDS)
    )
    other_op = forms.ChoiceField(
        label=gettext_lazy("Or else: comparison"), choices=OPERATORS.items(), required=False, initial="=="
    )
    other_value = forms.CharField(label=gettext_lazy("Or else: value"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        platform, papers = fact_choices(self.content, known_documents())
        own = [(SCORE, fact_words(SCORE)), (BAND, fact_words(BAND))]
        own += [
            (f"dimension:{one['code']}", spoken(one.get("label"))) for one in labels_in(self.content.get("dimensions"))
        ]
        choices = [platform, papers, (_("Score and parts of it"), own), (_("Points"), _indicators(self.content))]
        others = self.part.get("or") or []
        self.fields["fact"].choices = _keep(choices, self.part.get("fact"))
        self.fields["other_fact"].choices = [
            ("", _("nothing else")),
            *_keep(choices, others[0]["fact"] if others else ""),
        ]

    def clean(self):
        data = super().clean()
        if data.get("value") and data.get("op"):
            data["compared"] = read_value(data["value"], data["op"])
        data["or"] = None
        if data.get("other_fact"):
            op = data.get("other_op") or "=="
            value = value_of(data.get("other_value", ""), op, self, "other_value")
            # Further alternatives, out of a file, stay as they are.
            data["or"] = [{"fact": data["other_fact"], "op": op, "value": value}, *(self.part.get("or") or [])[1:]]
        return data

    def values(self):
        data = self.cleaned_data
        return super().values() | {
            "fact": data["fact"], "op": data["op"], "value": data["compared"], "mandatory": data["mandatory"],
            "or": data["or"],
        }  # fmt: skip

    @classmethod
    def initial_of(cls, part):
        found = {key: part.get(key) for key in ("fact", "op")} | {"mandatory": part.get("mandatory", True)}
        other = (part.get("or") or [{}])[0]
        return super().initial_of(part) | found | {
            "value": value_text(part.get("value")), "other_fact": other.get("fact", ""),
            "other_op": other.get("op", "=="), "other_value": value_text(other.get("value")),
        }  # fmt: skip


FORMS = {
    "dimensions": DimensionForm, "indicators": IndicatorForm, "bonus": IndicatorForm, "vetoes": VetoForm,
    "bands": BandForm, "rules": RuleForm,
}  # fmt: skip


def adding(form_class):
    """The form with the identifier that makes a double click harmless."""
    return type(f"{form_class.__name__}Add", (form_class, CreateOnceForm), {})


ADD_FORMS = {kind: adding(form_class) for kind, form_class in FORMS.items()}
