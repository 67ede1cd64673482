"""Who sees which questionnaires: those of the platform, and those of the places one works in or that these lie in."""

from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role
from incubator.divisions.models import Division
from organizations.querysets import served_divisions
from projects.querysets.reach import led_by


def places_around(user):
    """Q(division…) for rows that concern the person's places: within them, around them, or for the whole platform."""
    places = [*user.access.divisions(), *served_divisions(user)]
    own = Division.objects.filter(pk__in=led_by(user).values("community_id"))
    roots = [*places, *own] if user.access.has(Role.ORGANIZATION_LEADER) else places
    codes = {code for place in roots for code in place.ancestor_codes}
    wanted = Q(division__isnull=True) | Q(division__code__in=codes)
    return wanted | Q(division__in=Division.objects.within(roots).values("pk")) if roots else wanted


class InstrumentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def published(self):
        return self.filter(current__isnull=False)

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.access.is_platform_admin else self.filter(places_around(user))


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Editions are read by everybody who is signed in: whoever reads an answer reads what was asked."""
        return self if user.is_authenticated else self.none()


class ScaleQuerySet(VersionQuerySet):
    pass
