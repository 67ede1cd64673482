"""Photos and files, several at once. What is wrong with one of them does not hold the others up."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.errors import RuleViolation
from incubator.base.files import PAPERS
from incubator.base.forms import EditionForm, PageForm
from projects.choices import Consent
from projects.services.evidence import TOGETHER
from projects.services.evidence_picture import prepare


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Prepared files (services.evidence_picture). ``refusals`` are the sentences about those that cannot be taken; when
    none can, the field is wrong."""

    widget = SeveralFilesInput

    def __init__(self, **kwargs):
        super().__init__(allow_empty_file=True, **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{extension}" for extension in (*PAPERS, "jpeg"))
        self.refusals = []

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if not uploads:
            raise ValidationError(_("Please choose a photo or a file."))
        if len(uploads) > TOGETHER:
            raise ValidationError(_("Please send at most %(number)s files at once.") % {"number": TOGETHER})
        self.refusals, prepared = [], []
        for upload in uploads:
            try:
                prepared.append(prepare(super().clean(upload, initial)))
            except RuleViolation as error:
                self.refusals.append(str(error))
        if not prepared:
            raise ValidationError(self.refusals)
        return prepared


def _consent_field():
    return forms.ChoiceField(
        label=gettext_lazy("May the people on it be shown to others?"),
        choices=Consent.choices,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )


class EvidenceAddForm(PageForm):
    files = SeveralFilesField(
        label=gettext_lazy("Photos and files"),
        help_text=gettext_lazy(
            "Photos up to 10 MB each, PDF, Word or Excel up to 20 MB. Where and with which camera a photo was taken is "
            "not kept."
        ),
    )
    caption = forms.CharField(
        label=gettext_lazy("What is seen on it"),
        help_text=gettext_lazy("Optional."),
        max_length=120,
        required=False,
    )
    consent = _consent_field()

    @property
    def refusals(self):
        return self.fields["files"].refusals


class EvidenceUpdateForm(EditionForm):
    caption = forms.CharField(label=gettext_lazy("What is seen on it"), max_length=120, required=False)
    consent = _consent_field()


class EvidenceWithdrawForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it taken back?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please say why.")},
    )
