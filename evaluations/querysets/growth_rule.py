"""Rules of who decides on growth are read by everybody who is signed in: whom one may ask is no secret."""

from django.db import models


class GrowthRuleQuerySet(models.QuerySet):
    def of(self, *divisions):
        """Those that can hold in these places, with their own places, the nearest of any place first."""
        codes = {code for division in divisions for code in division.ancestor_codes}
        return self.filter(division__code__in=codes).select_related("division").order_by("-division__code", "pk")

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()
