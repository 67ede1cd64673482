"""Rules about fading are read by everybody who is signed in, as those about growth are."""

from django.db import models
from django.db.models import Q

from incubator.divisions.models import Division


class FadingRuleQuerySet(models.QuerySet):
    def around(self, codes):
        """Those that can hold in the places of these codes or in what lies in them, the nearest of any place first."""
        codes = set(codes)
        above = {code for place in codes for code in Division(code=place).ancestor_codes}
        inside = Division.objects.within_codes(codes).values("pk")
        return self.filter(Q(division__code__in=above) | Q(division__in=inside)).order_by("-division__code", "pk")

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()
