"""What all first screens share."""

from urllib.parse import urlencode

from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from linkage.choices import NOT_DONE
from linkage.filters.action import mine
from linkage.models import ActionItem
from organizations.models import SocialOrganization
from projects.choices import COUNTED, Source
from projects.models import Activity, ActivityLink

CARDS, CHIPS, ROWS, FEW = 3, 4, 20, 5


def address(name, *args, **query):
    """An address of the site with a query string."""
    url = reverse(name, args=args)
    return f"{url}?{urlencode(query)}" if query else url


def page(name, *args, **query):
    """The same, or "" while there is no such page."""
    try:
        return address(name, *args, **query)
    except NoReverseMatch:
        return ""


def month_of(now):
    return timezone.localtime(now).date().replace(day=1)


def month_start(now):
    """The first moment of the month, local time."""
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def counted_in_month(user, now):
    """Activities of this month, as every count on a home shows them."""
    return Activity.objects.visible_to(user).counted().in_month(month_of(now))


def given_by_meetings(user, now):
    """What joint meetings gave this person, or a party that they speak for, to do and nobody has said to be done: the
    soonest due first (one query)."""
    found = mine(ActionItem.objects.visible_to(user).in_force(), user).filter(status__in=NOT_DONE)
    return {"actions": list(found.order_by("due_on", "pk")[:FEW]), "today": timezone.localdate(now)}


class Home:
    """``template`` and ``context(user, now, place)``; ``place`` is the one of ``places(user)`` that the person chose to
    look at, or None for all."""

    template = "site/home_other.html"

    def places(self, user):
        """Places to choose among; fewer than two: nothing to choose."""
        return []

    def context(self, user, now, place=None):
        return {}


def last_contacts(organizations, now):
    """Those with the longest silence first, with ``days`` since somebody from outside was there (None: never) and
    ``last_step``, what was agreed then (one query). What an organization did by itself is no contact."""
    held = Activity.objects.counted().exclude(source=Source.ORGANIZATION)
    own = held.filter(organization=OuterRef("pk")).order_by("-starts_at", "-pk")
    along = ActivityLink.objects.filter(
        organization=OuterRef("pk"), is_main=False, activity__status__in=COUNTED, activity__outcome="held"
    ).order_by("-activity__starts_at", "-pk")
    rows = organizations.annotate(
        last_own=Subquery(own.values("starts_at")[:1]),
        last_step=Subquery(own.values("next_step")[:1]),
        last_along=Subquery(along.values("activity__starts_at")[:1], output_field=DateTimeField()),
    )
    found, today = list(rows.order_by(F("last_own").asc(nulls_first=True), "pk")[:ROWS]), timezone.localdate(now)
    for organization in found:
        moments = [moment for moment in (organization.last_own, organization.last_along) if moment]
        organization.days = (today - timezone.localdate(max(moments))).days if moments else None
    return sorted(found, key=lambda row: (row.days is not None, -(row.days or 0), row.pk))


def contacts_in(places, now):
    return last_contacts(SocialOrganization.objects.in_places(places).filter(state="active"), now)


def chips_of(user):
    """The last pairs of kind and organization that the person recorded: one tap begins the same again."""
    recent = Activity.objects.counted().filter(recorded_by=user).select_related("organization")
    found = {}
    for activity in recent.order_by("-updated_at", "-pk")[: 5 * CHIPS]:
        found.setdefault((activity.kind, activity.organization_id), activity)
    return list(found.values())[:CHIPS]
