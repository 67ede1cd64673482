from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.errors import RuleViolation
from incubator.base.forms import PageForm
from projects.services.sign_in import clean_name

HOURS = (1, 2, 3, 4, 6, 8, 12)


class SignInOpenForm(PageForm):
    hours = forms.TypedChoiceField(
        label=_("For how many hours?"), choices=[(number, str(number)) for number in HOURS], coerce=int, initial=2
    )


class SignInAddForm(PageForm):
    """Nothing but a name: no number, no place, no picture."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True, "class": "form-control"}),
        error_messages={"required": _("Please write your name.")},
    )

    def clean_name(self):
        try:
            return clean_name(self.cleaned_data["name"])
        except RuleViolation as error:
            raise ValidationError(str(error)) from error


class SignInFindForm(PageForm):
    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "form-control"}),
        error_messages={"required": _("Please type the code that the screen at the entrance shows.")},
    )
