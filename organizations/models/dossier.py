from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from incubator.base.files import StoredFile
from incubator.base.models import Record
from organizations.querysets import DossierItemQuerySet, PublicListQuerySet


class DossierHeading(Record):
    """One heading of 一组织一档. ``source`` names who fills it: "upload" by hand, else a registered source that looks
    whether the platform holds the thing already (members, filing papers, activities …)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    source = models.CharField(_("filled by"), max_length=40, default="upload")
    is_required = models.BooleanField(_("counts for completeness"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = PublicListQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier heading")
        verbose_name_plural = _("dossier headings")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class DossierItem(StoredFile):
    """A document in an organization's dossier."""

    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="dossier_items",
    )
    heading = models.ForeignKey(
        DossierHeading, verbose_name=_("heading"), on_delete=models.PROTECT, related_name="items"
    )
    title = models.CharField(_("title"), max_length=120)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = DossierItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier document")
        verbose_name_plural = _("dossier documents")
        ordering = ["heading", "-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="dossier_content_once",
                fields=["organization", "heading", "sha256"],
                condition=models.Q(withdrawn_at__isnull=True),
                violation_error_message=_("This file is in the dossier already."),
            ),
            models.CheckConstraint(
                name="dossier_withdrawn_has_reason",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
                violation_error_message=_("Please say why."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("organizations:dossier-detail", args=[self.organization.uuid])

    def get_file_url(self):
        return reverse("organizations:dossier-item-file", args=[self.uuid, self.extension])
