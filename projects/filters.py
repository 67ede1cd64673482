"""What the lists of projects and activities can be filtered by. Everything stands in the address."""

import datetime

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.filters import AreaFilterSet
from organizations.models import SocialOrganization
from projects.choices import ActivityStatus, Outcome, ProjectStage
from projects.models import Activity, IncubationProject
from projects.querysets import CASE_READERS
from projects.registries import kind_choices

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


class ActivityFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(label=_("Search in titles and texts"), method="by_text", max_length=60)
    month = MonthFilter(label=_("Month"), method="by_month")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices)
    status = django_filters.ChoiceFilter(label=_("State"), choices=STATUS_OPTIONS, method="by_status")
    mine = django_filters.BooleanFilter(label=_("Recorded by me"), method="by_me", widget=forms.CheckboxInput)
    organization = django_filters.UUIDFilter(
        label=_("Organization"), method="by_organization", widget=forms.HiddenInput
    )
    outcome = django_filters.ChoiceFilter(label=_("Did it take place?"), choices=Outcome.choices)

    class Meta:
        model = Activity
        fields = []

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


class ProjectFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search by name"), field_name="name", lookup_expr="icontains")
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=ProjectStage.choices)

    class Meta:
        model = IncubationProject
        fields = []
