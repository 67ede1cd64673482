"""A calendar as the phone reads it (RFC 5545). Times are UTC, so that no time zone has to travel along."""

import datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def write_calendar(entries, *, name, today, address):
    """The bytes of an .ics file. The same entries on the same day give the same bytes. ``address`` makes a path of the
    site a full address."""
    calendar = Calendar()
    calendar.add("prodid", "-//Miaopu//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", datetime.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    stamp = datetime.datetime.combine(today, datetime.time.min, datetime.UTC)
    for entry in entries:
        calendar.add_component(_event(entry, stamp, address))
    if not entries:
        calendar.add_component(_zone())  # a calendar without any component is none (RFC 5545, 3.6)
    return calendar.to_ical()


def _zone():
    zone, standard, offset = Timezone(), TimezoneStandard(), datetime.timedelta(hours=8)
    zone.add("tzid", "Asia/Shanghai")
    standard.add("dtstart", datetime.datetime(1991, 9, 15))  # noqa: DTZ001 - the end of the last summer time, local
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(entry, stamp, address):
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", (entry.changed_at or stamp).astimezone(datetime.UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    if entry.is_all_day:
        event.add("dtstart", entry.starts_at)
        event.add("dtend", (entry.ends_at or entry.starts_at) + DAY)  # the day after the last
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", entry.starts_at.astimezone(datetime.UTC))
        event.add("dtend", (entry.ends_at or entry.starts_at + HOUR).astimezone(datetime.UTC))
    if entry.place:
        event.add("location", entry.place)
    text = [entry.text] if entry.text else []
    if entry.is_cancelled:
        text.insert(0, _("Cancelled."))
    if text:
        event.add("description", "\n".join(text))
    if entry.url:
        event.add("url", address(entry.url))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event
