"""What the lists of projects and activities can be filtered by. Everything stands in the address."""

import datetime

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.filters import AreaFilterSet
from projects.choices import ActivityStatus, ProjectStage
from projects.models import Activity, ActivityLink, ContractIndicator, IncubationProject
from projects.querysets import CASE_READERS
from projects.registries import kind_choices
from projects.services.contract import activities_of_indicator

COUNTED_OPTION = "counted"
STATUS_OPTIONS = [
    (COUNTED_OPTION, _("counted")),
    (ActivityStatus.SUBMITTED, ActivityStatus.SUBMITTED.label),
    (ActivityStatus.RETURNED, ActivityStatus.RETURNED.label),
    (ActivityStatus.ACCEPTED, ActivityStatus.ACCEPTED.label),
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


class ActivityFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(label=_("Search in titles and texts"), method="by_text", max_length=60)
    month = MonthFilter(label=_("Month"), method="by_month")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices)
    status = django_filters.ChoiceFilter(label=_("State"), choices=STATUS_OPTIONS, method="by_status")
    mine = django_filters.BooleanFilter(label=_("Recorded by me"), method="by_me", widget=forms.CheckboxInput)
    organization = django_filters.UUIDFilter(
        label=_("Organization"), field_name="organization__uuid", widget=forms.HiddenInput
    )

    project = django_filters.UUIDFilter(label=_("Project"), method="by_project", widget=forms.HiddenInput)
    indicator = django_filters.UUIDFilter(
        label=_("Indicator of a contract"), method="by_indicator", widget=forms.HiddenInput
    )

    class Meta:
        model = Activity
        fields = []

    def by_project(self, queryset, name, value):
        projects = IncubationProject.objects.visible_to(self.request.user).filter(uuid=value)
        links = ActivityLink.objects.filter(project__in=projects.values("pk"))
        return queryset.filter(pk__in=links.values("activity_id"))

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

    def by_me(self, queryset, name, value):
        return queryset.filter(recorded_by=self.request.user) if value else queryset


class ProjectFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search by name"), field_name="name", lookup_expr="icontains")
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=ProjectStage.choices)

    class Meta:
        model = IncubationProject
        fields = []
