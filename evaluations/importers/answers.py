"""Files of answers stand in the list of imports; their pages are those of the survey."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.services.answer_import import KIND
from incubator.importing.registries import Importer, importers
from incubator.importing.row_forms import RowForm


def check_upload_answers(user):
    raise PermissionDenied(_("Answers are taken over on the page of their survey."))


@importers.register
class AnswersImporter(Importer):
    code = KIND
    label = gettext_lazy("Answers to a survey")
    columns = ()
    row_form = RowForm
    policy = staticmethod(check_upload_answers)

    @staticmethod
    def address(batch):
        return reverse("evaluations:answer-import-detail", args=[batch.uuid])
