"""What was taken of a resource, on its page; bookings of venues in calendars."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from incubator.calendars.registries import CalendarEntry, CalendarSource, calendar_sources
from linkage.models import ResourceUse
from linkage.policies import match as policies
from organizations.models import VenueBooking

SHOWN, LIMIT = 50, 300


@panels.register
class ResourceUses(Panel):
    code = "resource-uses"
    target = "organizations.resource"
    label = gettext_lazy("What was used")
    template = "linkage/panels/resource_uses.html"
    policy = staticmethod(policies.check_view_uses)
    order = 20

    @classmethod
    def context(cls, user, thing):
        uses = ResourceUse.objects.visible_to(user).filter(resource=thing).standing()
        names = ("organization", "activity__organization", "need", "entered_by")
        rows = list(uses.select_related(*names).order_by("-used_on", "-pk")[:SHOWN])
        for use in rows:
            use.resource = thing  # loaded already, with its place
        return {
            "resource": thing,
            "uses": [(use, verdict(policies.check_withdraw_use, user, use)) for use in rows],
            "may_use": verdict(policies.check_use_resource, user, thing),
        }


@calendar_sources.register
class BookingEntries(CalendarSource):
    """Venues that are booked; in the feed only what one booked oneself."""

    code = "bookings"
    label = gettext_lazy("Bookings")
    icon = "building"
    order = 60

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        found = VenueBooking.objects.visible_to(user).between(begin, end)
        found = found.filter(booked_by=user) if mine else found.standing()
        rows = found.select_related("resource", "organization").order_by("starts_at", "pk")
        return [cls.entry(row) for row in rows[:LIMIT]]

    @staticmethod
    def entry(row):
        return CalendarEntry(
            uid=f"booking-{row.uuid}@miaopu",
            title=f"{row.resource} · {row.title}",
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.resource.place_text,
            url=row.get_absolute_url(),
            tone="info",
            sequence=row.sequence,
            is_cancelled=not row.is_standing,
            changed_at=row.updated_at,
        )
