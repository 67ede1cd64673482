"""Activities in people's calendars: what was held, and, as cancelled, what was not."""

import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incubator.accounts.choices import Role
from incubator.calendars.registries import CalendarEntry, CalendarSource, calendar_sources
from projects.choices import COUNTED, Outcome
from projects.models import Activity, ActivityWorker
from projects.querysets import LOGGERS

LIMIT = 500  # entries of one sheet


@calendar_sources.register
class ActivityEntries(CalendarSource):
    code = "activities"
    label = gettext_lazy("Activities")
    icon = "journal-check"
    order = 40

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        found = Activity.objects.visible_to(user, drafts=False).filter(starts_at__gte=begin, starts_at__lt=end)
        if mine:
            along = ActivityWorker.objects.filter(user=user).values("activity_id")
            found = found.filter(Q(recorded_by=user) | Q(pk__in=along))
        rows = found.filter(status__in=COUNTED).select_related("organization").order_by("starts_at", "pk")
        return [cls.entry(row) for row in rows[:LIMIT]]

    @staticmethod
    def entry(row):
        what = f"{row.get_kind_display()} · {row.organization}"
        return CalendarEntry(
            uid=f"activity-{row.uuid}@miaopu",
            title=f"{what} · {row.title}" if row.title else what,
            starts_at=row.starts_at,
            ends_at=row.starts_at + datetime.timedelta(minutes=row.minutes),
            place=row.place_text,
            url=row.get_absolute_url(),
            tone="success" if row.took_place else "neutral",
            sequence=row.version,
            is_cancelled=row.outcome != Outcome.HELD,
            changed_at=row.updated_at,
        )

    @classmethod
    def add_links(cls, user, day):
        if day > timezone.localdate() or not user.access.has(*LOGGERS, Role.ORGANIZATION_LEADER):
            return []
        return [(_("Log an activity"), f"{reverse('projects:activity-create')}?{urlencode({'day': day.isoformat()})}")]
