"""A choice that the organization tells in its review; nothing else knows it."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import indicators
from evaluations.services.indicator import NotYetKnown


@indicators.register
class ChoosesToStayFiled(NotYetKnown):
    code = "chooses_to_stay_filed"
    label = _("chooses to stay filed")
    order = 240
