import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from evaluations.choices import ReviewOpener, ReviewStatus
from evaluations.models import GrowthReview
from evaluations.policies.waiting import reviews_waiting_for
from organizations.filters import AreaFilterSet, StageFilter
from projects.querysets import CASE_READERS


class ReviewFilter(AreaFilterSet):
    area_roles = CASE_READERS

    q = django_filters.CharFilter(
        label=_("Search by organization"), field_name="organization__name", lookup_expr="icontains", max_length=60
    )
    status = django_filters.ChoiceFilter(label=_("State"), choices=ReviewStatus.choices, empty_label=_("all states"))
    stage = StageFilter(label=_("Growth stage"), field_name="organization__growth_stage")
    opener = django_filters.ChoiceFilter(
        label=_("How it came to be opened"), choices=ReviewOpener.choices, empty_label=_("all")
    )
    waiting = django_filters.BooleanFilter(label=_("Waiting for me"), method="by_me", widget=forms.HiddenInput)

    class Meta:
        model = GrowthReview
        fields = []

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):
        self.shows_form = (data or {}).get("waiting") != "true"
        super().__init__(data, queryset, request=request, prefix=prefix)

    def by_me(self, queryset, name, value):
        return queryset.filter(pk__in=reviews_waiting_for(self.request.user).values("pk")) if value else queryset
