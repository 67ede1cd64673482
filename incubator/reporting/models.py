from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.files import StoredFile
from incubator.reporting.querysets import PaperTemplateQuerySet


class PaperTemplate(StoredFile):
    """An office's own edition of a paper (.docx), used for what lies in its place; editions are never changed, the
    highest one in force is used, else the one that ships with the platform."""

    paper = models.CharField(_("paper"), max_length=60)
    division = models.ForeignKey(
        "divisions.Division",
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    number = models.PositiveIntegerField(_("edition"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of an office")
        verbose_name_plural = _("papers of offices")
        ordering = ["paper", "-number"]
        constraints = [
            models.UniqueConstraint(name="paper_template_number_once", fields=["paper", "division", "number"]),
            models.UniqueConstraint(
                name="paper_template_number_once_nationwide",
                fields=["paper", "number"],
                condition=Q(division__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.paper} {self.number}"

    def get_absolute_url(self):
        return reverse("reporting:paper-detail", args=[self.paper])
