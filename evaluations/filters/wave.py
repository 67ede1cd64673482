"""What the list of surveys can be filtered by. Everything stands in the address."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.choices import WaveKind, WaveStatus
from evaluations.models import Wave
from incubator.divisions.models import Division
from organizations.filters import AreaFilterSet
from organizations.models import SocialOrganization
from projects.models import IncubationProject
from projects.querysets import CASE_READERS


def _projects(request):
    return IncubationProject.objects.visible_to(request.user) if request else IncubationProject.objects.none()


def _organizations(request):
    return SocialOrganization.objects.visible_to(request.user) if request else SocialOrganization.objects.none()


class WaveFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(label=_("Search in titles"), field_name="title", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("wave", "When"), choices=WaveKind.choices, empty_label=pgettext_lazy("wave", "any time")
    )
    status = django_filters.ChoiceFilter(label=_("State"), choices=WaveStatus.choices, empty_label=_("all states"))
    # What the panels of projects, organizations and communities open.
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=_projects, to_field_name="uuid", widget=forms.HiddenInput
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("Organization"), queryset=_organizations, to_field_name="uuid", widget=forms.HiddenInput
    )
    community = django_filters.ModelChoiceFilter(
        label=_("Community"), queryset=Division.objects.communities(), to_field_name="code", widget=forms.HiddenInput
    )

    class Meta:
        model = Wave
        fields = ()
