"""How somebody read the columns of a file from elsewhere the last time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluations.models.instrument import Instrument
from evaluations.querysets.wave import AnswerMappingQuerySet
from incubator.base.models import Record


class AnswerMapping(Record):
    """``mapping`` {question or one of "age_group", "code", "name", "submitted_at": number of the column, from 0} of files
    with these headings; nothing of their rows. Each person's own: what one names wrong is proposed to nobody else."""

    instrument = models.ForeignKey(
        Instrument, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="mappings"
    )
    headers_sha256 = models.CharField(_("hash of the headings"), max_length=64)
    mapping = models.JSONField(_("columns"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = AnswerMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("columns of a file of answers")
        verbose_name_plural = _("columns of files of answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="answer_mapping_once", fields=["instrument", "headers_sha256", "made_by"]),
        ]

    def __str__(self):
        return str(self.instrument)
