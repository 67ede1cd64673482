"""independent, joint, liaison or none; not told is unknown."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import UNKNOWN, FromPage
from organizations.choices import PartyOrganization


@indicators.register
class PartyBuilding(FromPage):
    code = "party_building"
    label = _("Party building")
    order = 170

    @classmethod
    def find(cls, read, key):
        row = read.rows[key]
        if row.party_organization in {PartyOrganization.INDEPENDENT, PartyOrganization.JOINT}:
            return Fact(row.party_organization, read.page_of(key))
        if row.party_liaison:
            return Fact("liaison", read.page_of(key))
        return Fact("none", read.page_of(key)) if row.party_organization == PartyOrganization.NONE else UNKNOWN
