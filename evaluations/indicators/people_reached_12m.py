"""Participations in its activities; those whose number nobody told are left out."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, FromActivities


@indicators.register
class PeopleReached12m(FromActivities):
    code = "people_reached_12m"
    label = _("people reached in 12 months")
    order = 120

    @classmethod
    def find(cls, read, key):
        told = [one for one in read.activities[key] if one.participants is not None]
        if read.activities[key] and not told:
            return UNKNOWN
        return Fact(sum(one.participants for one in told), tuple(one.key for one in told))
