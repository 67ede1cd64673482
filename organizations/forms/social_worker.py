from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incubator.accounts.models import User
from incubator.base.forms import CreateOnceForm, PageForm
from organizations.choices import Employment, Licence
from organizations.forms.membership import not_to_come
from organizations.forms.phone import DayField, PhoneField


class SocialWorkerFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(label=_("Phone"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices, required=False)
    employment = forms.ChoiceField(label=_("Employment"), choices=Employment.choices, initial=Employment.FULL_TIME)
    started_on = DayField(label=_("Since"), required=False)

    def clean_started_on(self):
        return not_to_come(self.cleaned_data["started_on"])


class SocialWorkerAddForm(SocialWorkerFields, CreateOnceForm):
    pass


class SocialWorkerUpdateForm(SocialWorkerFields, PageForm):
    pass


class SocialWorkerEndForm(PageForm):
    left_on = DayField(label=_("Left on"), initial=timezone.localdate)

    def clean_left_on(self):
        return not_to_come(self.cleaned_data["left_on"])


class SocialWorkerLinkForm(PageForm):
    username = forms.CharField(
        label=_("User name of the account"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_username(self):
        """The account, among those that the person sees: the answer is the same for a foreign one and for none."""
        found = User.objects.visible_to(self.user).filter(username=self.cleaned_data["username"].strip()).first()
        if found is None:
            raise forms.ValidationError(
                gettext("There is no account of this name in your place. Please invite the person first.")
            )
        return found
