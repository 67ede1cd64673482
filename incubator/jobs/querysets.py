from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting ones whose time has come, and running ones whose worker let the lease run out."""
        return self.filter(Q(state="queued", run_at__lte=now) | Q(state="running", lease_until__lt=now))

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
