"""Filters of lists; they stay in the address, so a list can be sent to a colleague."""

import datetime

import django_filters
from django import forms
from django.core.cache import cache
from django.db.models import Case, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from incubator.base.forms import OWN_WORDS
from incubator.divisions.choices import CODE_LENGTHS, Level
from incubator.divisions.models import Division
from organizations.choices import (
    RATED_CHOICES,
    AgeGroup,
    AgencyKind,
    FilingKind,
    FilingStatus,
    GrowthStage,
    LegalStatus,
    NeedSource,
    NeedStatus,
    OrganizationForm,
    OrganizationState,
    ResourceKind,
    TalentStep,
)
from organizations.models import (
    Agency,
    Filing,
    Membership,
    NeedCategory,
    OrganizationType,
    ResidentNeed,
    Resource,
    SocialOrganization,
    Talent,
)
from organizations.querysets import (
    AREA_READERS,
    COMMUNITY_READERS,
    FILING_READERS,
    NAME_READERS,
    NEED_READERS,
    served_divisions,
)

MOST_CHOICES = 100
TYPES_REMEMBERED = 60  # seconds
YEARS_OFFERED = 10
UNRATED = "none"
EXISTING = "existing"
# Options that are names from the data, not words of ours.


def type_choices():
    """(code, name) of all types, retired ones too, since organizations may still be of them. The list changes about
    once a year and stands on every list page, so it is remembered for a minute."""
    rows = cache.get("organizations.types")
    if rows is None:
        rows = list(OrganizationType.objects.values_list("pk", "code", "name", "name_en"))
        cache.set("organizations.types", rows, TYPES_REMEMBERED)
    return [(pk, code, _local(name, name_en)) for pk, code, name, name_en in rows]


def _local(name, name_en):
    return name_en if name_en and (get_language() or "").startswith("en") else name


def area_choices(user, wanted, roles):
    """(code, name) of places to narrow a list to: the parts of the person's places (a street's communities,
    a district's streets …), and below the chosen one its parts, so that one can go down step by step. One query."""
    chosen = wanted if wanted.isdigit() and len(wanted) in CODE_LENGTHS else ""
    parts = Q(parent__isnull=True) if user.access.is_platform_admin else None  # the provinces, by index
    roots = [] if parts else [*user.access.divisions(*roles), *served_divisions(user)]
    if parts is None:
        if not roots:
            return []
        parts = Q(parent__in=roots) | Q(pk__in=[root.pk for root in roots], level=Level.COMMUNITY)
    if chosen:
        # its line up to the root, itself and its parts
        itself = Division.objects.filter(code=chosen).values("pk")[:1]
        parts |= Q(code__in=[chosen[:length] for length in CODE_LENGTHS if length <= len(chosen)]) | Q(
            parent=Subquery(
                itself
            )  # one value, so that the index on the parent serves it; a join would read all places
        )
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
    shows_form = True

    area = django_filters.ChoiceFilter(
        label=gettext_lazy("Place"),
        method="filter_area",
        empty_label=gettext_lazy("all places"),
        widget=forms.Select(attrs=OWN_WORDS),
    )

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):
        super().__init__(data, queryset, request=request, prefix=prefix)
        wanted = (data or {}).get("area", "")
        if not wanted and not self.shows_form:
            del self.filters["area"]  # nobody asks and nobody looks: the choices would be read for nothing
            return
        choices = area_choices(request.user, wanted, self.area_roles)
        if len(choices) > 1 or wanted:
            self.filters["area"].extra["choices"] = choices
        else:
            del self.filters["area"]  # there is nothing to choose from

    def filter_area(self, queryset, name, value: str):
        place = Division(code=value)
        within = Division.objects.within([place]).values("pk")
        return queryset.filter(**{f"{self.area_path}__in": within})


class StageFilter(django_filters.ChoiceFilter):
    """By growth stage, those that were not reviewed yet among them."""

    def __init__(self, *args, **kwargs):
        choices = [*RATED_CHOICES, (UNRATED, GrowthStage.UNRATED.label)]
        super().__init__(*args, **{"choices": choices, "empty_label": gettext_lazy("all stages")} | kwargs)

    def filter(self, queryset, value):
        return queryset.filter(**{self.field_name: "" if value == UNRATED else value}) if value else queryset


