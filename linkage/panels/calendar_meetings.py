"""Joint meetings in people's and places' calendars."""

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.calendars.registries import CalendarEntry, CalendarSource, calendar_sources
from linkage.choices import HELD, MeetingStatus
from linkage.models import JointMeeting, SeriesMember

MOST = 500


@calendar_sources.register
class JointMeetings(CalendarSource):
    code = "joint-meetings"
    label = _("joint meetings")
    icon = "people-fill"
    order = 25

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        rows = JointMeeting.objects.visible_to(user)
        if mine:
            roster = SeriesMember.objects.current().filter(user=user)
            rows = rows.filter(Q(series__in=roster.values("series_id")) | Q(chair=user) | Q(recorder=user))
        return cls._between(rows, first, after)

    @classmethod
    def place_entries(cls, division, first, after):
        return cls._between(JointMeeting.objects.filter(series__division=division), first, after)

    @classmethod
    def _between(cls, rows, first, after):
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        rows = rows.filter(starts_at__gte=begin, starts_at__lt=end).select_related("series__division")
        return [cls._entry(row) for row in rows.order_by("starts_at", "pk")[:MOST]]

    @classmethod
    def _entry(cls, row):
        is_cancelled = row.status == MeetingStatus.CANCELLED
        return CalendarEntry(
            uid=f"joint-meeting-{row.uuid}",
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place_text,
            url=row.get_absolute_url(),
            text=row.series.division.name,
            tone="neutral" if is_cancelled else "success" if row.status in HELD else "info",
            source=cls.code,
            sequence=row.sequence,
            is_cancelled=is_cancelled,
            changed_at=row.updated_at,
        )
