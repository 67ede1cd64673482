from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.files import StoredFile
from incubator.base.models import Record
from projects.choices import DocumentKind
from projects.models.project import IncubationProject
from projects.querysets import OfProjectQuerySet, ProjectDocumentQuerySet


class IncubationAgreement(Record):
    """孵化协议, with the fields of domain.md 3. The signed copy is a document of the project of kind ``agreement``."""

    project = models.OneToOneField(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="agreement"
    )
    parties = models.TextField(_("parties"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    services = models.TextField(_("services"))
    obligations = models.TextField(_("obligations"), blank=True)
    venue_use = models.TextField(_("use of the venue"), blank=True)
    funds = models.TextField(_("funds"), blank=True)
    personal_data = models.TextField(_("personal data"), blank=True)
    leaving = models.TextField(_("leaving and hand-over"), blank=True)
    handover_days = models.PositiveSmallIntegerField(_("working days for the hand-over"), default=15)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("incubation agreement")
        verbose_name_plural = _("incubation agreements")
        ordering = ["project"]
        constraints = [
            models.CheckConstraint(
                name="agreement_days_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot be before the start."),
            )
        ]

    def __str__(self):
        return str(self.project)

    def get_absolute_url(self):
        return self.project.get_absolute_url()

    @property
    def is_signed(self):
        return self.signed_on is not None


class ProjectDocument(StoredFile):
    """A paper of the project. Taking it back keeps the row."""

    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    title = models.CharField(_("title"), max_length=120)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = ProjectDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a project")
        verbose_name_plural = _("documents of projects")
        ordering = ["project", "kind", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="project_document_content_once",
                fields=["project", "kind", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("This very file is here already."),
            ),
            models.CheckConstraint(
                name="project_document_withdrawn_has_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                violation_error_message=_("Please say why."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.project.get_absolute_url()

    def get_file_url(self):
        return reverse("projects:document-file", args=[self.uuid, self.extension])
