import re
from decimal import Decimal

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from incubator.base.forms import OWN_WORDS, CreateOnceForm, EditionForm, PageForm
from incubator.base.policies import verdict
from incubator.divisions.models import Division
from organizations.choices import PartyOrganization
from organizations.models import OrganizationType, Place
from organizations.policies.organization import check_view_contact, communities_to_register_in, masked_phone
from organizations.validators import CreditCodeError, tidy_phone, validate_credit_code

# Beyond so many, a list to choose from is no help: then one types and picks from what is found.
SELECTABLE = 100
FEN = 100
CODE = re.compile(r"(?<!\d)\d{12}(?!\d)")


def credit_code_sentence(error):
    """What is wrong with the code, where, and what to do, in the person's language."""
    values = {"position": error.position, "character": error.character, "length": error.length}
    sentences = {
        "short": _("A credit code has 18 characters; this one has %(length)s. Position %(position)s is missing."),
        "long": _("A credit code has 18 characters; this one has %(length)s. Position %(position)s is too much."),
        "character": _(
            "Position %(position)s is wrong: “%(character)s” never stands in a credit code "
            "(I, O, S, V and Z are not used)."
        ),
        "division": _("Position %(position)s is wrong: positions 3 to 8 are digits. Please compare with the paper."),
        "check": _(
            "Position %(position)s, the check character, does not fit the others: one of the 18 is mistyped. "
            "Please compare with the paper."
        ),
    }
    return sentences[error.reason] % values


class MoreSection(Div):
    """Fields that need not be filled at once: folded, but open where something in it is wrong."""

    template = "organizations/organization_form_section.html"

    def __init__(self, legend, *fields):
        super().__init__(*fields)
        self.legend, self.is_open = legend, False

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        self.is_open = any(pointer.name in form.errors for pointer in self.get_field_names())
        return super().render(form, context, template_pack, **kwargs)


