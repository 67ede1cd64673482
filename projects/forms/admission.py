"""Forms of admission and leaving."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import CreateOnceForm, PageForm
from incubator.base.months import IN_A_YEAR, add_months
from projects.choices import LeaveOutcome
from projects.forms.project import DayInput
from projects.policies.admission import outcomes_for


def _long(label, *, required=True, rows=4, help_text=""):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=3000, widget=widget, help_text=help_text)


def _in_a_year():
    return add_months(timezone.localdate(), IN_A_YEAR)


class AdmissionApplyForm(CreateOnceForm):
    wishes = _long(
        gettext_lazy("What the organization hopes for"),
        required=False,
        help_text=gettext_lazy("For example: a room twice a week, help with rules, a first project of its own."),
    )


class AdmissionScreenForm(PageForm):
    opinion = _long(
        gettext_lazy("Opinion of the first check"),
        help_text=gettext_lazy("For example: active in the community, papers complete; we recommend the review."),
    )


class AdmissionAdmitForm(PageForm):
    admitted_on = forms.DateField(label=gettext_lazy("Admitted on"), widget=DayInput, initial=timezone.localdate)
    until_on = forms.DateField(label=gettext_lazy("Until"), widget=DayInput, initial=_in_a_year)
    reason = _long(gettext_lazy("Conclusion of the review"))

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("admitted_on"), cleaned.get("until_on")
        if begin and end and end <= begin:
            self.add_error("until_on", _("The end has to be after the start."))
        return cleaned


class AdmissionRefuseForm(PageForm):
    reason = _long(gettext_lazy("Reason"), help_text=gettext_lazy("What is missing? The organization may apply again."))


class AdmissionExtendForm(PageForm):
    until_on = forms.DateField(label=gettext_lazy("New last day"), widget=DayInput)
    reason = _long(gettext_lazy("Why is it extended?"))

    def __init__(self, *args, admission, **kwargs):
        super().__init__(*args, **kwargs)
        self.admission = admission

    def clean_until_on(self):
        day, old = self.cleaned_data["until_on"], self.admission.until_on
        if old and day <= old:
            raise forms.ValidationError(_("The new last day has to be after %(day)s.") % {"day": old.isoformat()})
        return day


class AdmissionLeaveForm(PageForm):
    """Offices may choose how it ends; a leader records the organization's own wish."""

    outcome = forms.ChoiceField(label=gettext_lazy("How does it end?"), widget=forms.RadioSelect)
    on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput, initial=timezone.localdate)
    reason = _long(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("Rooms, things and files are handed over within the working days of the agreement."),
    )

    def __init__(self, *args, admission, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.admission = admission
        codes = outcomes_for(user, admission)
        self.fields["outcome"].choices = [(code.value, LeaveOutcome(code).label) for code in codes]
        if len(codes) == 1:
            self.fields["outcome"].initial = codes[0].value

    def clean_on(self):
        day, first = self.cleaned_data["on"], self.admission.admitted_on
        if first and day < first:
            raise forms.ValidationError(_("It cannot leave before it was admitted."))
        return day
