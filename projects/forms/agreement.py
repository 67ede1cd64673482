"""Forms of the agreement, of documents and of the exit plan."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from organizations.forms.files import UploadField
from projects.choices import DocumentKind
from projects.forms.project import DayInput

MOST_HANDOVER_DAYS = 90


def _text(label, *, required=True, rows=3):
    return forms.CharField(label=label, required=required, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}))


def _past_day(day):
    if day and day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))


class AgreementUpdateForm(EditionForm):
    parties = _text(gettext_lazy("Parties"))
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=DayInput)
    services = _text(gettext_lazy("Services"))
    obligations = _text(gettext_lazy("Obligations"), required=False)
    venue_use = _text(gettext_lazy("Use of the venue"), required=False, rows=2)
    funds = _text(gettext_lazy("Funds"), required=False, rows=2)
    personal_data = _text(gettext_lazy("Personal data"), required=False)
    leaving = _text(gettext_lazy("Leaving and hand-over"), required=False)
    handover_days = forms.IntegerField(
        label=gettext_lazy("Working days for the hand-over"), min_value=1, max_value=MOST_HANDOVER_DAYS
    )

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begin and end and end < begin:
            self.add_error("ends_on", _("The end cannot be before the start."))
        return cleaned


class AgreementSignForm(CreateOnceForm):
    signed_on = forms.DateField(
        label=gettext_lazy("Signed on"), widget=DayInput, initial=timezone.localdate, validators=[_past_day]
    )
    file = UploadField(label=gettext_lazy("Signed copy"))


class DocumentAddForm(CreateOnceForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Which document is it?"),
        choices=[choice for choice in DocumentKind.choices if choice[0] != DocumentKind.AGREEMENT],
    )
    title = forms.CharField(
        label=pgettext_lazy("thing", "Title"), max_length=120, required=False,
        help_text=gettext_lazy("Empty: named after its kind."),
    )  # fmt: skip
    dated_on = forms.DateField(label=gettext_lazy("Date of the document"), widget=DayInput, required=False)
    file = UploadField()

    def clean(self):
        cleaned = super().clean()
        if "kind" in cleaned and not cleaned.get("title"):
            cleaned["title"] = str(DocumentKind(cleaned["kind"]).label)
        return cleaned


class DocumentWithdrawForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it taken back?"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class _ExitStepFields(PageForm):
    task = forms.CharField(
        label=gettext_lazy("Task of the social worker"), max_length=200,
        help_text=gettext_lazy("What do you still do for the organization? For example: draw up the duty roster."),
    )  # fmt: skip
    taken_over_by = forms.CharField(
        label=gettext_lazy("Taken over by"), max_length=120,
        help_text=gettext_lazy("A member, the core team, the community …"),
    )  # fmt: skip
    due_on = forms.DateField(label=pgettext_lazy("exit plan", "By when"), widget=DayInput)


class ExitStepAddForm(_ExitStepFields, CreateOnceForm):
    pass


class ExitStepUpdateForm(_ExitStepFields, EditionForm):
    pass