class OrganizationFilterSet(AreaFilterSet):
    q = django_filters.CharFilter(label=gettext_lazy("Name, pinyin, filing number or credit code"), method="filter_q")
    stage = StageFilter(label=gettext_lazy("Growth stage"), field_name="growth_stage")
    legal_status = django_filters.ChoiceFilter(
        label=gettext_lazy("Legal status"), choices=LegalStatus.choices, empty_label=gettext_lazy("all")
    )
    type = django_filters.ChoiceFilter(
        label=gettext_lazy("Type"),
        method="filter_type",
        empty_label=gettext_lazy("all types"),
        widget=forms.Select(attrs=OWN_WORDS),
    )
    organization_form = django_filters.ChoiceFilter(
        label=gettext_lazy("Form of organization"), method="filter_organization_form", empty_label=gettext_lazy("all"),
        choices=[*[pair for pair in OrganizationForm.choices if pair[0]], (UNRATED, OrganizationForm.UNRATED.label)],
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), method="filter_state", empty_label=gettext_lazy("all states"),
        choices=[*OrganizationState.choices, (EXISTING, gettext_lazy("not dissolved"))],
    )  # fmt: skip
    leader = django_filters.ChoiceFilter(
        label=gettext_lazy("Responsible person"), method="filter_leader", empty_label=gettext_lazy("all"),
        choices=[("yes", gettext_lazy("known")), ("no", gettext_lazy("not known yet"))],
    )  # fmt: skip

    class Meta:
        model = SocialOrganization
        fields = ["q", "area", "stage", "legal_status", "type", "organization_form", "state", "leader"]

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):
        super().__init__(data, queryset, request=request, prefix=prefix)
        self.types = type_choices() if self.shows_form or (data or {}).get("type") else []
        self.filters["type"].extra["choices"] = [(code, label) for _pk, code, label in self.types]

    def filter_q(self, queryset, name, value):
        return queryset.search(value)

    def filter_organization_form(self, queryset, name, value):
        return queryset.filter(form="" if value == UNRATED else value)

    def filter_state(self, queryset, name, value):
        return queryset.existing() if value == EXISTING else queryset.filter(state=value)

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


def _years():
    this_year = timezone.localdate().year
    return [(year, str(year)) for year in range(this_year, this_year - YEARS_OFFERED, -1)]


class FilingFilterSet(AreaFilterSet):
    area_path = "organization__community"
    area_roles = FILING_READERS

    q = django_filters.CharFilter(label=gettext_lazy("Organization or number"), method="filter_q")
    waiting = django_filters.BooleanFilter(
        label=gettext_lazy("Waiting for me"), method="filter_waiting", widget=forms.HiddenInput
    )
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=FilingStatus.choices, empty_label=gettext_lazy("all states")
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=FilingKind.choices, empty_label=gettext_lazy("all kinds")
    )
    year = django_filters.ChoiceFilter(
        label=gettext_lazy("Begun in"), choices=_years, method="filter_year", empty_label=gettext_lazy("all years")
    )

    class Meta:
        model = Filing
        fields = ["q", "waiting", "area", "status", "kind", "year"]

    def filter_q(self, queryset, name, value):
        text = value.strip()
        return queryset.filter(Q(organization__name__icontains=text) | Q(number__icontains=text)) if text else queryset

    def filter_waiting(self, queryset, name, value):
        return queryset.waiting_for(self.request.user) if value else queryset

    def filter_year(self, queryset, name, value):
        first, last = (
            datetime.datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
            for year in (int(value), int(value) + 1)
        )
        return queryset.filter(created_at__gte=first, created_at__lt=last)


# --- members, talents, agencies ---


