"""Share of its activities of which is told what happened, how many came and who led."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, FromActivities
from evaluations.services.readings import share


@indicators.register
class RecordsCompleteShare(FromActivities):
    code = "records_complete_share"
    label = _("share of complete records")
    order = 130

    @classmethod
    def find(cls, read, key):
        held = read.activities[key]
        return Fact(share(one.is_complete for one in held), read.activity_keys[key]) if held else UNKNOWN
