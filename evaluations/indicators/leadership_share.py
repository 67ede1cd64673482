"""Share of its activities that it led by itself, of those of which it was told who led."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, FromActivities
from evaluations.services.readings import share
from projects.choices import LedBy


@indicators.register
class LeadershipShare(FromActivities):
    code = "leadership_share"
    label = _("share of activities led by itself")
    order = 140

    @classmethod
    def find(cls, read, key):
        told = [one for one in read.activities[key] if one.led_by]
        if not told:
            return UNKNOWN
        return Fact(share(one.led_by == LedBy.ORGANIZATION for one in told), tuple(one.key for one in told))
