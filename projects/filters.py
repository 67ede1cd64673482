"""What the lists of projects and activities can be filtered by. Everything stands in the address."""

import datetime

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.accounts.models import User
from incubator.base.forms import OWN_WORDS
from organizations.filters import AreaFilterSet
from organizations.models import SocialOrganization
from projects.choices import ActivityStatus, AdmissionStatus, FollowUpKind, LedBy, Outcome, ProjectStage
from projects.models import (
    Activity,
    ActivityLink,
    Admission,
    Announcement,
    ContractIndicator,
    FollowUp,
    IncubationProject,
    Objective,
)
from projects.querysets import CASE_READERS
from projects.services.contract import activities_of_indicator
from projects.services.kind import kind_choices

COUNTED_OPTION = "counted"
STATUS_OPTIONS = [
    (COUNTED_OPTION, _("counted")),
    (ActivityStatus.SUBMITTED, ActivityStatus.SUBMITTED.label),
    (ActivityStatus.RETURNED, ActivityStatus.RETURNED.label),
    (ActivityStatus.ACCEPTED, ActivityStatus.ACCEPTED.label),
    (ActivityStatus.LOCKED, ActivityStatus.LOCKED.label),
]


def parse_month(text):
    """The first day of "2026-11"; None for what is no month."""
    try:
        return datetime.datetime.strptime(text or "", "%Y-%m").date()  # noqa: DTZ007 - a calendar month has no zone
    except ValueError:
        return None


class MonthField(forms.CharField):
    widget = forms.TextInput(attrs={"type": "month"})

    def clean(self, value):
        value = super().clean(value)
        if value and parse_month(value) is None:
            raise forms.ValidationError(_("Please give a month such as 2026-11."))
        return value


class MonthFilter(django_filters.Filter):
    field_class = MonthField


def parse_quarter(text):
    """The first day of "2026-Q4"; None for what is no quarter."""
    year, _dash, quarter = (text or "").partition("-Q")
    if not (len(year) == 4 and year.isdecimal() and year > "0000" and quarter in {"1", "2", "3", "4"}):
        return None
    return datetime.date(int(year), int(quarter) * 3 - 2, 1)


class QuarterField(forms.CharField):
    widget = forms.HiddenInput

    def clean(self, value):
        value = super().clean(value)
        if value and parse_quarter(value) is None:
            raise forms.ValidationError(_("Please give a quarter such as 2026-Q4."))
        return value


class QuarterFilter(django_filters.Filter):
    field_class = QuarterField


def _visible_projects(request):
    return IncubationProject.objects.visible_to(request.user) if request else IncubationProject.objects.none()


def _visible_objectives(request):
    return Objective.objects.visible_to(request.user) if request else Objective.objects.none()


class ActivityFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(label=_("Search in titles and texts"), method="by_text", max_length=60)
    month = MonthFilter(label=_("Month"), method="by_month")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices, empty_label=_("all kinds"))
    status = django_filters.ChoiceFilter(
        label=_("State"), choices=STATUS_OPTIONS, method="by_status", empty_label=_("all states")
    )
    mine = django_filters.BooleanFilter(label=_("Recorded by me"), method="by_me", widget=forms.CheckboxInput)
    organization = django_filters.UUIDFilter(
        label=_("Organization"), method="by_organization", widget=forms.HiddenInput
    )
    outcome = django_filters.ChoiceFilter(label=_("Did it take place?"), choices=Outcome.choices, empty_label=_("all"))
    # What the numbers on a project's page open.
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=_visible_projects, to_field_name="uuid", method="by_project",
        widget=forms.HiddenInput,
    )  # fmt: skip
    objective = django_filters.ModelChoiceFilter(
        label=_("Objective"), queryset=_visible_objectives, to_field_name="uuid", method="by_objective",
        widget=forms.HiddenInput,
    )  # fmt: skip
    planned = django_filters.ChoiceFilter(
        label=_("In the plan"), choices=[("yes", _("as planned")), ("no", _("not planned"))], method="by_planned",
        widget=forms.HiddenInput,
    )  # fmt: skip
    led_by = django_filters.ChoiceFilter(
        label=_("Led by"), choices=[choice for choice in LedBy.choices if choice[0]], widget=forms.HiddenInput
    )
    quarter = QuarterFilter(label=_("Quarter"), method="by_quarter")

    indicator = django_filters.UUIDFilter(
        label=_("Indicator of a contract"), method="by_indicator", widget=forms.HiddenInput
    )

    class Meta:
        model = Activity
        fields = []

    def by_project(self, queryset, name, value):
        return queryset.serving_project(value)

    def by_objective(self, queryset, name, value):
        return queryset.filter(pk__in=ActivityLink.objects.filter(objective=value).values("activity_id"))

    def by_planned(self, queryset, name, value):
        return queryset.filter(plan__isnull=value == "no")

    def by_quarter(self, queryset, name, value):
        return queryset.in_quarter(parse_quarter(value))

    def by_indicator(self, queryset, name, value):
        """What the indicator's figure counts, as far as one reads it."""
        found = ContractIndicator.objects.visible_to(self.request.user).filter(uuid=value).select_related("contract")
        indicator = found.first()
        if indicator is None:
            return queryset.none()
        return queryset.filter(pk__in=activities_of_indicator(indicator).values("pk"))

    def by_text(self, queryset, name, value):
        return queryset.search(value)

    def by_month(self, queryset, name, value):
        return queryset.in_month(parse_month(value))

    def by_status(self, queryset, name, value):
        return queryset.counted() if value == COUNTED_OPTION else queryset.filter(status=value)

    def by_organization(self, queryset, name, value):
        """Also what stands under another organization and served this one."""
        return queryset.serving(SocialOrganization.objects.filter(uuid=value).order_by("pk").first())

    def by_me(self, queryset, name, value):
        return queryset.filter(recorded_by=self.request.user) if value else queryset


