"""Planned activities in people's calendars."""

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.calendars.registries import CalendarEntry, CalendarSource, calendar_sources
from projects.models import ActivityPlan
from projects.services.kind import label_of
from projects.services.progress import plan_state

TONES = {"held": "success", "overdue": "warning", "to_come": "info", "cancelled": "neutral"}
AN_HOUR = datetime.timedelta(hours=1)


@calendar_sources.register
class PlannedActivities(CalendarSource):
    """In one query. Mine are those that I see to, and those without anybody in projects that I lead."""

    code = "planned-activities"
    label = _("planned activities")
    icon = "calendar-event"
    order = 20

    @classmethod
    def entries(cls, user, first, after, *, mine=False):
        plans = ActivityPlan.objects.visible_to(user).filter(planned_on__gte=first, planned_on__lt=after)
        if mine:
            plans = plans.filter(Q(responsible=user) | Q(responsible__isnull=True, project__lead=user))
        plans = plans.with_held().select_related("project__organization").order_by("planned_on", "starts_time", "pk")
        today = timezone.localdate()
        return [cls._entry(plan, today) for plan in plans]

    @classmethod
    def _entry(cls, plan, today):
        begin = plan.planned_on
        if plan.starts_time:
            begin = timezone.make_aware(datetime.datetime.combine(begin, plan.starts_time))
        return CalendarEntry(
            uid=f"plan-{plan.uuid}",
            title=f"{plan.title} · {plan.project.organization.name}",
            starts_at=begin,
            ends_at=begin + AN_HOUR if plan.starts_time else None,
            place=plan.place_text,
            url=plan.get_absolute_url(),
            text=label_of(plan.kind),
            tone=TONES[plan_state(plan, today)],
            source=cls.code,
            # Rises with every change, in seconds since it was planned.
            sequence=int((plan.updated_at - plan.created_at).total_seconds()),
            is_cancelled=plan.cancelled_at is not None,
        )
