"""Forms of filings."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from incubator.base.forms import CreateOnceForm, PageForm
from organizations.choices import FilingKind, PaperKind
from organizations.forms.files import UploadField
from organizations.models import SocialOrganization
from organizations.validators import validate_number_pattern

FEN = 100
MOST_YUAN = Decimal("9999999999.99")


def _long(label, *, required=True, rows=4, help_text=""):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=4000, widget=widget, help_text=help_text)


class YuanField(forms.DecimalField):
    """Yuan on the page, whole fen behind it."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=MOST_YUAN, max_digits=12, decimal_places=2, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value):
        amount = super().clean(value)
        return None if amount is None else int(amount * FEN)

    def prepare_value(self, value):
        return Decimal(value) / FEN if isinstance(value, int) else value


class FilingOpenForm(CreateOnceForm):
    kind = forms.ChoiceField(label=_("What is it about?"), choices=FilingKind.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(
        label=_("Year of the report"), required=False, min_value=2000, help_text=_("Only for the annual report.")
    )
    reason = _long(
        _("Reason or remarks"), required=False, rows=3,
        help_text=_("Needed for the end of a filing and for a new copy of the certificate."),
    )  # fmt: skip

    def __init__(self, *args, this_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].max_value = this_year
        self.fields["year"].validators = [
            forms.fields.validators.MinValueValidator(2000), forms.fields.validators.MaxValueValidator(this_year),
        ]  # fmt: skip

    def clean(self):
        values = super().clean()
        if values.get("kind") == FilingKind.ANNUAL and not values.get("year") and "year" not in self.errors:
            self.add_error("year", _("Please say which year the report is about."))
        if values.get("kind") in (FilingKind.CANCELLATION, FilingKind.REISSUE) and not values.get("reason"):
            self.add_error("reason", _("Please say why."))
        return values


class FilingSaveForm(PageForm):
    """First filing, end, new copy: remarks only; the rest is read from the organization's page."""

    reason = _long(_("Reason or remarks"), required=False, rows=3)

    def __init__(self, *args, filing, **kwargs):
        self.filing = filing
        super().__init__(*args, **kwargs)
        self.initial = self.initial_of(filing) | self.initial
        if filing.kind in (FilingKind.CANCELLATION, FilingKind.REISSUE):
            self.fields["reason"].required = True

    def initial_of(self, filing):
        return {"reason": filing.reason}

    def values(self):
        """Keyword arguments for ``save_filing``."""
        return {"reason": self.cleaned_data["reason"]}


class FilingChangeForm(FilingSaveForm):
    """The organization's details as they are, to be written over with what is to hold from now on."""

    name = forms.CharField(label=_("Name"), max_length=100)
    responsible_person = forms.CharField(label=_("Responsible person"), max_length=60)
    contact_phone = forms.CharField(label=_("Contact phone"), max_length=30, required=False)
    purpose = _long(_("Purpose"), required=False)
    activity_scope = _long(_("What it does"), required=False)
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    funds_fen = YuanField(label=_("Funds for activities (yuan)"), required=False)
    funds_note = forms.CharField(label=_("Where the funds come from"), max_length=200, required=False)

    field_order = ["name", "responsible_person", "contact_phone", "venue", "funds_fen", "funds_note", "purpose",
                   "activity_scope", "reason"]  # fmt: skip

    def initial_of(self, filing):
        now = {name: getattr(filing.organization, name) for name in self._details()}
        return super().initial_of(filing) | now | filing.content.get("changes", {})

    def _details(self):
        return [name for name in self.base_fields if name != "reason"]

    def clean_name(self):
        """Said here already: the community must not have two organizations of one name."""
        name = self.cleaned_data["name"]
        organization = self.filing.organization
        taken = SocialOrganization.objects.existing().filter(community=organization.community_id, name=name)
        if taken.exclude(pk=organization.pk).exists():
            raise ValidationError(_("The community has an organization of this name already."))
        return name

    def values(self):
        return super().values() | {"changes": {name: self.cleaned_data[name] for name in self._details()}}


class FilingReportForm(FilingSaveForm):
    """The annual report."""

    summary = _long(_("What was done in the year"), rows=6)
    activities = forms.IntegerField(label=_("Number of activities"), required=False, min_value=0, max_value=100_000)
    income_fen = YuanField(label=_("Income (yuan)"), required=False)
    spending_fen = YuanField(label=_("Spending (yuan)"), required=False)
    plan = _long(_("What is planned for the next year"), required=False)

    field_order = ["summary", "activities", "income_fen", "spending_fen", "plan", "reason"]

    def initial_of(self, filing):
        return super().initial_of(filing) | filing.content.get("report", {})

    def values(self):
        report = {name: self.cleaned_data[name] for name in self.base_fields if name != "reason"}
        return super().values() | {"report": report}


SAVE_FORMS = {FilingKind.CHANGE: FilingChangeForm, FilingKind.ANNUAL: FilingReportForm}


class FilingPaperAddForm(CreateOnceForm):
    kind = forms.ChoiceField(label=_("Which paper is it?"), choices=PaperKind.choices)
    file = UploadField()


class FilingCheckForm(PageForm):
    opinion = _long(
        _("Opinion of the community"),
        help_text=_("For example: the organization is active here, its papers are right, we agree to the filing."),
    )


class FilingReturnForm(PageForm):
    missing_papers = forms.MultipleChoiceField(
        label=_("Which papers are missing or wrong?"), choices=PaperKind.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = _long(_("What to add or change"), help_text=_("One point on each line; those who prepared it read this."))


class FilingSuspendForm(PageForm):
    reason = _long(_("Why is it suspended?"), rows=3)


class FilingCancelForm(PageForm):
    reason = _long(_("Why is it cancelled?"), rows=3)


class FilingRuleUpdateForm(PageForm):
    number_pattern = forms.CharField(
        label=_("Form of the number"), max_length=60,
        help_text=_(
            "<code>{street}</code>: the street's name; <code>{year}</code>: the year; "
            "<code>{number:03d}</code>: the number with three digits."
        ),
    )  # fmt: skip
    required_papers = forms.MultipleChoiceField(
        label=_("Papers that are needed"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[choice for choice in PaperKind.choices if choice[0] != PaperKind.OTHER],
        help_text=_("A change, an end or a new copy needs only the application form; a yearly report only the report."),
    )  # fmt: skip
    minimum_members = forms.IntegerField(label=_("Fewest members"), min_value=1, max_value=1000)

    def clean_number_pattern(self):
        pattern = self.cleaned_data["number_pattern"]
        try:
            validate_number_pattern(pattern)
        except ValueError as error:
            raise ValidationError(
                _("Please use {year} and {number} once each, and of other braces only {street}.")
            ) from error
        return pattern
