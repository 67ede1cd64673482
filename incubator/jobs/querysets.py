from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from incubator.jobs.registries import periodic_names


class JobQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting ones whose time has come, and running ones whose worker let the lease run out."""
        return self.filter(Q(state="queued", run_at__lte=now) | Q(state="running", lease_until__lt=now))

    def done_before(self, moment):
        return self.filter(state="done", finished_at__lt=moment)

    def unfinished(self):
        """What an operator looks at: waiting, running and given up."""
        return self.exclude(state="done")

    def visible_to(self, user):
        return self if user.access.is_platform_admin else self.none()


class HeartbeatQuerySet(models.QuerySet):
    def since(self, moment):
        return self.filter(seen_at__gte=moment)

    def visible_to(self, user):
        return self if user.access.is_platform_admin else self.none()


class ScheduleQuerySet(models.QuerySet):
    def known(self):
        """Those whose job still stands in the code."""
        return self.filter(name__in=periodic_names())

    def with_beat(self):
        """With the rule that says when."""
        return self.select_related("beat__crontab", "beat__interval")

    def with_last_run(self):
        """``last_run_id``: key of the latest run, None before the first."""
        runs = apps.get_model("jobs", "ScheduleRun").objects.filter(schedule=OuterRef("pk"))
        return self.annotate(last_run_id=Subquery(runs.order_by("-due_at", "-pk").values("pk")[:1]))

    def visible_to(self, user):
        """Of what stands in the code; a row without its job does nothing."""
        return self.known() if user.access.is_platform_admin else self.none()


class ScheduleRunQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=["queued", "running"])

    def failed(self):
        return self.filter(state="dead")

    def visible_to(self, user):
        return self if user.access.is_platform_admin else self.none()
