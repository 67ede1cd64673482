"""Whether somebody on the list could take over as leader."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromMembers


@indicators.register
class SuccessorNamed(FromMembers):
    code = "successor_named"
    label = _("a successor")
    order = 150

    @classmethod
    def find_among(cls, members):
        named = tuple(one.key for one in members if one.is_successor)
        return Fact(bool(named), named)
