"""Needs: written down by somebody with an account, and what is done with them."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.forms import CreateOnceForm, PageForm
from incubator.divisions.models import Division
from organizations.choices import AgeGroup, ContactErasure, ReferredTo
from organizations.forms.phone import PhoneField
from organizations.models import Agency, NeedCategory, OrganizationType, Place, ResidentNeed, SocialOrganization
from organizations.models import SocialWorker as Worker
from organizations.policies.need import communities_to_raise_in
from organizations.services.need import CONSENT

ROWS = 4


class NeedFields(forms.Form):
    title = forms.CharField(
        label=_("What is needed"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("One line, such as: somebody to shop for my mother on the fifth floor."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": ROWS})
    )
    category = forms.ModelChoiceField(
        label=_("Kind of need"), queryset=NeedCategory.objects.none(), to_field_name="code",
        empty_label=_("Please choose"),
    )  # fmt: skip
    age_group = forms.ChoiceField(
        label=_("For people aged"), choices=AgeGroup.choices, initial=AgeGroup.UNKNOWN, required=False
    )
    place = forms.ModelChoiceField(
        label=_("Place in the community"), queryset=Place.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("not told"),
    )  # fmt: skip
    contact_name = forms.CharField(
        label=_("Name to call back"), max_length=60, required=False, help_text=_("Only if the person wishes.")
    )
    contact_phone = PhoneField(label=_("Phone"), required=False)
    agreed = forms.BooleanField(label=_("The person has agreed"), required=False, help_text=CONSENT)

    def offer(self, community):
        """The lists that a community has."""
        self.fields["category"].queryset = NeedCategory.objects.in_use().of_place(community)
        places = Place.objects.filter(community=community, is_active=True).order_by("kind", "name", "pk")
        self.fields["place"].queryset = places

    def clean_age_group(self):
        return self.cleaned_data["age_group"] or AgeGroup.UNKNOWN

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean(self):
        values = super().clean()
        if (values.get("contact_name") or values.get("contact_phone")) and not values.get("agreed"):
            self.add_error("agreed", _("A name or phone is kept only with the agreement of the person."))
        return values


class NeedRaiseForm(NeedFields, CreateOnceForm):
    """The places of one community are offered once it is known: because there is one only, or it was named before."""

    community = forms.ModelChoiceField(
        label=_("Community"), queryset=Division.objects.none(), to_field_name="code", empty_label=_("Please choose")
    )

    field_order = ("community", "title", "text", "category", "age_group", "place")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        communities = communities_to_raise_in(user)
        self.fields["community"].queryset = communities
        wanted = str(self.data.get("community") or self.initial.get("community") or "").replace("\0", "")
        found = list(communities.filter(code=wanted)) if wanted else list(communities[:2])
        if len(found) == 1:
            self.fields["community"].initial = found[0].code
            self.offer(found[0])
        else:
            self.fields["category"].queryset = NeedCategory.objects.in_use().filter(division__isnull=True)
            del self.fields["place"]


class NeedAssignForm(PageForm):
    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=SocialOrganization.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("none"), help_text=_("Organizations of the same street."),
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        label=_("Or an agency"), queryset=Agency.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("none"),
    )  # fmt: skip
    worker = forms.ModelChoiceField(
        label=_("Social worker"), queryset=Worker.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("nobody in particular"),
    )  # fmt: skip

    def __init__(self, *args, user, need, **kwargs):
        super().__init__(*args, **kwargs)
        street = need.community.parent
        organizations = SocialOrganization.objects.visible_to(user).existing().filter(community__parent=street)
        self.fields["organization"].queryset = organizations.order_by("name", "pk")
        agencies = Agency.objects.visible_to(user).filter(
            service_areas__division__code__in=need.community.ancestor_codes
        )
        agencies = agencies.distinct().order_by("name", "pk")
        self.fields["agency"].queryset = agencies
        workers = Worker.objects.visible_to(user).current().filter(agency__in=agencies.order_by().values("pk"))
        self.fields["worker"].queryset = workers.order_by("name", "pk")

    def clean(self):
        values = super().clean()
        if values.get("worker") and not values.get("agency"):
            values["agency"] = values["worker"].agency
        if bool(values.get("organization")) == bool(values.get("agency")):
            self.add_error(None, _("Please name either an organization or an agency."))
        return values


class NeedMeetForm(PageForm):
    text = forms.CharField(
        label=_("How it was met"), max_length=300, widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text=_("The one who raised it reads this."),
    )  # fmt: skip


class NeedReferForm(PageForm):
    to = forms.ChoiceField(
        label=_("Passed on to"), choices=ReferredTo.choices, widget=forms.RadioSelect, initial=ReferredTo.HOTLINE
    )
    reply = forms.CharField(
        label=_("What was answered"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text=_("May be added later. The one who raised it reads this."),
    )  # fmt: skip


class NeedReplyForm(PageForm):
    reply = forms.CharField(
        label=_("What was answered"), max_length=1000, widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text=_("The one who raised it reads this."),
    )  # fmt: skip


class NeedDeclineForm(PageForm):
    reason = forms.CharField(
        label=_("Why not"), max_length=300, widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text=_("The one who raised it reads this."),
    )  # fmt: skip


class NeedContactEraseForm(PageForm):
    reason = forms.ChoiceField(
        label=_("Why"), choices=ContactErasure.choices, widget=forms.RadioSelect, initial=ContactErasure.ASKED
    )


class NeedMergeForm(PageForm):
    into = forms.ModelChoiceField(
        label=_("The need that goes on"), queryset=ResidentNeed.objects.none(), to_field_name="uuid",
        empty_label=_("Please choose"),
    )  # fmt: skip

    def __init__(self, *args, user, need, **kwargs):
        super().__init__(*args, **kwargs)
        same = ResidentNeed.objects.visible_to(user).open().filter(community=need.community).exclude(pk=need.pk)
        self.fields["into"].queryset = same.order_by("-created_at", "-pk")


class NeedCategoryAddForm(CreateOnceForm):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    division = forms.ModelChoiceField(
        label=_("For"), queryset=Division.objects.none(), to_field_name="code", required=False,
        empty_label=_("all places"),
    )  # fmt: skip
    types = forms.ModelMultipleChoiceField(
        label=_("Organizations that serve it"), queryset=OrganizationType.objects.none(), to_field_name="code",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, divisions, for_all, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["types"].queryset = OrganizationType.objects.filter(is_active=True)
        self.fields["division"].queryset = divisions
        if not for_all:
            self.fields["division"].required, self.fields["division"].empty_label = True, _("Please choose")
