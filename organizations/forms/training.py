from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm
from organizations.forms.membership import not_to_come
from organizations.forms.phone import DayField


class TrainingAddForm(CreateOnceForm):
    title = forms.CharField(label=_("What it was about"), max_length=120)
    organizer = forms.CharField(label=_("Given by"), max_length=120, required=False)
    held_on = DayField(label=_("Day"))
    hours = forms.DecimalField(
        label=_("Hours"), min_value=Decimal("0.5"), max_value=Decimal(400), max_digits=5, decimal_places=1
    )

    def clean_held_on(self):
        return not_to_come(self.cleaned_data["held_on"])
