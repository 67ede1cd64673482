"""How many of the list carry the work: backbone members, and those with a task."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromMembers


@indicators.register
class CoreTeam(FromMembers):
    code = "core_team"
    label = _("core team")
    order = 80

    @classmethod
    def find_among(cls, members):
        core = tuple(one.key for one in members if one.is_core)
        return Fact(len(core), core)
