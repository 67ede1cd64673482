"""Filters of lists; they stay in the address, so a list can be sent to a colleague."""

import django_filters
from django.core.cache import cache
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import get_language, gettext_lazy

from incubator.divisions.choices import CODE_LENGTHS, Level
from incubator.divisions.models import Division
from organizations.choices import GrowthStage, LegalStatus, OrganizationState
from organizations.models import OrganizationType, SocialOrganization
from organizations.querysets import AREA_READERS, COMMUNITY_READERS, served_divisions

MOST_CHOICES = 100
TYPES_REMEMBERED = 60  # seconds
UNRATED = "none"


def type_choices():
    """(code, name) of all types, retired ones too, since organizations may still be of them. The list changes about once
    a year and stands on every list page, so it is remembered for a minute."""
    rows = cache.get("organizations.types")
    if rows is None:
        rows = list(OrganizationType.objects.values_list("pk", "code", "name", "name_en"))
        cache.set("organizations.types", rows, TYPES_REMEMBERED)
    return [(pk, code, _local(name, name_en)) for pk, code, name, name_en in rows]


def _local(name, name_en):
    return name_en if name_en and (get_language() or "").startswith("en") else name


def area_choices(user, wanted, roles):
    """(code, name) of places to narrow a list to: the parts of the person's places (a street's communities, a district's
    streets …), and below the chosen one its parts, so that one can go down step by step. One query."""
    chosen = wanted if wanted.isdigit() and len(wanted) in CODE_LENGTHS else ""
    parts = Q(level=Level.PROVINCE) if user.access.is_platform_admin else None
    roots = [] if parts else [*user.access.divisions(*roles), *served_divisions(user)]
    if parts is None:
        if not roots:
            return []
        parts = Q(parent__in=roots) | Q(pk__in=[root.pk for root in roots], level=Level.COMMUNITY)
    if chosen:
        # its line up to the root, itself and its parts
        parts |= Q(code__in=[chosen[:length] for length in CODE_LENGTHS if length <= len(chosen)]) | Q(parent__code=chosen)
    found = Division.objects.current().filter(parts)
    if roots:
        found = found.filter(pk__in=Division.objects.within(roots).values("pk"))
    first = Case(When(code=chosen, then=Value(0)), default=Value(1))
    rows = found.order_by(first, "code").values_list("code", "name")[:MOST_CHOICES]
    return sorted(rows)


class AreaFilterSet(django_filters.FilterSet):
    """Adds ``area``: a place within the person's reach, by its code."""

    area_path = "community"
    area_roles = AREA_READERS

    area = django_filters.ChoiceFilter(
        label=gettext_lazy("Place"), method="filter_area", empty_label=gettext_lazy("all places")
    )

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):
        super().__init__(data, queryset, request=request, prefix=prefix)
        wanted = (data or {}).get("area", "")
        choices = area_choices(request.user, wanted, self.area_roles)
        if len(choices) > 1 or wanted:
            self.filters["area"].extra["choices"] = choices
        else:
            del self.filters["area"]  # there is nothing to choose from

    def filter_area(self, queryset, name, value):
        place = Division(code=value)
        within = Division.objects.within([place]).values("pk")
        return queryset.filter(**{f"{self.area_path}__in": within})


class OrganizationFilterSet(AreaFilterSet):
    q = django_filters.CharFilter(label=gettext_lazy("Name, pinyin, filing number or credit code"), method="filter_q")
    stage = django_filters.ChoiceFilter(
        label=gettext_lazy("Growth stage"), method="filter_stage", empty_label=gettext_lazy("all stages"),
        choices=[*[pair for pair in GrowthStage.choices if pair[0]], (UNRATED, GrowthStage.UNRATED.label)],
    )  # fmt: skip
    legal_status = django_filters.ChoiceFilter(
        label=gettext_lazy("Legal status"), choices=LegalStatus.choices, empty_label=gettext_lazy("all")
    )
    type = django_filters.ChoiceFilter(
        label=gettext_lazy("Type"), method="filter_type", empty_label=gettext_lazy("all types")
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=OrganizationState.choices, empty_label=gettext_lazy("all states")
    )
    leader = django_filters.ChoiceFilter(
        label=gettext_lazy("Responsible person"), method="filter_leader", empty_label=gettext_lazy("all"),
        choices=[("yes", gettext_lazy("known")), ("no", gettext_lazy("not known yet"))],
    )  # fmt: skip

    class Meta:
        model = SocialOrganization
        fields = ["q", "area", "stage", "legal_status", "type", "state", "leader"]

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):
        super().__init__(data, queryset, request=request, prefix=prefix)
        self.types = type_choices()
        self.filters["type"].extra["choices"] = [(code, label) for _pk, code, label in self.types]

    def filter_q(self, queryset, name, value):
        return queryset.search(value)

    def filter_stage(self, queryset, name, value):
        return queryset.filter(growth_stage="" if value == UNRATED else value)

    def filter_type(self, queryset, name, value):
        return queryset.filter(type__in=[pk for pk, code, _label in self.types if code == value])

    def filter_leader(self, queryset, name, value):
        return queryset.exclude(responsible_person="") if value == "yes" else queryset.filter(responsible_person="")


class CommunityFilterSet(AreaFilterSet):
    area_path = "pk"
    area_roles = COMMUNITY_READERS

    q = django_filters.CharFilter(label=gettext_lazy("Name or code"), method="filter_q")

    class Meta:
        model = Division
        fields = ["q", "area"]

    def filter_q(self, queryset, name, value):
        value = value.strip()
        return queryset.filter(Q(code__startswith=value) if value.isdigit() else Q(name__contains=value))
