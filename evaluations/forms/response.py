"""Forms of answer sheets: what is asked beside the questions, from those who answer and from those who type in paper."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.choices import LinkedBy
from evaluations.forms.answer import AnswerForm
from evaluations.services.answer_cells import AGE_GROUP, CODE, NAME, SUBMITTED_AT
from evaluations.services.linking import LONGEST, check_code
from evaluations.validators import items_of
from incubator.base.errors import RuleViolation
from incubator.base.forms import OWN_WORDS, CreateOnceForm, PageForm
from incubator.importing.forms import BatchUploadForm
from organizations.models import Membership
from projects.choices import AgeGroup
from projects.registries import spoken

AGES = [pair for pair in AgeGroup.choices if pair[0] != AgeGroup.UNKNOWN]
PREFER_NOT = (AgeGroup.UNKNOWN.value, pgettext_lazy("age group", "I prefer not to say"))


class _SheetForm(CreateOnceForm):
    """Holds the questions themselves as ``answer_form``; both are checked together, and come back together."""

    code = forms.CharField(
        label=_("Your code"), max_length=2 * LONGEST, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    age_group = forms.ChoiceField(label=_("Your age group"), required=False, widget=forms.RadioSelect)
    is_under_14 = forms.BooleanField(label=_("I am under 14"), required=False)
    guardian_agreed = forms.BooleanField(label=_("My parent or guardian is with me and agrees"), required=False)
    compact = False

    def __init__(self, *args, wave, **kwargs):
        super().__init__(*args, **kwargs)
        self.wave = wave
        self.fields["age_group"].choices = [*AGES, PREFER_NOT]
        if not wave.asks_age_group:
            del self.fields["age_group"]
        if wave.linked_by != LinkedBy.SELF_CODE:
            del self.fields["code"]
        self.answer_form = AnswerForm(wave.version.content, self.data if self.is_bound else None, compact=self.compact)

    def is_valid(self):
        own = super().is_valid()
        return self.answer_form.is_valid() and own

    def clean_code(self):
        try:
            return check_code(self.cleaned_data["code"])
        except RuleViolation as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        values = super().clean()
        if values.get("is_under_14") and not values.get("guardian_agreed"):
            self.add_error("guardian_agreed", _t("Under 14 a parent or guardian has to agree."))
        return values

    def facts(self):
        """What the services need."""
        names = ("uuid", "code", "age_group", "is_under_14", "guardian_agreed")
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return given | {"answers": self.answer_form.answers()}


class AnswerAddForm(_SheetForm):
    agreed = forms.BooleanField(
        label=_("I have read this and want to take part"),
        error_messages={"required": _("Please read what you agree to, and tick it.")},
    )
    begun = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)


class ResponseAddForm(_SheetForm):
    """A sheet of paper, typed in without the mouse."""

    compact = True
    membership = forms.ModelChoiceField(
        Membership.objects.none(), to_field_name="uuid", label=_("Whose sheet"), empty_label=_("Please choose"),
        widget=forms.Select(attrs=OWN_WORDS),
    )  # fmt: skip

    def __init__(self, *args, wave, members, **kwargs):
        super().__init__(*args, wave=wave, **kwargs)
        if wave.linked_by in (LinkedBy.TICKET, LinkedBy.ACCOUNT):
            self.fields["membership"].queryset = members
        else:
            del self.fields["membership"]
        if "code" in self.fields:
            self.fields["code"].label = _("Code on the sheet")
        if "age_group" in self.fields:
            self.fields["age_group"] = forms.ChoiceField(
                label=_("Age group"), required=False, choices=[("", _("not told")), *AGES]
            )
        self.fields["is_under_14"].label = _("Under 14")
        self.fields["guardian_agreed"].label = _("A parent or guardian signed")
        self.order_fields(["membership", "code", "age_group", "is_under_14", "guardian_agreed"])

    def facts(self):
        return super().facts() | {"membership": self.cleaned_data.get("membership")}


class ResponseWithdrawForm(PageForm):
    reason = forms.CharField(
        label=_("Why?"), max_length=200, help_text=_("For example: typed in wrong. Then enter the sheet once more."),
        error_messages={"required": _("Please say why.")},
    )  # fmt: skip


class AnswerUploadForm(BatchUploadForm):
    """The same, with what to upload."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("File with answers")
        self.fields["file"].help_text = _(
            "An .xlsx file or CSV, up to 10 MB and 20,000 rows, as 问卷星 or another tool exports it."
        )


class AnswerMapForm(PageForm):
    """Which column of the file has the answers to which question."""

    def __init__(self, *args, wave, headers, mapping, **kwargs):
        super().__init__(*args, **kwargs)
        places = [("", _t("in no column")), *((str(place), head) for place, head in enumerate(headers) if head)]
        for number, item in enumerate(items_of(wave.version.content), start=1):
            label = _t("%(number)s. %(text)s") % {"number": number, "text": spoken(item["text"])}
            self._add(item["id"], label, places, mapping, item["required"])
        if wave.linked_by == LinkedBy.SELF_CODE:
            self._add(CODE, _t("Self-made code"), places, mapping, True)
        elif wave.linked_by != LinkedBy.NOTHING:
            self._add(NAME, _t("Name of the member"), places, mapping, True)
        if wave.asks_age_group:
            self._add(AGE_GROUP, _t("Age or age group"), places, mapping, False)
        self._add(SUBMITTED_AT, _t("When it was handed in"), places, mapping, False)

    def _add(self, name, label, places, mapping, required):
        self.fields[name] = forms.ChoiceField(
            label=label, choices=places, required=required, initial=str(mapping[name]) if name in mapping else "",
            widget=forms.Select(attrs=OWN_WORDS),
        )  # fmt: skip

    def mapping(self):
        return {name: int(place) for name, place in self.cleaned_data.items() if place != ""}
