"""Activities and what belongs to one: who came, photos and files, series."""

import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from projects.choices import COUNTED, HANDED_IN
from projects.querysets.reach import ReachQuerySet, _model, _reach, _served_reach, _wrote_before_handover, name_reach


class SeriesQuerySet(ReachQuerySet):
    def with_done(self):
        """``done``: how many times took place."""
        held = _model("Activity").objects.counted().filter(series=models.OuterRef("pk")).order_by().values("series")
        number = models.Subquery(held.annotate(number=models.Count("pk")).values("number"))
        return self.annotate(done=Coalesce(number, 0))


class OfActivityQuerySet(models.QuerySet):
    """Rows of an activity: whoever reads the activity reads them."""

    def visible_to(self, user):
        return self.filter(activity__in=_model("Activity").objects.visible_to(user).values("pk"))


class AttendanceQuerySet(OfActivityQuerySet):
    """Names: of members to whoever reads that organization's names, of others to whoever :func:`name_reach` says. What
    is only counted is asked of ``activity.attendances`` instead."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        members = apps.get_model("organizations", "Membership").objects.visible_to(user)
        named = Q(membership__in=members.values("pk")) | (Q(membership__isnull=True) & name_reach(user))
        return super().visible_to(user).filter(named)

    def present(self):
        return self.filter(status="present")

    def with_names(self):
        return self.select_related("membership__organization")

    def minutes_by_source(self):
        """{"captured": minutes, "entered_later": minutes} of those who were there: two counters, never one sum. Whoever
        has no minutes of their own was there as long as the activity took."""
        spent = models.Sum(Coalesce("minutes", "activity__minutes"))
        rows = self.present().order_by().values_list("hours_source").annotate(spent=spent)
        return {"captured": 0, "entered_later": 0} | {source: minutes or 0 for source, minutes in rows}


class EvidenceQuerySet(OfActivityQuerySet):
    """A signed sheet is read like the names on it; other pictures and files like the activity."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return super().visible_to(user).filter(~Q(kind="sheet") | name_reach(user))

    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class SignedInQuerySet(models.QuerySet):
    """Lists of words and questions: everybody who is signed in reads them."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class ActivityQuerySet(models.QuerySet):
    def counted(self):
        """What reports count: handed in, not returned, and really held."""
        return self.filter(status__in=COUNTED, outcome="held")

    def handed_in(self):
        """Everything but drafts; said positively, so that an index can serve it."""
        return self.filter(status__in=HANDED_IN)

    def people(self):
        """Keys of those who recorded one of these or took part in it as staff; two queries."""
        along = _model("ActivityWorker").objects.filter(activity__in=self.order_by().values("pk")).order_by()
        found = set(self.order_by().values_list("recorded_by_id", flat=True))
        return found | set(along.values_list("user_id", flat=True))

    def drafts_of(self, user):
        return self.filter(status="draft", recorded_by=user)

    def in_month(self, month):
        """Activities that began in the calendar month of the date ``month``, local time, half-open."""
        first = month.replace(day=1)
        return self.between(first, (first + datetime.timedelta(days=32)).replace(day=1))

    def in_quarter(self, first):
        """The same of the quarter that begins on the date ``first``."""
        return self.between(first, (first + datetime.timedelta(days=95)).replace(day=1))

    def between(self, first, after):
        """Activities that began on one of the days from ``first`` to before ``after``, local time."""
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def serving(self, *organizations):
        """Every activity that has a link to one of the organizations, each once."""
        wanted = {"organization": organizations[0]} if len(organizations) == 1 else {"organization__in": organizations}
        return self.filter(pk__in=_model("ActivityLink").objects.filter(**wanted).values("activity_id"))

    def organizations_served(self, organizations):
        """The keys of those of ``organizations`` that one of these activities served."""
        links = _model("ActivityLink").objects.filter(organization__in=organizations, activity__in=self.values("pk"))
        return set(links.order_by().values_list("organization_id", flat=True).distinct())

    def serving_project(self, project):
        return self.filter(pk__in=_model("ActivityLink").objects.filter(project=project).values("activity_id"))

    def search(self, text):
        return self.filter(Q(title__icontains=text) | Q(summary__icontains=text))

    def visible_to(self, user, *, drafts=True):
        """Records that the person's roles reach; drafts only to who is writing them."""
        if not user.is_authenticated:
            return self.none()
        reached = Q(status__in=HANDED_IN) & (_reach(user) | _served_reach(user) | _wrote_before_handover(user))
        return self.filter(reached | Q(status="draft", recorded_by=user) if drafts else reached)

    def with_names(self):
        return self.select_related("organization", "community__parent", "recorded_by")
