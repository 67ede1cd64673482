"""How many of the sets of rules on money, activities and safety are in the dossier."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromDossier
from evaluations.services.readings import RULES


@indicators.register
class WrittenRules(FromDossier):
    code = "written_rules"
    label = _("written sets of rules")
    order = 90

    @classmethod
    def find(cls, read, key):
        having = [code for code in RULES if read.has_document(key, code)]
        return Fact(len(having), read.document_keys(key, *having))
