"""What the organization did, or took part in, in twelve months; what workers did for it is their work, not its."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromActivities


@indicators.register
class Activities12m(FromActivities):
    code = "activities_12m"
    label = _("activities in 12 months")
    order = 50

    @classmethod
    def find(cls, read, key):
        return Fact(len(read.activities[key]), read.activity_keys[key])
