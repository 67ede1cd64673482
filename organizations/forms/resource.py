from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.forms import CreateOnceForm, EditionForm
from incubator.divisions.models import Division
from organizations.choices import ResourceKind
from organizations.forms.phone import DayField, PhoneField
from organizations.models import Agency, NeedCategory, SocialOrganization
from organizations.policies.resource import places_to_offer_to

FEN = 100


class ResourceFields(forms.Form):
    title = forms.CharField(label=_("What is offered"), max_length=120)
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner_text = forms.CharField(
        label=_("Offered by"), max_length=120, required=False,
        help_text=_("A person, an enterprise, a school: whoever has no entry here."),
    )  # fmt: skip
    organization = forms.ModelChoiceField(
        label=_("Or an organization"), queryset=SocialOrganization.objects.none(), to_field_name="uuid",
        required=False, empty_label=_("none"),
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        label=_("Or an agency"), queryset=Agency.objects.none(), to_field_name="uuid", required=False,
        empty_label=_("none"),
    )  # fmt: skip
    categories = forms.ModelMultipleChoiceField(
        label=_("Kinds of needs it serves"), queryset=NeedCategory.objects.none(), to_field_name="code",
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    place_text = forms.CharField(label=_("Where"), max_length=120, required=False)
    quantity = forms.IntegerField(
        label=_("How much"), min_value=1, max_value=10**8, required=False,
        help_text=_("Empty: as often as one likes. Not for money."),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Unit"), max_length=20, required=False, help_text=_("Such as persons, hours, pieces.")
    )
    yuan = forms.DecimalField(
        label=_("Amount (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False,
        help_text=_("For money alone."),
    )  # fmt: skip
    valid_until = DayField(label=_("Offered until"), required=False)
    contact_name = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = PhoneField(label=_("Contact phone"), required=False)

    def offer(self, user):
        organizations = SocialOrganization.objects.visible_to(user).existing()
        self.fields["organization"].queryset = organizations.order_by("name", "pk")
        self.fields["agency"].queryset = Agency.objects.visible_to(user).order_by("name", "pk")
        self.fields["categories"].queryset = NeedCategory.objects.in_use().filter(division__isnull=True)

    def check_facts(self, kind):
        """The sum goes with money alone, and somebody offers it."""
        values = self.cleaned_data
        yuan = values.pop("yuan", None)
        values["amount_fen"] = int(yuan * FEN) if yuan else None
        if kind == ResourceKind.MONEY:
            values["quantity"] = None
            if not values["amount_fen"] and "yuan" not in self.errors:
                self.add_error("yuan", _("Please give the amount."))
        elif values["amount_fen"]:
            self.add_error("yuan", _("Only money has an amount."))
        if not (values.get("owner_text") or values.get("organization") or values.get("agency")):
            self.add_error("owner_text", _("Please say who offers it."))
        return values


class ResourceAddForm(ResourceFields, CreateOnceForm):
    division = forms.ModelChoiceField(
        label=_("Offered to"), queryset=Division.objects.none(), to_field_name="code", empty_label=_("Please choose"),
        help_text=_("A community, or a whole street."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=ResourceKind.choices, widget=forms.RadioSelect)

    field_order = ("kind", "title", "division")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = places_to_offer_to(user)
        self.offer(user)

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day

    def clean(self):
        super().clean()
        return self.check_facts(self.cleaned_data.get("kind"))


class ResourceUpdateForm(ResourceFields, EditionForm):
    is_active = forms.BooleanField(label=_("On offer"), required=False)

    def __init__(self, *args, user, resource, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = resource.kind
        self.offer(user)

    def clean(self):
        super().clean()
        return self.check_facts(self.kind)


class VenueBookForm(CreateOnceForm):
    title = forms.CharField(label=_("For what"), max_length=120)
    organization = forms.ModelChoiceField(
        label=pgettext_lazy("booking", "For the organization"), queryset=SocialOrganization.objects.none(),
        to_field_name="uuid", required=False, empty_label=_("none"),
    )  # fmt: skip
    day = DayField(label=_("Day"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        organizations = SocialOrganization.objects.visible_to(user).existing()
        self.fields["organization"].queryset = organizations.order_by("name", "pk")

    def clean(self):
        values = super().clean()
        if values.get("starts") and values.get("ends") and values["ends"] <= values["starts"]:
            self.add_error("ends", _("It ends before it begins."))
        return values
