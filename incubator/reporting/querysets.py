from django.db import models
from django.db.models import Q

from incubator.divisions.models import Division


class PaperTemplateQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        """Those of the places that one works in, and those for everybody."""
        if not user.is_authenticated:
            return self.none()
        if user.access.is_platform_admin:
            return self
        return self.filter(
            Q(division__isnull=True) | Q(division__in=Division.objects.within(user.access.divisions()).values("pk"))
        )
