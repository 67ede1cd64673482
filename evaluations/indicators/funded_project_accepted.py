"""Comes from funding rounds; until they are kept here people say it."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import indicators
from evaluations.services.indicator import NotYetKnown


@indicators.register
class FundedProjectAccepted(NotYetKnown):
    code = "funded_project_accepted"
    label = _("funded projects accepted")
    order = 200
