"""Growth standards: those of the platform, and those of the places around one's own. A standard is no secret to whom it
is applied."""

from django.db import models

from evaluations.querysets.instrument import places_around


class StandardQuerySet(models.QuerySet):
    def in_force(self):
        """In use and published."""
        return self.filter(is_active=True, current__isnull=False)

    def of(self, division):
        """Those that can hold in ``division``, the nearest first, the platform's last."""
        codes = division.ancestor_codes
        here = models.Q(division__code__in=codes) | models.Q(division__isnull=True)
        return self.in_force().filter(here).order_by(models.F("division__code").desc(nulls_last=True), "code")

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.access.is_platform_admin else self.filter(places_around(user))


class StandardVersionQuerySet(models.QuerySet):
    """Editions are read by everybody who is signed in."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class GrowthRuleQuerySet(models.QuerySet):
    """So are the rules of who decides."""

    def of(self, division):
        """Those that can hold in ``division``, the nearest first."""
        return self.around([division])

    def around(self, places):
        """Those that can hold in any of these places, the nearest of each first."""
        codes = {code for place in places for code in place.ancestor_codes}
        return self.filter(division__code__in=codes).select_related("division").order_by("-division__code", "pk")

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()
