import datetime

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from linkage.choices import COMING, HELD, RUNNING
from linkage.querysets.series import OfSeriesQuerySet

WITH_AGENDA = (*COMING, "in_session")


def _number(rows):
    """How many rows belong to the meeting, 0 included; as a subquery, so that several do not multiply."""
    counted = rows.order_by().values("meeting").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class MeetingQuerySet(OfSeriesQuerySet):
    def coming(self):
        return self.filter(status__in=COMING)

    def running(self):
        return self.filter(status__in=RUNNING)

    def held(self):
        return self.filter(status__in=HELD)

    def confirmed(self):
        return self.filter(status="confirmed")

    def with_open_minutes(self):
        """Going on, or held and not confirmed yet."""
        return self.filter(status__in=("in_session", "minutes_draft"))

    def with_counts(self):
        """``number_resolved`` and ``number_treated``: resolutions and matters of each meeting."""
        resolved = apps.get_model("linkage", "Resolution").objects.filter(meeting=OuterRef("pk"))
        treated = apps.get_model("linkage", "AgendaItem").objects.filter(meeting=OuterRef("pk"), status="treated")
        return self.annotate(number_resolved=_number(resolved), number_treated=_number(treated))

    def between(self, first, after):
        """Meetings that begin on one of the days from ``first`` to before ``after``, local time."""
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def with_names(self):
        return self.select_related("series__division__parent", "chair", "recorder")

    def regular_in(self, month):
        """The meetings that are the regular ones of this month, whenever they are held."""
        return self.filter(kind="regular", period=month)

    def next_first(self, today):
        """Those not over, the one on which all that is open stands first: what is going on or is to come by its day, then
        what should have been held and was not, the latest first. A meeting that nobody held does not keep the agenda
        from the next one, and takes it up when it is held after all; nor does one that is closed, however long its
        minutes wait for their confirmation."""
        begin = datetime.datetime.combine(today, datetime.time.min, timezone.get_current_timezone())
        passed = Q(status__in=COMING, starts_at__lt=begin)
        stands_at = Case(When(passed, then=Value(None)), default=F("starts_at"), output_field=models.DateTimeField())
        return self.filter(status__in=WITH_AGENDA).order_by(stands_at.asc(nulls_last=True), "-starts_at", "pk")

    def with_agenda(self, today):
        """Only the first one of each series, on which all that is open stands."""
        first = apps.get_model("linkage", "JointMeeting").objects.filter(series=OuterRef("series"))
        return self.filter(pk=Subquery(first.next_first(today).values("pk")[:1]))


class OfMeetingQuerySet(models.QuerySet):
    """Rows of a meeting, read by whoever reads the meeting."""

    def visible_to(self, user):
        meetings = apps.get_model("linkage", "JointMeeting").objects.visible_to(user)
        return self.filter(Q(meeting__in=meetings.values("pk")))
