"""Editions of the questions that a kind asks, and kinds that an office made in the browser."""

from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from projects.querysets import SignedInQuerySet
from projects.registries import VanishedKind, activity_kinds, edition_class


class KindVersion(Record):
    """One published, immutable edition of a kind's questions. Of kinds that are code an edition is written down when the
    first record with these questions comes in; the content hash tells whether it is there already. Records name it by its
    public identifier, which never comes twice, so that what is remembered of it stays true.

    ``content``: {"code", "label": {language: text}, "questions": [{"name", "type", "label": {…}, "help": {…}, "required",
    "long", "choices": [[value, {language: text}], …], "limits": {…}}], "looks": {…} of kinds without code}.
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
        """The plug-in class for a record of this kind and edition; without an edition, of the kind as it is now.

        All editions are fetched at once and remembered by the process: a list of many records asks once at most, and
        mostly not at all.
        """
        if version_id is None:
            return activity_kinds.get(code) or CustomKind.class_of(code) or vanished(code)
        if version_id not in _EDITIONS:
            _EDITIONS.update((row.uuid, row) for row in KindVersion.objects.order_by("pk"))
        found = _EDITIONS.get(version_id)
        return _class_of(found) if found else vanished(code)


_EDITIONS = {}  # identifier: edition; none of them ever changes


def _class_of(version, why_closed=""):
    _EDITIONS.setdefault(version.uuid, version)
    return _built(version.uuid, activity_kinds.get(version.kind), why_closed)


@cache
def _built(version_id, _own, why_closed):
    """``_own``: the kind in the code, since the class is made of both."""
    version = _EDITIONS[version_id]
    return edition_class(version.content, version.sha256, version_id, why_closed)


@cache
def vanished(code):
    return type("Vanished", (VanishedKind,), {"code": code, "label": code})


class CustomKind(Record):
    """A kind of activity made in the browser. ``questions`` is the draft of the next edition, in the form that an
    edition's content has; what new records use is the published edition ``current``."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    label_en = models.CharField(_("English name"), max_length=60, blank=True)
    icon = models.CharField(_("picture"), max_length=40, default="pencil-square")
    default_minutes = models.PositiveSmallIntegerField(_("usual length in minutes"), default=60)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    current = models.ForeignKey(
        KindVersion,
        verbose_name=_("edition in use"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
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
            ),
            models.CheckConstraint(
                name="custom_kind_in_use_is_published",
                condition=Q(is_active=False) | Q(current__isnull=False),
                violation_error_message=_("Please publish it first."),
            ),
        ]

    def __str__(self):
        return self.label_en if self.label_en and (get_language() or "").startswith("en") else self.label

    def get_absolute_url(self):
        return reverse("projects:kind-detail", args=[self.code])

    @property
    def content(self):
        """What the draft would be as an edition."""
        return {
            "code": self.code,
            "label": {"zh-hans": self.label, "en": self.label_en},
            "looks": {"icon": self.icon, "default_minutes": self.default_minutes},
            "questions": [{name: part for name, part in row.items() if name != "uuid"} for row in self.questions],
        }

    @property
    def kind_class(self):
        """The plug-in class of the edition in use, fetched along; None before the first is published."""
        return None if self.current is None else _class_of(self.current, self._why_closed)

    @property
    def draft_class(self):
        """The plug-in class that the draft would make."""
        return edition_class(self.content)

    @property
    def _why_closed(self):
        return "" if self.is_active else gettext("This kind is not in use any more. Please choose another one.")

    @classmethod
    def class_of(cls, code):
        """The plug-in class of the edition in use; None when there is no such kind."""
        found = cls.objects.filter(code=code).select_related("current").first()
        return found and found.kind_class
