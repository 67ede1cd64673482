from django.apps import apps
from django.db import models
from django.db.models import Q

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

    def with_names(self):
        return self.select_related("series__division__parent", "chair", "recorder")


class OfMeetingQuerySet(models.QuerySet):
    """Rows of a meeting, read by whoever reads the meeting."""

    def visible_to(self, user):
        meetings = apps.get_model("linkage", "JointMeeting").objects.visible_to(user)
        return self.filter(Q(meeting__in=meetings.values("pk")))
