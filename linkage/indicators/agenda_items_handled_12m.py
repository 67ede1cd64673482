"""How many matters of joint meetings the organization took on and settled in twelve months: another party verified it."""

from django.utils.translation import gettext_lazy as _

from evaluations.policies.review import check_open_review
from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, in_the_review
from linkage.services.readings import meeting_readings


@indicators.register
class AgendaItemsHandled12m:
    code = "agenda_items_handled_12m"
    label = _("agenda items handled in 12 months")
    unit = ""
    order = 230
    check_where = staticmethod(check_open_review)
    where = staticmethod(in_the_review)

    @classmethod
    def compute(cls, organizations, as_of):
        read = meeting_readings(organizations, as_of)
        return {key: cls.find(read, key) for key in read.places}

    @staticmethod
    def find(read, key):
        if not read.is_known(key):
            return UNKNOWN
        matters = read.handled.get(key, {})
        return Fact(len(matters), tuple(record for records in matters.values() for record in records))
