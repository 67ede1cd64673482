"""Announced activities in people's calendars."""

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role
from incubator.calendars.registries import CalendarEntry, CalendarSource, calendar_sources
from incubator.divisions.models import Division
from projects.choices import AnnouncementStatus
from projects.models import Announcement

MOST = 500
EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def sequence_of(record):
    """A number that rises with every change of the record, as calendars want it."""
    return max(int((record.updated_at - EPOCH).total_seconds()), 0)


@calendar_sources.register
class Announcements(CalendarSource):
    code = "announcements"
    label = _("announced activities")
    icon = "megaphone"
    order = 30

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        zone, now = timezone.get_current_timezone(), timezone.now()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        rows = Announcement.objects.visible_to(user).filter(starts_at__gte=begin, starts_at__lt=end)
        if mine:
            answers = Division.objects.within(user.access.divisions(Role.COMMUNITY_STAFF)).values("pk")
            rows = rows.filter(Q(filed_by=user) | Q(community__in=answers))
        else:
            rows = rows.exclude(status=AnnouncementStatus.WITHDRAWN)
        # What has its record stands in the calendar as that.
        rows = rows.filter(activity__isnull=True).select_related("organization").order_by("starts_at", "pk")
        return [cls._entry(row, now) for row in rows[:MOST]]

    @classmethod
    def _entry(cls, row, now):
        text, tone = row.shown(now)
        return CalendarEntry(
            uid=f"announcement-{row.uuid}",
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.starts_at + datetime.timedelta(minutes=row.minutes),
            place=row.place_text,
            url=row.get_absolute_url(),
            text=f"{row.organization} · {text}",
            tone=tone,
            source=cls.code,
            sequence=sequence_of(row),
            is_cancelled=row.status == AnnouncementStatus.WITHDRAWN,
        )
