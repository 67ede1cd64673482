from django.db import models
from django.db.models import Q

from incubator.divisions.choices import Level


class DivisionQuerySet(models.QuerySet):
    def current(self):
        """Divisions that still exist in the newest edition."""
        return self.filter(valid_to__isnull=True)

    def communities(self):
        return self.filter(level=Level.COMMUNITY)

    def within(self, divisions):
        """The subtrees of ``divisions`` with their roots. Codes nest, so a subtree is one range of the code index."""
        wanted = Q(pk__in=[])
        for division in divisions:
            wanted |= Q(code__gte=division.code, code__lt=division.code + ":")  # ":" sorts right after "9"
        return self.filter(wanted)

    def visible_to(self, user):
        """Divisions are public knowledge: everybody who is signed in sees all of them."""
        return self if user.is_authenticated else self.none()
