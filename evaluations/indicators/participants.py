"""How many people take part: those on the list, or as many as were told when that is more."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, FromPage


@indicators.register
class Participants(FromPage):
    code = "participants"
    label = _("people who take part")
    order = 20

    @classmethod
    def find(cls, read, key):
        members, told = read.members[key], read.rows[key].declared_members
        if told is None and not members:
            return UNKNOWN
        evidence = tuple(one.key for one in members)
        return Fact(max(len(members), told or 0), evidence if told is None else (*read.page_of(key), *evidence))
