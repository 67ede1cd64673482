"""What an organization did about matters of joint meetings is not kept yet; people say it."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import indicators
from evaluations.services.indicator import NotYetKnown


@indicators.register
class AgendaItemsHandled12m(NotYetKnown):
    code = "agenda_items_handled_12m"
    label = _("agenda items handled in 12 months")
    order = 230
