from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.validators import tidy_phone


class PhoneField(forms.CharField):
    """A phone number as people type it; the clean value has its digits only."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    default_error_messages = {"phone": _("This is no phone number. Please check its digits.")}

    def __init__(self, *, max_length=30, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return tidy_phone(text)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["phone"], code="phone") from error


class DayField(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
