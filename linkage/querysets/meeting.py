import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from linkage.choices import COMING, HELD, RUNNING
from linkage.querysets.series import OfSeriesQuerySet


class MeetingQuerySet(OfSeriesQuerySet):
    def coming(self):
        return self.filter(status__in=COMING)

    def running(self):
        return self.filter(status__in=RUNNING)

    def held(self):
        return self.filter(status__in=HELD)

    def confirmed(self):
        return self.filter(status="confirmed")

    def between(self, first, after):
        """Meetings that begin on one of the days from ``first`` to before ``after``, local time."""
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def with_names(self):
        return self.select_related("series__division__parent", "chair", "recorder")


class OfMeetingQuerySet(models.QuerySet):
    """Rows of a meeting, read by whoever reads the meeting."""

    def visible_to(self, user):
        meetings = apps.get_model("linkage", "JointMeeting").objects.visible_to(user)
        return self.filter(Q(meeting__in=meetings.values("pk")))
