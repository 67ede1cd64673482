"""Where funds and resources come from is not kept as single sources yet; people say it."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import indicators
from evaluations.services.indicator import NotYetKnown


@indicators.register
class FundingSources(NotYetKnown):
    code = "funding_sources"
    label = _("sources of funds or resources")
    order = 210
