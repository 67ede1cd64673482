"""How many of charter and rules on money, activities and safety are missing in the dossier."""

from django.utils.translation import gettext_lazy as _

from evaluations.registries import Fact, indicators
from evaluations.services.indicator import FromDossier
from evaluations.services.readings import CORE_DOCUMENTS


@indicators.register
class CoreDocumentsMissing(FromDossier):
    code = "core_documents_missing"
    label = _("core documents that are missing")
    order = 100

    @classmethod
    def find(cls, read, key):
        missing = [code for code in CORE_DOCUMENTS if not read.has_document(key, code)]
        return Fact(len(missing), read.document_keys(key, *(code for code in CORE_DOCUMENTS if code not in missing)))
