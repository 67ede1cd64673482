"""Giving a record back to its author."""

from django import forms
from django.utils.translation import gettext_lazy

from incubator.base.forms import PageForm


class ActivityReturnForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("What should be changed?"),
        help_text=gettext_lazy("The person who recorded it reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please say what to change.")},
    )
