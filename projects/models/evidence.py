from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.files import StoredFile, private_path
from projects.choices import Consent, EvidenceKind
from projects.models.activity import Activity
from projects.querysets import EvidenceQuerySet


def thumbnail_path(instance, filename):
    return private_path(instance, filename).replace(f"{instance.uuid}", f"{instance.uuid}-small")


class Evidence(StoredFile):
    """A photo or file of an activity; optional everywhere.

    ``file`` is what is kept: a picture is turned upright and written anew, so place and camera are gone. ``source_sha256``
    is the hash of what was sent, ``look`` the 64-bit difference hash of the picture (16 hexadecimal digits): both tell the
    author when the same picture stands in another activity.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="evidence"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.PHOTO)
    caption = models.CharField(_("what is seen"), max_length=120, blank=True)
    consent = models.CharField(_("publishing"), max_length=10, choices=Consent.choices, blank=True, default="")
    source_sha256 = models.CharField(_("hash of what was sent"), max_length=64)
    look = models.CharField(_("look of the picture"), max_length=16, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    thumbnail = models.FileField(_("small picture"), upload_to=thumbnail_path, max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="evidence_content_once",
                fields=["activity", "source_sha256"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("This very file is here already."),
            ),
            models.CheckConstraint(
                name="evidence_withdrawn_has_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                violation_error_message=_("Please say why."),
            ),
        ]
        indexes = [
            models.Index(name="evidence_source_idx", fields=["source_sha256"]),
            models.Index(name="evidence_look_idx", fields=["look"], condition=~Q(look="")),
        ]

    def __str__(self):
        return self.caption or self.original_name

    def get_absolute_url(self):
        return reverse("projects:activity-detail", args=[self.activity.uuid])

    def get_file_url(self):
        return reverse("projects:evidence-file", args=[self.uuid, self.extension])

    def get_thumbnail_url(self):
        return reverse("projects:evidence-thumbnail", args=[self.uuid]) if self.thumbnail else ""

    @property
    def is_picture(self):
        return bool(self.thumbnail)