class MembershipFilterSet(django_filters.FilterSet):
    """Members of today unless somebody asks for the former ones."""

    q = django_filters.CharFilter(label=gettext_lazy("Name or phone"), method="filter_q")
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"), method="filter_show", empty_label=gettext_lazy("members of today"),
        choices=[("former", gettext_lazy("former members"))],
    )  # fmt: skip

    class Meta:
        model = Membership
        fields = []

    def filter_q(self, queryset, name, value):
        return queryset.filter(Q(name__icontains=value) | Q(phone__startswith=value))

    def filter_show(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        former = self.form.cleaned_data.get("show") == "former"
        return super().filter_queryset(queryset.filter(left_on__isnull=not former))


class TalentFilterSet(AreaFilterSet):
    """People on the list unless somebody asks for those who were taken off."""

    area_roles = NAME_READERS

    q = django_filters.CharFilter(label=gettext_lazy("Name or gift"), method="filter_q")
    step = django_filters.ChoiceFilter(
        label=gettext_lazy("Step"), choices=TalentStep.choices, empty_label=gettext_lazy("all steps")
    )
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"), method="filter_show", empty_label=gettext_lazy("on the list"),
        choices=[("off", gettext_lazy("taken off the list"))],
    )  # fmt: skip

    class Meta:
        model = Talent
        fields = []

    def filter_q(self, queryset, name, value):
        return queryset.search(value)

    def filter_show(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        off = self.form.cleaned_data.get("show") == "off"
        return super().filter_queryset(queryset.filter(is_active=not off))


class AgencyFilterSet(django_filters.FilterSet):
    q = django_filters.CharFilter(label=pgettext_lazy("thing", "Name"), field_name="name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=AgencyKind.choices, empty_label=gettext_lazy("all kinds")
    )

    class Meta:
        model = Agency
        fields = []


# --- needs and resources ---


class NeedFilterSet(AreaFilterSet):
    """All needs; ``open`` is a word for the states in which a need still waits."""

    area_roles = NEED_READERS

    q = django_filters.CharFilter(label=gettext_lazy("Words of the need"), method="filter_q")
    status = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), method="filter_status", empty_label=gettext_lazy("all states"),
        choices=[("open", gettext_lazy("all that are open")), *NeedStatus.choices],
    )  # fmt: skip
    category = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Kind of need"), queryset=lambda request: NeedCategory.objects.visible_to(request.user),
        to_field_name="code",
        empty_label=gettext_lazy("all kinds"), widget=forms.Select(attrs=OWN_WORDS),
    )  # fmt: skip
    age = django_filters.ChoiceFilter(
        label=gettext_lazy("Age"), field_name="age_group", choices=AgeGroup.choices, empty_label=gettext_lazy("all")
    )
    source = django_filters.ChoiceFilter(
        label=gettext_lazy("Raised through"), choices=NeedSource.choices, empty_label=gettext_lazy("all")
    )

    class Meta:
        model = ResidentNeed
        fields = ["q", "area", "status", "category", "age", "source"]

    def filter_q(self, queryset, name, value):
        return queryset.search(value)

    def filter_status(self, queryset, name, value):
        return queryset.open() if value == "open" else queryset.filter(status=value)


class ResourceFilterSet(AreaFilterSet):
    area_path = "division"
    area_roles = NEED_READERS

    q = django_filters.CharFilter(label=gettext_lazy("What or by whom"), method="filter_q")
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=ResourceKind.choices, empty_label=gettext_lazy("all kinds")
    )
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"), method="filter_show", empty_label=gettext_lazy("on offer"),
        choices=[("free", gettext_lazy("something left")), ("all", gettext_lazy("also what is no longer offered"))],
    )  # fmt: skip

    class Meta:
        model = Resource
        fields = ["q", "area", "kind", "show"]

    def filter_area(self, queryset, name, value):
        """Of the place, and what is offered to all of a place that it lies in."""
        above = queryset.filter(division__code__in=Division(code=value).ancestor_codes)
        return super().filter_area(queryset, name, value) | above

    def filter_q(self, queryset, name, value):
        return queryset.search(value)

    def filter_show(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        shown = self.form.cleaned_data.get("show")
        queryset = super().filter_queryset(queryset)
        if shown == "free":
            return queryset.free_on(timezone.localdate())
        return queryset if shown == "all" else queryset.filter(is_active=True)
