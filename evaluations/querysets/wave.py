"""Surveys are seen by whoever reads the casework of the place; single answer sheets by those who serve its people."""

from django.db import models
from django.db.models import Count, Q

from incubator.divisions.models import Division
from organizations.querysets import NAME_READERS, served_divisions
from projects.querysets.reach import ReachQuerySet


def _served(user):
    places = [*user.access.divisions(*NAME_READERS), *served_divisions(user)]
    return Division.objects.within(places).values("pk")


class WaveQuerySet(ReachQuerySet):
    def lock(self, keys):
        """These surveys, locked in one order for all: whoever writes answer sheets or joins them waits here first."""
        return list(self.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))

    def open(self):
        return self.filter(status="open")

    def with_names(self):
        return self.select_related(
            "version__instrument", "community__parent", "organization", "project__organization", "activity"
        )

    def with_answered(self):
        """``answered``: answer sheets that count."""
        return self.annotate(answered=Count("responses", filter=Q(responses__withdrawn_at__isnull=True)))


class ResponseQuerySet(models.QuerySet):
    def counted(self):
        return self.filter(withdrawn_at__isnull=True)

    def matched(self):
        """Those that may be joined with the same person's other answers."""
        return self.counted().filter(link_state="linked").exclude(subject_key="")

    def visible_to(self, user):
        return self.filter(wave__community__in=_served(user)) if user.is_authenticated else self.none()


class WaveTicketQuerySet(models.QuerySet):
    def unanswered(self):
        answered = Q(responses__isnull=False, responses__withdrawn_at__isnull=True)
        return self.exclude(pk__in=self.model._base_manager.filter(answered).values("pk"))

    def visible_to(self, user):
        return self.filter(wave__community__in=_served(user)) if user.is_authenticated else self.none()


class LinkDoubtQuerySet(models.QuerySet):
    def open(self):
        """Not looked at, and both sheets still count."""
        return self.filter(verdict="", response__withdrawn_at__isnull=True, other__withdrawn_at__isnull=True)

    def visible_to(self, user):
        return self.filter(response__wave__community__in=_served(user)) if user.is_authenticated else self.none()


class AnswerMappingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(made_by=user) if user.is_authenticated else self.none()
