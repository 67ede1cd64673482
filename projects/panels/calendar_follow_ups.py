"""What is to do, in people's calendars: on its day, all day."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.calendars.registries import CalendarEntry, CalendarSource, calendar_sources
from projects.choices import FollowUpStatus
from projects.models import FollowUp
from projects.panels.calendar_announcements import MOST, sequence_of


@calendar_sources.register
class FollowUps(CalendarSource):
    code = "follow_ups"
    label = _("what is to do")
    icon = "flag"
    order = 40

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        rows = FollowUp.objects.visible_to(user).filter(due_on__gte=first, due_on__lt=after)
        # The feed is told that something was closed; the page shows what is open.
        rows = rows.of_worker(user) if mine else rows.open()
        rows, today = rows.select_related("organization").order_by("due_on", "pk"), timezone.localdate()
        return [
            CalendarEntry(
                uid=f"follow-up-{row.uuid}",
                title=row.title,
                starts_at=row.due_on,
                url=row.get_absolute_url(),
                text=str(row.organization or ""),
                tone="danger" if row.is_overdue(today) else "warning",
                source=cls.code,
                sequence=sequence_of(row),
                is_cancelled=row.status != FollowUpStatus.OPEN,
            )
            for row in rows[:MOST]
        ]
