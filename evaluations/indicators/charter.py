"""Whether a charter is in the dossier, by hand or from a filing."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromDossier


@indicators.register
class Charter(FromDossier):
    code = "charter"
    label = _("a charter")
    order = 60

    @classmethod
    def find(cls, read, key):
        return Fact(read.has_document(key, "charter"), read.document_keys(key, "charter"))
