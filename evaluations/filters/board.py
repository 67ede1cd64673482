import datetime

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.models import StageDecision
from evaluations.services.fading import MEMBERS, QUIET
from evaluations.services.flow import next_quarter
from organizations.choices import RATED_CHOICES
from organizations.filters import OrganizationFilterSet, StageFilter
from organizations.models import SocialOrganization
from projects.filters import QuarterFilter, parse_quarter
from projects.querysets import CASE_READERS


class BoardFilterSet(OrganizationFilterSet):
    """As on the list of organizations, so that "show all" leads to the same ones."""

    stage = legal_status = state = leader = None

    class Meta:
        model = SocialOrganization
        fields = ["q", "area", "type", "organization_form"]


class FadingFilterSet(OrganizationFilterSet):
    area_roles = CASE_READERS
    legal_status = state = leader = organization_form = None

    why = django_filters.ChoiceFilter(
        label=_("Why"), method="by_why", empty_label=_("all reasons"),
        choices=[(QUIET, _("no activity for a long time")), (MEMBERS, _("members fewer"))],
    )  # fmt: skip

    class Meta:
        model = SocialOrganization
        fields = ["q", "area", "why", "stage", "type"]

    def by_why(self, queryset, name, value):
        """Asked by the page, which finds only those."""
        return queryset


class MoveFilterSet(BoardFilterSet):
    """Decisions about the organizations that the board shows under the same filters."""

    quarter = QuarterFilter(label=_("Quarter"), method="by_quarter")
    before = StageFilter(label=_("Stage before"), field_name="from_stage")
    after = StageFilter(label=_("Stage after"), field_name="to_stage", choices=RATED_CHOICES)

    class Meta:
        model = StageDecision
        fields = ["q", "quarter", "before", "after", "area", "type", "organization_form"]

    def filter_queryset(self, queryset):
        bodies, told = SocialOrganization.objects.existing().visible_to(self.request.user), self.form.cleaned_data
        for name, value in told.items():
            if name in BoardFilterSet.base_filters:
                bodies = self.filters[name].filter(bodies, value)
            else:
                queryset = self.filters[name].filter(queryset, value)
        return queryset.filter(organization__in=bodies.order_by().values("pk"))

    def by_quarter(self, queryset, name, value):
        first, zone = parse_quarter(value), timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, next_quarter(first)))
        return queryset.filter(decided_at__gte=begin, decided_at__lt=end)
