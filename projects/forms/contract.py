from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, EditionForm, PageForm
from incubator.divisions.models import Division
from organizations.forms.filing import YuanField
from organizations.forms.phone import DayField
from organizations.models import Agency
from organizations.querysets import served_divisions
from projects.choices import IndicatorUnit
from projects.models import ContractIndicator
from projects.policies.contract import CONTRACT_KEEPERS
from projects.services.kind import kind_choices


def places_of(user):
    """The person's places and their parts."""
    roots = [*user.access.divisions(*CONTRACT_KEEPERS), *served_divisions(user)]
    keys = [root.pk for root in roots]
    parts = Division.objects.filter(parent__in=keys)
    return Division.objects.current().filter(pk__in=[*keys, *parts.values_list("pk", flat=True)]).order_by("code")


class ContractFields(forms.Form):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    number = forms.CharField(label=_("Contract number"), max_length=60, required=False)
    purchaser = forms.CharField(label=_("Purchaser"), max_length=120)
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), to_field_name="uuid", empty_label=_("Please choose")
    )
    places = forms.ModelMultipleChoiceField(
        label=_("Places"),
        queryset=Division.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A street stands for all its communities."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    amount_fen = YuanField(label=_("Amount (yuan)"), required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.visible_to(user).filter(is_active=True).order_by("name", "pk")
        self.fields["places"].queryset = places_of(user)

    def clean_amount_fen(self):
        return self.cleaned_data["amount_fen"] or 0

    def clean(self):
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("The end cannot be before the start."))
        return values


class ContractAddForm(ContractFields, CreateOnceForm):
    pass


class ContractUpdateForm(ContractFields, EditionForm):
    pass


class IndicatorFields(forms.Form):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of activities that count"),
        choices=kind_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all kinds."),
    )
    unit = forms.ChoiceField(
        label=_("Unit"),
        choices=[choice for choice in IndicatorUnit.choices if choice[0] != IndicatorUnit.OWN],
        initial=IndicatorUnit.SESSIONS,
    )
    target = forms.IntegerField(label=_("Target"), min_value=1, max_value=10_000_000)
    due_on = DayField(label=_("By"), required=False, help_text=_("Empty: the end of the contract."))
    order = forms.IntegerField(label=_("Order"), min_value=0, max_value=9999, initial=100, required=False)

    def clean_order(self):
        order = self.cleaned_data["order"]
        return ContractIndicator._meta.get_field("order").default if order is None else order


class IndicatorAddForm(IndicatorFields, CreateOnceForm):
    pass


class IndicatorUpdateForm(IndicatorFields, PageForm):
    pass
