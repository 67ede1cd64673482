"""Growth reviews: evidence frozen, points side by side. Gates of projects go the same way; there the decision itself is
the project's (``projects.StageRequest``)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from evaluations.choices import RUNNING_REVIEWS, ReviewOpener, ReviewStatus, ScoreColumn
from evaluations.models.session import ReviewSession
from evaluations.models.standard import StandardVersion
from evaluations.querysets.review import OfReviewQuerySet, ReviewQuerySet
from incubator.base.models import Record


class GrowthReview(Record):
    """One look at how an organization grows, or at a project's gate. ``standard`` and ``is_blind`` are frozen when it is
    opened; ``community`` is where the organization was then."""

    organization = models.ForeignKey(
        "organizations.SocialOrganization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    standard = models.ForeignKey(
        StandardVersion,
        verbose_name=_("growth standard"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    gate = models.OneToOneField(
        "projects.StageRequest",
        verbose_name=_("stage request"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    opener = models.CharField(_("opened"), max_length=20, choices=ReviewOpener.choices)
    status = FSMField(
        _("state"), max_length=20, choices=ReviewStatus.choices, default=ReviewStatus.OPEN, protected=True
    )
    is_blind = models.BooleanField(_("opinions are blind to each other"), default=True)
    wants_recommendation = models.BooleanField(_("the service centre recommends first"), default=False)
    note = models.TextField(_("note"), blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"))
    opinions_due_on = models.DateField(_("opinions by"))
    session = models.ForeignKey(
        ReviewSession,
        verbose_name=_("review session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("growth review")
        verbose_name_plural = _("growth reviews")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(name="review_place_idx", fields=["community", "-opened_at", "-id"]),
            models.Index(
                name="review_running_idx",
                fields=["community", "opinions_due_on"],
                condition=Q(status__in=RUNNING_REVIEWS),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="review_one_running_an_organization",
                fields=["organization"],
                condition=Q(status__in=RUNNING_REVIEWS, gate__isnull=True),
                violation_error_message=_("A review of this organization is under way already."),
            ),
            models.CheckConstraint(
                name="review_has_standard_or_gate",
                condition=Q(gate__isnull=True, standard__isnull=False) | Q(gate__isnull=False, opener="gate"),
            ),
            models.CheckConstraint(
                name="review_ended_has_time",
                condition=Q(status__in=RUNNING_REVIEWS, closed_at__isnull=True)
                | Q(status__in=["decided", "withdrawn"], closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="review_withdrawn_has_reason",
                condition=~Q(status="withdrawn") | ~Q(withdrawn_reason=""),
                violation_error_message=_("Please say why."),
            ),
        ]

    def __str__(self):
        return str(self.organization)

    def get_absolute_url(self):
        """A gate is looked at where it is decided: on the page of its request."""
        return self.gate.get_absolute_url() if self.gate_id else reverse("evaluations:review-detail", args=[self.uuid])

    @transition(field=status, source=ReviewStatus.OPEN, target=ReviewStatus.OPINIONS)
    def ask_opinions(self):
        """The self-score is in, or nobody waits for it."""

    @transition(field=status, source=[ReviewStatus.OPEN, ReviewStatus.OPINIONS], target=ReviewStatus.DECIDING)
    def call_for_decision(self):
        """Opinions are in, or their time is over."""

    @transition(field=status, source=ReviewStatus.DECIDING, target=ReviewStatus.DECIDED)
    def decide(self, *, at):
        self.closed_at = at

    @transition(
        field=status,
        source=[ReviewStatus.OPEN, ReviewStatus.OPINIONS, ReviewStatus.DECIDING],
        target=ReviewStatus.WITHDRAWN,
    )
    def withdraw(self, *, at, reason):
        self.closed_at, self.withdrawn_reason = at, reason


class EvidenceManifest(Record):
    """What the platform found, frozen: ``items`` = [{"type", "uuid", "version", "sha256", "label"}], ``facts`` = {code:
    {"value", "evidence": [[type, uuid], …]}}. ``sha256`` is the hash of both. A decision is replayed from it alone."""

    review = models.OneToOneField(
        GrowthReview, verbose_name=_("growth review"), on_delete=models.PROTECT, related_name="manifest"
    )
    as_of = models.DateTimeField(_("as of"))
    items = models.JSONField(_("records"), default=list)
    facts = models.JSONField(_("facts"), default=dict)
    sha256 = models.CharField(_("content hash"), max_length=64)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["review"]

    def __str__(self):
        return str(self.review)


class ColumnScore(Record):
    """Points that somebody gave for an indicator, in hundredths of a point; lost points need a reason."""

    review = models.ForeignKey(
        GrowthReview, verbose_name=_("growth review"), on_delete=models.PROTECT, related_name="column_scores"
    )
    column = models.CharField(_("column"), max_length=20, choices=ScoreColumn.choices)
    indicator = models.CharField(_("indicator"), max_length=60)
    hundredths = models.PositiveIntegerField(_("points in hundredths"))
    reason = models.CharField(_("why points were lost"), max_length=300, blank=True)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("scored by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["review", "column", "indicator"]
        constraints = [
            models.UniqueConstraint(name="column_score_once", fields=["review", "column", "indicator"]),
        ]

    def __str__(self):
        return f"{self.get_column_display()} {self.indicator}"