def day_input():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class OrganizationFields(forms.Form):
    """What people write about an organization, on registering and later."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=100, help_text=gettext_lazy("The full name, as on the papers.")
    )
    type = forms.ModelChoiceField(
        label=gettext_lazy("Type"),
        queryset=OrganizationType.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Please choose"),
        widget=forms.Select(attrs=OWN_WORDS),
    )
    founded_on = forms.DateField(label=gettext_lazy("Founded on"), required=False, widget=day_input())
    responsible_person = forms.CharField(label=gettext_lazy("Responsible person"), max_length=60)
    contact_phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    place = forms.ModelChoiceField(
        label=gettext_lazy("Place in the community"), queryset=Place.objects.none(), to_field_name="uuid",
        required=False, empty_label=gettext_lazy("none"), widget=forms.Select(attrs=OWN_WORDS),
    )  # fmt: skip
    is_hub = forms.BooleanField(label=gettext_lazy("It serves other organizations (hub)"), required=False)
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    activity_scope = forms.CharField(
        label=gettext_lazy("What it does"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    venue = forms.CharField(label=gettext_lazy("Venue"), max_length=200, required=False)
    declared_members = forms.IntegerField(
        label=gettext_lazy("Members as told"), required=False, min_value=0, max_value=100_000,
        help_text=gettext_lazy("As long as no list of members is kept here."),
    )  # fmt: skip
    funds = forms.DecimalField(
        label=gettext_lazy("Funds for activities (yuan)"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    funds_note = forms.CharField(label=gettext_lazy("Where the funds come from"), max_length=200, required=False)
    party_organization = forms.ChoiceField(
        label=gettext_lazy("Party organization"), choices=PartyOrganization.choices, required=False
    )
    party_members = forms.IntegerField(
        label=gettext_lazy("Party members"), required=False, min_value=0, max_value=100_000
    )
    party_liaison = forms.CharField(label=gettext_lazy("Party-building liaison"), max_length=60, required=False)
    credit_code = forms.CharField(
        label=gettext_lazy("Unified social credit code"), max_length=40, required=False,
        help_text=gettext_lazy("Only of organizations registered with civil affairs: 18 characters, see the paper."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def more_sections(self):
        return (
            MoreSection(gettext_lazy("What it does and where"), "place", "purpose", "activity_scope", "venue",
                        "declared_members", "is_hub"),
            MoreSection(gettext_lazy("Funds"), "funds", "funds_note"),
            MoreSection(gettext_lazy("Party building"), "party_organization", "party_members", "party_liaison"),
            MoreSection(gettext_lazy("Registered with civil affairs"), "credit_code"),
        )  # fmt: skip

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_founded_on(self):
        day = self.cleaned_data["founded_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Please check the year."))
        return day

    def clean_contact_phone(self):
        try:
            return tidy_phone(self.cleaned_data["contact_phone"])
        except ValueError:
            raise forms.ValidationError(
                _(
                    "This is no phone number as we know it. "
                    "A mobile number has 11 digits; a landline needs its area code."
                )
            ) from None

    def clean_credit_code(self):
        code = "".join(self.cleaned_data["credit_code"].split()).upper()
        if code:
            try:
                validate_credit_code(code)
            except CreditCodeError as error:
                raise forms.ValidationError(credit_code_sentence(error)) from error
        return code

    def details(self):
        """The clean values as the services take them."""
        values = {name: self.cleaned_data[name] for name in OrganizationFields.base_fields}
        funds = values.pop("funds")
        values["funds_fen"] = None if funds is None else int(funds * FEN)
        return values


class OrganizationRegisterForm(OrganizationFields, CreateOnceForm):
    community = forms.CharField(label=gettext_lazy("Community"))
    field_order = ("name", "community", "type")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.communities = communities_to_register_in(user)
        found = list(self.communities[: SELECTABLE + 1])
        is_typed = len(found) > SELECTABLE
        if not is_typed:
            self.fields["community"] = forms.ChoiceField(
                label=gettext_lazy("Community"),
                choices=[("", _("Please choose")), *((place.code, place.name) for place in found)],
                widget=forms.Select(attrs=OWN_WORDS),
            )
            if len(found) == 1:
                self.fields["community"].initial = found[0].code
        else:
            self.fields["community"].help_text = _("Type part of its name, then pick it; or type its 12-digit code.")
            self.fields["community"].widget.attrs |= {
                "list": "community-options",
                "autocomplete": "off",
                "hx-get": reverse("organizations:community-search"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#community-options",
            }
        self.fields["type"].queryset = OrganizationType.objects.filter(is_active=True)
        self.fields["place"].queryset = self._places(found, is_typed)
        self.is_typed = is_typed
        first = Fieldset(
            _("What is needed"),
            "uuid", "name", self._community_field(), "type", "founded_on", "responsible_person", "contact_phone",
        )  # fmt: skip
        self.helper.layout = Layout(first, *self.more_sections())

    def _community_field(self):
        """A select, or a text with suggestions that the search fills in."""
        if not self.is_typed:
            return "community"
        return Div("community", HTML('<datalist id="community-options"></datalist>'))

    @staticmethod
    def _places(communities, is_typed):
        """Places can be chosen at once where it is clear whose they are; else afterwards, when editing."""
        if is_typed or len(communities) != 1:
            return Place.objects.none()
        return Place.objects.filter(community=communities[0], is_active=True)

    def clean_community(self):
        typed = self.cleaned_data["community"]
        code = CODE.search(typed)
        found = list(
            self.communities.filter(code=code.group()) if code else self.communities.filter(name=typed.strip())[:2]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("There are several communities of this name. Please add the 12-digit code."))
        raise forms.ValidationError(
            _("There is no community of this name or code for you. Please pick one that is offered.")
        )


class OrganizationUpdateForm(OrganizationFields, EditionForm):
    def __init__(self, *args, user, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.fields["type"].queryset = OrganizationType.objects.filter(
            is_active=True
        ) | OrganizationType.objects.filter(pk=organization.type_id)
        places = Place.objects.filter(community=organization.community_id)
        self.fields["place"].queryset = places.filter(is_active=True) | places.filter(pk=organization.place_id)
        for name in OrganizationFields.base_fields:
            if name != "funds":
                self.fields[name].initial = getattr(organization, name)
        self.fields["type"].initial = organization.type.code
        self.fields["place"].initial = organization.place and organization.place.uuid
        if organization.funds_fen is not None:
            self.fields["funds"].initial = Decimal(organization.funds_fen) / FEN
        self._hide_phone(user)
        first = Fieldset(_("What is needed"), "name", "type", "founded_on", "responsible_person", "contact_phone")
        self.helper.layout = Layout("edition", first, *self.more_sections())

    def _hide_phone(self, user):
        """Who may change the record but not read the number leaves the field empty to keep it."""
        phone = self.organization.contact_phone
        self.keeps_phone = bool(phone) and not verdict(check_view_contact, user, self.organization)
        if self.keeps_phone:
            self.fields["contact_phone"].initial = ""
            self.fields["contact_phone"].help_text = _("Known is %(phone)s. Leave this empty to keep it.") % {
                "phone": masked_phone(phone)
            }

    def details(self):
        values = super().details()
        if self.keeps_phone and not values["contact_phone"]:
            del values["contact_phone"]
        return values


class OrganizationRestForm(PageForm):
    reason = forms.CharField(
        label=gettext_lazy("Why does it rest?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class OrganizationDissolveForm(PageForm):
    on = forms.DateField(label=gettext_lazy("Last day"), widget=day_input())
    reason = forms.CharField(
        label=gettext_lazy("Why did it end?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Please record the end when it has come."))
        return day


def community_label(community):
    """How a community stands in the suggestions; its code can be read back from it."""
    return f"{community.name}（{community.parent.name}）{community.code}"


def find_communities(user, text):
    """Communities that the person may register in and whose name, street or code has ``text``: ten at most."""
    text = text.strip()
    if not text:
        return Division.objects.none()
    wanted = communities_to_register_in(user)
    found = wanted.filter(code__startswith=text) if text.isdigit() else wanted.filter(name__contains=text)
    return found.select_related("parent")[:10]
