"""Whether it is registered with civil affairs."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromPage
from organizations.choices import LegalStatus


@indicators.register
class Registered(FromPage):
    code = "registered"
    label = _("registered")
    order = 160

    @classmethod
    def find(cls, read, key):
        return Fact(read.rows[key].legal_status == LegalStatus.REGISTERED, read.page_of(key))
