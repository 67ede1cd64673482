from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.base.forms import EditionForm
from organizations.services.community import EDITABLE
from organizations.validators import tidy_phone


class CommunityUpdateForm(EditionForm):
    """What is known of a community. ``profile`` may be one that is not saved yet."""

    population = forms.IntegerField(
        label=gettext_lazy("Inhabitants"), required=False, min_value=0, max_value=10_000_000
    )
    households = forms.IntegerField(label=gettext_lazy("Households"), required=False, min_value=0, max_value=10_000_000)
    area_hectares = forms.IntegerField(
        label=gettext_lazy("Area in hectares"), required=False, min_value=0, max_value=10_000_000
    )
    service_center = forms.CharField(label=gettext_lazy("Service centre"), max_length=200, required=False)
    contact_name = forms.CharField(label=gettext_lazy("Contact person"), max_length=60, required=False)
    contact_phone = forms.CharField(
        label=gettext_lazy("Contact phone"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    about = forms.CharField(
        label=gettext_lazy("About the community"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args, profile, **kwargs):
        super().__init__(*args, **kwargs)
        for name in EDITABLE:
            self.fields[name].initial = getattr(profile, name)

    def clean_contact_phone(self):
        try:
            return tidy_phone(self.cleaned_data["contact_phone"])
        except ValueError:
            raise forms.ValidationError(
                _(
                    "This is no phone number as we know it. "
                    "A mobile number has 11 digits; a landline needs its area code."
                )
            ) from None