class ActivityApiFilter(django_filters.FilterSet):
    organization = django_filters.UUIDFilter(label=_("Organization"), method="by_organization")

    class Meta:
        model = Activity
        fields = ["kind", "status", "outcome"]

    by_organization = ActivityFilter.by_organization


def _leads(request):
    """Everybody who leads a project that the person sees."""
    if request is None:
        return User.objects.none()
    leads = IncubationProject.objects.visible_to(request.user).order_by().values("lead_id")
    return User.objects.filter(pk__in=leads).order_by("name", "pk")


class ProjectFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(label=_("Project or organization"), method="by_text", max_length=60)
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=ProjectStage.choices, empty_label=_("all stages"))
    lead = django_filters.ModelChoiceFilter(
        label=_("Lead worker"), queryset=_leads, to_field_name="uuid", empty_label=_("everybody"),
        widget=forms.Select(attrs=OWN_WORDS),
    )  # fmt: skip

    class Meta:
        model = IncubationProject
        fields = []

    def by_text(self, queryset, name, value):
        value = value.strip()
        return queryset.filter(Q(name__icontains=value) | Q(organization__name__icontains=value))


class AdmissionFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(label=_("Search by organization"), method="by_text", max_length=60)
    status = django_filters.ChoiceFilter(
        label=_("State"), choices=AdmissionStatus.choices, empty_label=_("all states")
    )  # fmt: skip
    waiting = django_filters.BooleanFilter(label=_("Waiting for me"), method="by_me", widget=forms.HiddenInput)

    class Meta:
        model = Admission
        fields = []

    def by_text(self, queryset, name, value):
        return queryset.search(value)

    def by_me(self, queryset, name, value):
        return queryset.waiting_for(self.request.user) if value else queryset


class AnnouncementFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(
        label=_("Search by title"), field_name="title", lookup_expr="icontains", max_length=60
    )
    month = MonthFilter(label=_("Announced in the month"), method="by_month")
    organization = django_filters.UUIDFilter(
        label=_("Organization"), field_name="organization__uuid", widget=forms.HiddenInput
    )
    tab = django_filters.CharFilter(label="", widget=forms.HiddenInput, method="keep")

    class Meta:
        model = Announcement
        fields = []

    def by_month(self, queryset, name, value):
        return queryset.filed_in(parse_month(value))

    def keep(self, queryset, name, value):
        """Which tab is open is the page's business; here it only stays in the address."""
        return queryset


class FollowUpFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(
        label=_("Search by words"), field_name="title", lookup_expr="icontains", max_length=60
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=FollowUpKind.choices, empty_label=_("all kinds"))
    organization = django_filters.UUIDFilter(
        label=_("Organization"), field_name="organization__uuid", widget=forms.HiddenInput
    )
    tab = django_filters.CharFilter(label="", widget=forms.HiddenInput, method="keep")

    class Meta:
        model = FollowUp
        fields = []

    def keep(self, queryset, name, value):
        """Which tab is open is the page's business; here it only stays in the address."""
        return queryset
