"""Who reads joint meetings: those who work in the place, those who lead an organization there, those on the roster."""

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from incubator.accounts.choices import Role, Scope
from incubator.divisions.models import Division
from organizations.querysets import COMMUNITY_READERS, served_divisions


def _model(name):
    return apps.get_model("linkage", name)


def meeting_reach(user):
    """Q over series: in the places one works in, of the community one's organization lies in, or on whose roster one
    stands. A street's series is not read by a community's people unless they are on its roster."""
    places = [*user.access.divisions(*COMMUNITY_READERS), *served_divisions(user)]
    roster = _model("SeriesMember").objects.filter(user=user, left_on__isnull=True)
    wanted = Q(division__in=Division.objects.within(places).values("pk")) | Q(pk__in=roster.values("series_id"))
    if own := user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER):
        led = apps.get_model("organizations", "SocialOrganization").objects.filter(uuid__in=own)
        wanted |= Q(division__in=led.values("community_id"))
    return wanted


def _number(rows):
    """How many rows belong to the series, 0 included; as a subquery, so that several do not multiply."""
    counted = rows.order_by().values("series").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class SeriesQuerySet(models.QuerySet):
    def running_on(self, day):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def with_progress(self, today):
        """``number_members``, ``number_actions`` (unsettled, in force) and ``next_at``, when the next meeting begins."""
        members = _model("SeriesMember").objects.current().filter(series=OuterRef("pk"))
        actions = _model("ActionItem").objects.filter(series=OuterRef("pk")).in_force().unsettled()
        following = _model("JointMeeting").objects.filter(series=OuterRef("pk")).next_first(today)
        return self.select_related("division__parent").annotate(
            number_members=_number(members),
            number_actions=_number(actions),
            next_at=Subquery(following.values("starts_at")[:1]),
        )

    def visible_to(self, user):
        return self.filter(meeting_reach(user)) if user.is_authenticated else self.none()


class OfSeriesQuerySet(models.QuerySet):
    """Rows of a series, read by whoever reads the series."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(series__in=_model("MeetingSeries").objects.visible_to(user).values("pk"))


class SeriesMemberQuerySet(OfSeriesQuerySet):
    def current(self):
        return self.filter(left_on__isnull=True)
