from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, PageForm
from incubator.divisions.models import Division
from organizations.choices import TalentStep
from organizations.forms.phone import PhoneField
from organizations.models import SocialOrganization
from organizations.querysets import NAME_READERS


class TalentFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(label=_("Phone"), required=False)
    skill = forms.CharField(label=_("Gift or skill"), max_length=200)
    found_at = forms.CharField(
        label=_("Found at"), max_length=200, required=False, help_text=_("The activity at which somebody noticed it.")
    )
    willing_to = forms.CharField(label=_("Would do"), max_length=200, required=False)


class TalentAddForm(TalentFields, CreateOnceForm):
    community = forms.ModelChoiceField(
        label=_("Community"), queryset=Division.objects.none(), to_field_name="code", empty_label=_("Please choose")
    )

    field_order = ("community", "name", "phone", "skill")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        communities = Division.objects.current().communities().within(user.access.divisions(*NAME_READERS))
        self.fields["community"].queryset = communities.order_by("code")


class TalentUpdateForm(TalentFields, PageForm):
    organization = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=SocialOrganization.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label=_("none yet"),
        help_text=_("Organizations of the same community."),
    )
    is_active = forms.BooleanField(label=_("On the list"), required=False)

    def __init__(self, *args, user, talent, **kwargs):
        super().__init__(*args, **kwargs)
        mine = SocialOrganization.objects.visible_to(user).existing().filter(community=talent.community)
        self.fields["organization"].queryset = mine.order_by("name", "pk")


class TalentMoveForm(PageForm):
    step = forms.ChoiceField(label=_("Step"), choices=TalentStep.choices, widget=forms.RadioSelect)
