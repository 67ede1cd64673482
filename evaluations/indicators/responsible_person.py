"""Whether there is a responsible person: on the page, or as the leader on the list."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromPage
from organizations.choices import Position


@indicators.register
class ResponsiblePerson(FromPage):
    code = "responsible_person"
    label = _("a responsible person")
    order = 40

    @classmethod
    def find(cls, read, key):
        if read.rows[key].responsible_person:
            return Fact(True, read.page_of(key))
        leaders = tuple(one.key for one in read.members[key] if one.position == Position.LEADER)
        return Fact(bool(leaders), leaders or read.page_of(key))
