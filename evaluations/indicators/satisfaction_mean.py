"""Mean of the newest closed satisfaction survey of the organization, of five answers or more."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.policies.wave import check_create_wave
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

    check_where = staticmethod(check_create_wave)

    @staticmethod
    def where(organization):
        about = urlencode({"about": f"organization:{organization.uuid}"})
        return f"{reverse('evaluations:wave-create')}?{about}", _("Ask the people")
