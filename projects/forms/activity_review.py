from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm


class ActivityCommentForm(CreateOnceForm):
    text = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write a word or two.")},
    )
