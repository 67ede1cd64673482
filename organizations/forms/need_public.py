"""The form behind the code: no account, no name needed; and the stars of the one who raised a need."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, PageForm
from organizations.forms.need import NeedFields


class NeedTellForm(NeedFields, CreateOnceForm):
    """``homepage`` is not shown: whoever fills it in is a machine."""

    homepage = forms.CharField(required=False, max_length=200)

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(community)
        self.fields["category"].empty_label = None
        self.fields["agreed"].label = _("I agree")

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""


class NeedRateForm(PageForm):
    stars = forms.TypedChoiceField(
        label=_("How did it go?"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("very good")), (4, _("good")), (3, _("so-so")), (2, _("not good")), (1, _("bad"))],
    )  # fmt: skip
    text = forms.CharField(
        label=_("In your words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
