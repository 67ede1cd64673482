from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role
from incubator.divisions.models import Division

# Offices that keep papers of their own for their places; the platform's admin keeps those of everybody.
PAPER_KEEPERS = (Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)


class PaperTemplateQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        """To the offices that keep papers: those of their places and of what these lie in, and those for everybody."""
        if not user.is_authenticated:
            return self.none()
        if user.access.is_platform_admin:
            return self
        own = user.access.divisions(*PAPER_KEEPERS)
        if not own:
            return self.none()
        above = {code for place in own for code in place.ancestor_codes}
        return self.filter(
            Q(division__isnull=True)
            | Q(division__in=Division.objects.within(own).values("pk"))
            | Q(division__code__in=above)
        )
