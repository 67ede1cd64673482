"""Which place and how many months the relations are counted for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import OWN_WORDS
from linkage.models import MeetingSeries

PERIODS = [("3", _("3 months")), ("6", _("6 months")), ("12", _("12 months")), ("24", _("24 months"))]


class RelationForm(forms.Form):
    area = forms.ChoiceField(label=_("Place"), required=False, widget=forms.Select(attrs=OWN_WORDS))
    months = forms.ChoiceField(label=_("The last"), choices=PERIODS, initial="12", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        places = MeetingSeries.objects.visible_to(user).order_by("division__code").values_list(
            "division__code", "division__name"
        )  # fmt: skip
        self.fields["area"].choices = [("", _("all places")), *dict.fromkeys(places)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
