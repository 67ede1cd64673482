"""What the ledger of actions can be filtered by. Everything stands in the address."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role
from incubator.divisions.models import Division
from linkage.choices import ActionStatus, Party
from linkage.models import ActionItem, SeriesMember
from linkage.policies.party import organizations_led
from organizations.filters import AreaFilterSet
from organizations.querysets import COMMUNITY_READERS, served_divisions

UNSETTLED, OVERDUE, RAISED = "unsettled", "overdue", "raised"
STATES = [
    (UNSETTLED, _("not settled")),
    (OVERDUE, _("overdue")),
    (RAISED, _("carried too often")),
    *ActionStatus.choices,
]
SPEAKERS = ((Role.COMMUNITY_STAFF, Party.COMMUNITY), (Role.SOCIAL_WORKER, Party.SOCIAL_WORKER),
            (Role.STREET_STAFF, Party.STREET))  # fmt: skip


def mine(queryset, user):
    """Actions given to the person by name, to an organization that they lead, or, where nobody with an account was named,
    to a party that they speak for."""
    listed = SeriesMember.objects.current().filter(series=OuterRef("series"), user=user, party=OuterRef("owner_party"))
    spoken = Q(Exists(listed))
    for role, party in SPEAKERS:
        places = user.access.divisions(role)
        if role == Role.SOCIAL_WORKER:
            places = [*places, *served_divisions(user)]
        if places:
            here = Division.objects.within(places).values("pk")
            spoken |= Q(owner_party=party, series__division__in=here)
    unnamed = (Q(owner__isnull=True) | Q(owner__user__isnull=True)) & Q(organization__isnull=True)
    wanted = Q(owner__user=user) | (unnamed & spoken)
    if led := organizations_led(user):
        wanted |= Q(organization__uuid__in=led)
    return queryset.filter(wanted)


class ActionFilter(AreaFilterSet):
    area_path = "series__division"
    area_roles = COMMUNITY_READERS

    q = django_filters.CharFilter(
        label=_("Search by words"), field_name="title", lookup_expr="icontains", max_length=60
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, empty_label=_("all states"), method="filter_state"
    )
    party = django_filters.ChoiceFilter(
        label=_("Party in charge"), field_name="owner_party", choices=Party.choices, empty_label=_("all parties")
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"), choices=[("mine", _("mine"))], empty_label=_("everybody's"), method="filter_whose"
    )

    class Meta:
        model = ActionItem
        fields = []

    def filter_state(self, queryset, name, value):
        if value == UNSETTLED:
            return queryset.unsettled()
        if value == OVERDUE:
            return queryset.overdue(timezone.localdate())
        if value == RAISED:
            return queryset.raised_to_street()
        return queryset.filter(status=value)

    def filter_whose(self, queryset, name, value):
        return mine(queryset, self.request.user)
