"""Questionnaires: a draft that people edit, and published editions that never change."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from evaluations.choices import Subject
from evaluations.querysets.instrument import InstrumentQuerySet, ScaleQuerySet, VersionQuerySet
from incubator.base.models import Record
from projects.choices import NeedLevel


class Instrument(Record):
    """A questionnaire. ``draft`` is the content of the next edition (its shape: docs/questionnaires.md); answers are given
    to published editions alone. Without a division it is for the whole platform."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)
    subject = models.CharField(_("about"), max_length=20, choices=Subject.choices, default=Subject.MEMBER)
    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_validated = models.BooleanField(_("tested for reliability and validity"), default=False)
    source = models.CharField(_("where it comes from"), max_length=300, blank=True)
    draft = models.JSONField(_("content of the next edition"), default=dict)
    current = models.ForeignKey(
        "evaluations.InstrumentVersion",
        verbose_name=_("edition in use"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_active = models.BooleanField(_("in use"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="instrument_validated_has_source",
                condition=Q(is_validated=False) | ~Q(source=""),
                violation_error_message=_("Who tested it, and where can one read it?"),
            )
        ]

    def __str__(self):
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title

    def get_absolute_url(self):
        return reverse("evaluations:instrument-detail", args=[self.uuid])


class InstrumentVersion(Record):
    """A published edition: immutable, with the hash of its content. Answers name it and are shown with it for ever."""

    instrument = models.ForeignKey(
        Instrument, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="versions"
    )
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

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a questionnaire")
        verbose_name_plural = _("editions of questionnaires")
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(name="instrument_version_number_once", fields=["instrument", "number"]),
            models.UniqueConstraint(
                name="instrument_version_content_once",
                fields=["instrument", "sha256"],
                violation_error_message=_("This very content is published already."),
            ),
        ]

    def __str__(self):
        return f"{self.instrument} · {self.number}"


class Scale(Record):
    """Items of an edition that are summed up into one figure, written down when the edition is published.

    ``fingerprint`` is the hash of items, options and scoring: only scales with the same one are compared. ``items`` are the
    identifiers of the items, ``reverse`` those of them that count the other way round. A score is the mean of the answered
    items, from 1 to ``points``; with fewer than ``min_answered`` answers there is none.
    """

    version = models.ForeignKey(
        InstrumentVersion, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="scales"
    )
    code = models.SlugField(_("code"), max_length=40)
    label = models.JSONField(pgettext_lazy("thing", "name"))
    level = models.CharField(_("level"), max_length=20, choices=NeedLevel.choices, blank=True)
    items = models.JSONField(_("items"))
    reverse = models.JSONField(_("reverse items"), default=list)
    points = models.PositiveSmallIntegerField(_("points"))
    min_answered = models.PositiveSmallIntegerField(_("answers needed"))
    higher_is_better = models.BooleanField(_("higher is better"), default=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    objects = ScaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("scale")
        verbose_name_plural = _("scales")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(name="scale_code_once", fields=["version", "code"]),
            models.CheckConstraint(name="scale_three_to_seven_points", condition=Q(points__gte=3, points__lte=7)),
            models.CheckConstraint(name="scale_needs_an_answer", condition=Q(min_answered__gte=1)),
        ]

    def __str__(self):
        language = (get_language() or "").lower()
        return (
            self.label.get("en" if language.startswith("en") else "zh-hans") or self.label.get("zh-hans") or self.code
        )
