"""Forms of the dossier."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, PageForm
from organizations.forms.files import UploadField
from organizations.models import DossierHeading


class DossierItemAddForm(CreateOnceForm):
    heading = forms.ModelChoiceField(
        label=_("Heading"), queryset=DossierHeading.objects.none(), to_field_name="code", empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    dated_on = forms.DateField(
        label=_("Date of the document"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = UploadField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heading"].queryset = DossierHeading.objects.filter(is_active=True)


class DossierItemWithdrawForm(PageForm):
    reason = forms.CharField(label=_("Why is it taken back?"), max_length=200)
