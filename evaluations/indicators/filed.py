"""Whether the street filed it."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromFilings
from organizations.choices import FilingStatus, LegalStatus


@indicators.register
class Filed(FromFilings):
    code = "filed"
    label = _("filed")
    order = 70

    @classmethod
    def find(cls, read, key):
        filed = read.rows[key].legal_status == LegalStatus.FILED
        return Fact(filed, (*read.page_of(key), *(read.filing_keys(key, FilingStatus.FILED) if filed else ())))
