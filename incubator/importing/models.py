"""An uploaded list on its way into the house: what came, what was found in it, who took it over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from incubator.importing.choices import DIVISIONS, BatchState
from incubator.importing.querysets import ImportBatchQuerySet
from incubator.importing.registries import importers


def stored_name(batch, file_name):
    """Private and under its identifier: what the person called the file is a fact of the batch, not a path."""
    return f"imports/{batch.uuid}"


class ImportBatch(Record):
    """One uploaded file. ``scope`` tells for what it was uploaded (a place, or the codes of a part of the country):
    the same file may be taken once for each."""

    kind = models.CharField(_("kind of list"), max_length=40)
    file_name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    sha256 = models.CharField(_("hash of the file"), max_length=64)
    scope = models.CharField(_("uploaded for"), max_length=250, blank=True, default="")
    area = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    options = models.JSONField(_("options"), default=dict, blank=True)
    state = FSMField(_("state"), max_length=20, choices=BatchState.choices, default=BatchState.UPLOADED, protected=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    errors = models.JSONField(_("what is wrong"), default=list, blank=True)
    reason = models.CharField(_("why it was not taken"), max_length=500, blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_batch_confirmed_has_time",
                condition=Q(state=BatchState.CONFIRMED, confirmed_at__isnull=False)
                | (~Q(state=BatchState.CONFIRMED) & Q(confirmed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="import_batch_failed_says_why",
                condition=(Q(state=BatchState.FAILED) & ~Q(reason="")) | (~Q(state=BatchState.FAILED) & Q(reason="")),
            ),
            models.UniqueConstraint(
                name="import_batch_file_once",
                fields=["kind", "sha256", "scope"],
                condition=Q(state=BatchState.CONFIRMED),
                violation_error_message=_("This file was taken over already."),
            ),
        ]
        indexes = [models.Index(name="import_batch_recent_idx", fields=["made_by", "-created_at", "-id"])]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        if self.importer is not None and self.importer.address is not None:
            return self.importer.address(self)
        return reverse("importing:batch-detail", args=[self.uuid])

    @property
    def importer(self):
        """The importer class, or None for places and for a kind that is no longer there."""
        return importers.get(self.kind)

    @property
    def kind_label(self):
        if self.kind == DIVISIONS:
            return _("Places")
        return self.importer.label if self.importer else self.kind

    @transition(field=state, source=BatchState.UPLOADED, target=BatchState.CHECKED)
    def check_in(self, *, counts, errors):
        """What the file holds has been read; nothing of it is taken yet."""
        self.counts, self.errors = counts, errors

    @transition(field=state, source=BatchState.CHECKED, target=BatchState.CONFIRMED)
    def confirm(self, *, at, counts, errors):
        self.confirmed_at, self.counts, self.errors = at, counts, errors

    @transition(field=state, source=[BatchState.UPLOADED, BatchState.CHECKED], target=BatchState.FAILED)
    def fail(self, *, reason, errors=()):
        self.reason = reason[:500]
        self.errors = list(errors) or self.errors
