from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, PageForm
from incubator.divisions.models import Division
from organizations.choices import AgencyKind
from organizations.forms.organization import credit_code_sentence
from organizations.forms.phone import PhoneField
from organizations.validators import CreditCodeError, validate_credit_code


class DivisionCodeField(forms.CharField):
    """A place by its statistical code; the clean value is the division that exists today."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value):
        code = super().clean(value).strip()
        if not code:
            return None
        division = Division.objects.current().filter(code=code).first()
        if division is None:
            raise forms.ValidationError(gettext("There is no place with this code today. Search for its name below."))
        return division


class AgencyFields(forms.Form):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgencyKind.choices)
    credit_code = forms.CharField(label=_("Unified social credit code"), max_length=30, required=False)
    contact_name = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = PhoneField(label=_("Contact phone"), required=False)

    def clean_credit_code(self):
        code = self.cleaned_data["credit_code"].strip().upper()
        if code:
            try:
                validate_credit_code(code)
            except CreditCodeError as error:
                raise forms.ValidationError(credit_code_sentence(error)) from error
        return code


class AgencyAddForm(AgencyFields, CreateOnceForm):
    division = DivisionCodeField(
        label=_("Code of the place it serves"),
        required=False,
        help_text=_("Of a district, street or community; more places can be added later."),
    )

    def __init__(self, *args, needs_place=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].required = needs_place


class AgencyUpdateForm(AgencyFields, PageForm):
    is_active = forms.BooleanField(label=_("Working"), required=False)


class ServiceAreaAddForm(PageForm):
    division = DivisionCodeField(label=_("Code of the place"))


class ServiceAreaSearchForm(forms.Form):
    q = forms.CharField(label=_("Name or code of a place"), max_length=60, required=False)
