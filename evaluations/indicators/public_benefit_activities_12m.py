"""What the organization did for residents who are not its members: service activities."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromActivities
from evaluations.services.readings import PUBLIC_BENEFIT


@indicators.register
class PublicBenefitActivities12m(FromActivities):
    code = "public_benefit_activities_12m"
    label = _("public-benefit activities in 12 months")
    order = 110

    @classmethod
    def find(cls, read, key):
        done = tuple(one.key for one in read.activities[key] if one.kind in PUBLIC_BENEFIT)
        return Fact(len(done), done)
