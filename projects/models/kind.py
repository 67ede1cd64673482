"""Editions of the questions that a kind asks, and kinds that an office made in the browser."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from projects.querysets import SignedInQuerySet
from projects.registries import activity_kinds


class CustomKind(Record):
    """A kind of activity made in the browser. ``questions`` is the draft of the next edition; what records use are
    published editions (``KindVersion``)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    label_en = models.CharField(_("English name"), max_length=60, blank=True)
    icon = models.CharField(_("picture"), max_length=40, default="pencil-square")
    default_minutes = models.PositiveSmallIntegerField(_("usual length in minutes"), default=60)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    is_active = models.BooleanField(_("in use"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = _("own kind of activity")
        verbose_name_plural = _("own kinds of activities")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="custom_kind_minutes_in_a_day", condition=Q(default_minutes__gte=1, default_minutes__lte=1440)
            )
        ]

    def __str__(self):
        return self.label_en if self.label_en and (get_language() or "").startswith("en") else self.label

    def get_absolute_url(self):
        return reverse("projects:kind-detail", args=[self.code])


class KindVersion(Record):
    """One published, immutable edition of a kind's questions. Of kinds that are code an edition is written down when the
    first record with these questions comes in; the content hash tells whether it is there already.

    ``content``: {"code", "label": {language: text}, "questions": [{"name", "type", "label": {…}, "help": {…}, "required",
    "long", "choices": [[value, {language: text}], …]}]}.
    """

    kind = models.CharField(_("kind"), max_length=40)
    number = models.PositiveIntegerField(_("edition"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("content hash"), max_length=64)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a kind")
        verbose_name_plural = _("editions of kinds")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(name="kind_version_number_once", fields=["kind", "number"]),
            models.UniqueConstraint(name="kind_version_content_once", fields=["kind", "sha256"]),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}"

    @staticmethod
    def kind_of(code, version_id=None):
        """The plug-in class for a record of this kind and edition."""
        return activity_kinds[code]
