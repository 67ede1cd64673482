"""评审会: many growth reviews decided in a row."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from evaluations.choices import SessionStatus
from evaluations.querysets.review import SessionQuerySet
from incubator.base.files import PAPERS, private_path
from incubator.base.models import Record


class ReviewSession(Record):
    """评审会: up to 50 organizations decided one by one on one page, with one signed sheet."""

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("on"))
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    attended = models.TextField(_("who took part"), blank=True)
    status = FSMField(
        _("state"), max_length=20, choices=SessionStatus.choices, default=SessionStatus.PLANNED, protected=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    signed_sheet = models.FileField(_("signed sheet"), upload_to=private_path, max_length=200, blank=True)
    signed_sheet_sha256 = models.CharField(_("content hash"), max_length=64, blank=True)
    signed_sheet_name = models.CharField(_("name of the file"), max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("review session")
        verbose_name_plural = _("review sessions")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="review_session_held_is_closed",
                condition=Q(status="planned", closed_at__isnull=True) | Q(status="held", closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="review_session_sheet_has_hash",
                condition=Q(signed_sheet="", signed_sheet_sha256="")
                | (~Q(signed_sheet="") & ~Q(signed_sheet_sha256="")),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("evaluations:session-detail", args=[self.uuid])

    @property
    def extension(self):
        """Of the signed sheet; its bytes were looked at when it came in."""
        return PurePath(self.signed_sheet.name).suffix.lstrip(".") if self.signed_sheet else ""

    @property
    def content_type(self):
        return PAPERS[self.extension]

    @transition(field=status, source=SessionStatus.PLANNED, target=SessionStatus.HELD)
    def close(self, *, at):
        self.closed_at = at
