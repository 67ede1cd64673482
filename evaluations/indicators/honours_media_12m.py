"""Documents under the heading of honours, by the day they bear."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromDossier
from evaluations.services.readings import HONOURS


@indicators.register
class HonoursMedia12m(FromDossier):
    code = "honours_media_12m"
    label = _("honours and press in 12 months")
    order = 190

    @classmethod
    def find(cls, read, key):
        first, after = (timezone.localdate(moment) for moment in (read.begin, read.end))
        found = [uuid for uuid, day in read.dossier.get((key, HONOURS), ()) if first <= day < after]
        return Fact(len(found), tuple(("dossier_item", uuid) for uuid in found))
