"""What stands beside projects: rules of streets, announcements, follow-ups, contracts, hand-overs."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from incubator.divisions.models import Division
from projects.querysets.reach import (
    CONTRACT_READERS,
    HANDOVER_OFFICES,
    LOGGERS,
    ReachQuerySet,
    _agencies,
    _model,
    _reach,
)


class AnnouncementQuerySet(ReachQuerySet):
    def waiting(self):
        return self.filter(status="filed")

    def taken_as_known(self, now):
        """逾期未回复，视为已知悉."""
        return self.filter(status="filed", needs_answer=False, due_at__lte=now)

    def to_answer(self, now):
        """Silence is no answer yet: within the time, or an answer is needed; the activity is still to come."""
        return self.waiting().filter(Q(needs_answer=True) | Q(due_at__gt=now), starts_at__gt=now)

    def unanswered(self, now):
        """An answer is needed and the time is over."""
        return self.filter(status="filed", needs_answer=True, due_at__lte=now)

    def filed_in(self, month):
        """Announced in the calendar month of the date ``month``, local time, half-open."""
        first = month.replace(day=1)
        after = (first + datetime.timedelta(days=32)).replace(day=1)
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(filed_at__gte=begin, filed_at__lt=end)

    def coming(self, now):
        return self.filter(status__in=["filed", "agreed"], starts_at__gt=now)

    def with_names(self):
        return self.select_related("organization", "community__parent", "filed_by")


class FollowUpQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status="open")

    def due(self, today):
        return self.open().filter(due_on__lte=today)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def visible_to(self, user):
        """One's own, and those of the places whose casework one reads; a leader's own organization's."""
        return self.filter(_reach(user) | Q(owner=user)) if user.is_authenticated else self.none()

    def of_worker(self, user):
        """What shows on the worker's home: one's own, and the place's without an owner where one serves."""
        places = user.access.divisions(*LOGGERS)
        nobodys = Q(owner__isnull=True, community__in=Division.objects.within(places).values("pk"))
        return self.filter(Q(owner=user) | nobodys) if places else self.filter(owner=user)

    def with_names(self):
        return self.select_related("organization", "community", "project", "owner")


class ContractQuerySet(models.QuerySet):
    def running(self, today):
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def visible_to(self, user):
        """The agency's own people, and the offices that a contract's place lies with."""
        if not user.is_authenticated:
            return self.none()
        wanted = Q(agency__in=_agencies().of_person(user).values("pk"))
        if offices := user.access.divisions(*CONTRACT_READERS):
            wanted |= Q(
                pk__in=self.model.places.through.objects.filter(
                    division__in=Division.objects.within(offices).values("pk")
                ).values("servicecontract_id")
            )
        return self.filter(wanted)


class ContractIndicatorQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(contract__in=_model("ServiceContract").objects.visible_to(user).values("pk"))


class AgencyHandoverQuerySet(models.QuerySet):
    def open(self, today):
        """While the old agency may still read."""
        return self.filter(reads_until__gte=today)

    def visible_to(self, user):
        """Both agencies' people, and the offices of the place."""
        if not user.is_authenticated:
            return self.none()
        own = _agencies().of_person(user).values("pk")
        wanted = Q(from_agency__in=own) | Q(to_agency__in=own)
        if offices := user.access.divisions(*HANDOVER_OFFICES):
            wanted |= Q(division__in=Division.objects.within(offices).values("pk"))
        return self.filter(wanted)
