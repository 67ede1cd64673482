from django import forms
from django.utils.translation import gettext_lazy

from incubator.base.forms import CreateOnceForm, PageForm
from organizations.choices import PlaceKind


class PlaceAddForm(CreateOnceForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PlaceKind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class PlaceRenameForm(PageForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())
