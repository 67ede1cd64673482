"""Mean of the newest closed satisfaction survey of the organization, of five answers or more."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, Indicator


@indicators.register
class SatisfactionMean(Indicator):
    code = "satisfaction_mean"
    label = _("mean satisfaction, 1 to 5")
    order = 180

    @classmethod
    def find(cls, read, key):
        found = read.satisfaction.get(key)
        return Fact(*found) if found else UNKNOWN

    @staticmethod
    def where(organization):
        return organization.get_absolute_url(), _("Ask the people")
