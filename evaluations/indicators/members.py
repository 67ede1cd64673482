"""How many members: those on the list; the number that was told only where there is no list."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, FromMembers


@indicators.register
class Members(FromMembers):
    code = "members"
    label = _("members")
    order = 30

    @classmethod
    def find(cls, read, key):
        members, told = read.members[key], read.rows[key].declared_members
        if members:
            return Fact(len(members), tuple(one.key for one in members))
        return UNKNOWN if told is None else Fact(told, read.page_of(key))
