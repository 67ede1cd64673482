"""What stands in a person's calendar, and the secret address under which their phone fetches it."""

import datetime
import hashlib
import secrets
from dataclasses import replace

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from incubator.audit import services as audit
from incubator.calendars.models import CalendarFeed
from incubator.calendars.registries import calendar_sources
from incubator.divisions.models import Division

TOKEN_BYTES = 32
FEED_PAST, FEED_COMING = datetime.timedelta(days=60), datetime.timedelta(days=365)


def entries_between(user, first, after, *, mine=False, codes=None):
    """Entries of all sources (or of those named) from the date ``first`` to before ``after``, by day and hour."""
    zone, found = timezone.get_current_timezone(), []
    for source in calendar_sources:
        if codes is None or source.code in codes:
            found += [replace(entry, source=source.code) for entry in source.entries(user, first, after, mine=mine)]
    return sorted(found, key=lambda entry: (entry.day(zone), not entry.is_all_day, _clock(entry, zone), entry.uid))


def _clock(entry, zone):
    return datetime.time.min if entry.is_all_day else entry.starts_at.astimezone(zone).time()


def feed_entries(user, today):
    """What the feed holds: what is the person's to do, from 60 days ago for a year to come."""
    return entries_between(user, today - FEED_PAST, today + FEED_COMING, mine=True)


def place_entries(division, today):
    """What the feed of a place holds, of the same days."""
    found = []
    for source in calendar_sources:
        entries = source.place_entries(division, today - FEED_PAST, today + FEED_COMING)
        found += [replace(entry, source=source.code) for entry in entries]
    return sorted(found, key=lambda entry: (entry.starts_at.isoformat(), entry.uid))


def hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


def find_feed(token):
    """The feed in force under this token, or None. A person's ends with the account; a place's belongs to the place."""
    feeds = CalendarFeed.objects.in_force().filter(token_sha256=hash_token(token))
    feeds = feeds.filter(Q(user__is_active=True) | Q(division__isnull=False))
    return feeds.select_related("user", "division").first()


@transaction.atomic
def create_feed(*, actor):
    """Make a new address and end the one before. Audit. Returns (feed, token): the token is kept nowhere."""
    _end_feeds(actor)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(user=actor, token_sha256=hash_token(token))
    audit.record("calendar_feed.created", target=feed, actor=actor)
    return feed, token


@transaction.atomic
def revoke_feed(*, actor):
    """End the address in force at once; without one nothing happens. Audit."""
    for feed in _end_feeds(actor):
        audit.record("calendar_feed.revoked", target=feed, actor=actor)


def _end_feeds(actor):
    """Two clicks of one person wait for each other on the row of the person."""
    get_user_model().objects.select_for_update(of=("self",)).get(pk=actor.pk)
    return _end(CalendarFeed.objects.in_force().personal().filter(user=actor))


@transaction.atomic
def create_place_feed(*, division, actor):
    """Make a new address of the calendar of a place and end the one before. Audit. Returns (feed, token)."""
    _end_place_feeds(division)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(user=actor, division=division, token_sha256=hash_token(token))
    audit.record("calendar_feed.place_created", target=feed, actor=actor, area=division)
    return feed, token


@transaction.atomic
def revoke_place_feed(*, division, actor):
    """End the address of the place's calendar at once; without one nothing happens. Audit."""
    for feed in _end_place_feeds(division):
        audit.record("calendar_feed.place_revoked", target=feed, actor=actor, area=division)


def _end_place_feeds(division):
    """Two people who renew it at once wait for each other on the row of the place."""
    Division.objects.select_for_update(of=("self",)).get(pk=division.pk)
    return _end(CalendarFeed.objects.in_force().of_place(division))


def _end(feeds):
    feeds = list(feeds.order_by("pk"))
    for feed in feeds:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at", "updated_at"])
    return feeds
