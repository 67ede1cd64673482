"""Forms of a growth review: open, yearly, points, opinions, the decision."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.choices import Outcome
from evaluations.services.assessment import judged_indicators
from evaluations.services.review import OPINION_DAYS
from evaluations.services.scoring_words import spoken
from incubator.base.forms import OWN_WORDS, CreateOnceForm, PageForm
from incubator.base.workdays import add_working_days
from incubator.divisions.models import Division
from organizations.choices import GrowthStage, OrganizationForm
from projects.forms.project import DayInput

OUTCOME_WORDS = {
    Outcome.PROMOTE: gettext_lazy("To the stage %(stage)s"),
    Outcome.HOLD: gettext_lazy("Stays at the stage %(stage)s"),
    Outcome.LOWER: gettext_lazy("Back to the stage %(stage)s"),
}


def _long(label, *, required=True, rows=4, help_text=""):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=3000, widget=widget, help_text=help_text)


def veto_choices(content):
    """[(code, label)] of the vetoes of a standard."""
    return [(veto["code"], spoken(veto.get("label"))) for veto in content.get("vetoes") or ()]


def _due_day():
    return add_working_days(timezone.localdate(), OPINION_DAYS)


class ReviewOpenForm(CreateOnceForm):
    due_on = forms.DateField(label=gettext_lazy("Opinions by"), widget=DayInput, initial=_due_day)
    note = _long(
        gettext_lazy("Note"),
        required=False,
        help_text=gettext_lazy("Why now? For example: a charter since May, twelve activities this year."),
    )


class ReviewYearlyForm(PageForm):
    division = forms.ModelChoiceField(
        label=gettext_lazy("Street"), queryset=Division.objects.none(), to_field_name="code", empty_label=None
    )
    due_on = forms.DateField(label=gettext_lazy("Opinions by"), widget=DayInput, initial=_due_day)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = places


class ReviewWithdrawForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200,
        help_text=gettext_lazy("Nothing is decided, the growth stage stays. Those who were asked read this."),
    )  # fmt: skip


class ReviewScoreForm(PageForm):
    """One pair of fields for each thing that people give points for: the points, and why some were lost."""

    def __init__(self, *args, content, given, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicators = judged_indicators(content)
        for number, indicator in enumerate(self.indicators):
            entry = given.get(indicator["code"], {})
            self.fields[f"points_{number}"] = self._points(indicator, entry.get("points"))
            self.fields[f"reason_{number}"] = forms.CharField(
                label=_("Why points were lost"), required=False, max_length=300, initial=entry.get("reason", ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def _points(self, indicator, known):
        full, mode = indicator["points"], indicator.get("mode") or {}
        label = _("%(indicator)s (%(full)s points)") % {"indicator": spoken(indicator.get("label")), "full": full}
        facts = {"label": label, "required": False, "help_text": spoken(indicator.get("evidence"))}
        if mode.get("kind") == "options":
            options = [(str(one["points"]), f"{spoken(one.get('label'))} · {one['points']}") for one in mode["options"]]
            return self._choice(options, known, facts)
        if mode.get("kind") == "fixed":
            return self._choice([(str(full), f"{_('yes')} · {full}"), ("0", f"{_('no')} · 0")], known, facts)
        return forms.DecimalField(
            min_value=0, max_value=Decimal(str(full)), max_digits=8, decimal_places=2, initial=known, **facts
        )

    @staticmethod
    def _choice(options, known, facts):
        same = next((value for value, _l in options if known is not None and Decimal(value) == Decimal(known)), "")
        choices = [("", _("not scored")), *options]
        return forms.ChoiceField(choices=choices, initial=same, widget=forms.Select(attrs=OWN_WORDS), **facts)

    def clean(self):
        cleaned = super().clean()
        for number, indicator in enumerate(self.indicators):
            points = cleaned.get(f"points_{number}")
            if points in (None, "") or indicator["is_bonus"]:
                continue
            lost = Decimal(str(points)) < Decimal(str(indicator["points"]))
            if lost and not (cleaned.get(f"reason_{number}") or "").strip():
                self.add_error(f"reason_{number}", _("Please say why points were lost."))
        return cleaned

    @property
    def points(self):
        """As the service takes them."""
        return {
            indicator["code"]: {
                "points": self.cleaned_data.get(f"points_{number}"), "reason": self.cleaned_data[f"reason_{number}"],
            }
            for number, indicator in enumerate(self.indicators)
        }  # fmt: skip


class OpinionGiveForm(PageForm):
    recommendation = forms.ChoiceField(
        label=gettext_lazy("What is the opinion for?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    comment = _long(
        gettext_lazy("Opinion"), help_text=gettext_lazy("What do you know yourself? Once given it stays as it is.")
    )

    def __init__(self, *args, is_gate=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_gate:
            field = self.fields["recommendation"]
            field.choices = [choice for choice in Outcome.choices if choice[0] != Outcome.LOWER]


class OpinionRecuseForm(PageForm):
    comment = _long(
        gettext_lazy("Why do you stand aside?"), rows=3,
        help_text=gettext_lazy("For example: related to the leader; or you decide on this review."),
    )  # fmt: skip


class ReviewDecideForm(PageForm):
    """``outcomes`` are those that the person may decide. What the platform computed is offered, never chosen for them."""

    condition_rows = 4

    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    to_form = forms.ChoiceField(
        label=gettext_lazy("Form of organization"), choices=OrganizationForm.choices, required=False
    )
    reason = _long(
        gettext_lazy("Reason"), help_text=gettext_lazy("What convinced you? The organization reads this, and it stays.")
    )

    def __init__(self, *args, outcomes, vetoes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            (f"{outcome}:{stage}", OUTCOME_WORDS[outcome] % {"stage": GrowthStage(stage).label})
            for outcome, stage in outcomes
        ]
        if vetoes:
            self.fields["vetoes"] = forms.MultipleChoiceField(
                label=_("Does one of these apply?"), required=False, choices=vetoes,
                widget=forms.CheckboxSelectMultiple(attrs=OWN_WORDS),
                help_text=_("Tick it only with a finding on paper. The score then counts as nothing."),
            )  # fmt: skip
        for number in range(1, self.condition_rows + 1):
            self.fields[f"condition_{number}"] = forms.CharField(
                label=_("Condition %(number)d") % {"number": number}, required=False, max_length=200,
                help_text=_("What is still to be done. It becomes a task.") if number == 1 else "",
            )  # fmt: skip
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Condition %(number)d: by") % {"number": number}, required=False, widget=DayInput
            )

    def clean(self):
        cleaned = super().clean()
        for number in range(1, self.condition_rows + 1):
            text, due = cleaned.get(f"condition_{number}"), cleaned.get(f"due_{number}")
            if text and not due and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("By which day?"))
            elif due and not text:
                self.add_error(f"condition_{number}", _("What is to be done by this day?"))
            elif due and due < timezone.localdate():
                self.add_error(f"due_{number}", _("This day is past. Please choose today or later."))
        return cleaned

    @property
    def decision(self):
        """As the service takes it."""
        cleaned = self.cleaned_data
        outcome, _colon, stage = cleaned["outcome"].partition(":")
        rows = [(cleaned.get(f"condition_{n}"), cleaned.get(f"due_{n}")) for n in range(1, self.condition_rows + 1)]
        return {
            "outcome": outcome, "to_stage": stage, "to_form": cleaned["to_form"], "reason": cleaned["reason"],
            "vetoes": cleaned.get("vetoes", ()), "conditions": [row for row in rows if row[0]],
        }  # fmt: skip
