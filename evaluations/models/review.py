"""Growth reviews: evidence frozen, scores and opinions side by side, a decision by people. Gates of projects go the same
way; there the decision itself is the project's (``projects.StageRequest``)."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from evaluations.choices import (
    OpinionStatus,
    Outcome,
    Party,
    ReviewOpener,
    ReviewStatus,
    ScoreColumn,
    SessionStatus,
)
from evaluations.models.standard import StandardVersion
from evaluations.querysets.review import (
    DecisionConditionQuerySet,
    OfReviewQuerySet,
    ReviewQuerySet,
    SessionQuerySet,
    StageDecisionQuerySet,
)
from incubator.base.files import PAPERS, private_path
from incubator.base.models import Record
from organizations.choices import RATED_CHOICES, GrowthStage, OrganizationForm


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
                condition=Q(status__in=["open", "opinions", "deciding"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="review_one_running_an_organization",
                fields=["organization"],
                condition=Q(status__in=["open", "opinions", "deciding"], gate__isnull=True),
                violation_error_message=_("A review of this organization is under way already."),
            ),
            models.CheckConstraint(
                name="review_has_standard_or_gate",
                condition=Q(gate__isnull=True, standard__isnull=False) | Q(gate__isnull=False, opener="gate"),
            ),
            models.CheckConstraint(
                name="review_ended_has_time",
                condition=Q(status__in=["open", "opinions", "deciding"], closed_at__isnull=True)
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


class Opinion(Record):
    """What a party thinks. Standing aside is a state, not an absence. Others read it when all are in, where the review is
    blind."""

    review = models.ForeignKey(
        GrowthReview, verbose_name=_("growth review"), on_delete=models.PROTECT, related_name="opinions"
    )
    party = models.CharField(_("party"), max_length=20, choices=Party.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    status = FSMField(
        _("state"), max_length=20, choices=OpinionStatus.choices, default=OpinionStatus.ASKED, protected=True
    )
    recommendation = models.CharField(_("is for"), max_length=20, choices=Outcome.choices, blank=True)
    comment = models.TextField(_("opinion"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["review", "pk"]
        constraints = [
            models.UniqueConstraint(name="opinion_party_once", fields=["review", "party"]),
            models.CheckConstraint(
                name="opinion_answered_has_its_facts",
                condition=Q(status="asked", author__isnull=True, answered_at__isnull=True)
                | (
                    Q(status__in=["submitted", "recused"], author__isnull=False, answered_at__isnull=False)
                    & ~Q(comment="")
                ),
                violation_error_message=_("Please say why in a sentence."),
            ),
            models.CheckConstraint(
                name="opinion_submitted_is_for_something",
                condition=~Q(status="submitted") | ~Q(recommendation=""),
                violation_error_message=_("What is your opinion for?"),
            ),
        ]

    def __str__(self):
        return f"{self.get_party_display()} · {self.get_status_display()}"

    @transition(field=status, source=OpinionStatus.ASKED, target=OpinionStatus.SUBMITTED)
    def submit(self, *, by, at, recommendation, comment):
        self.author, self.answered_at, self.recommendation, self.comment = by, at, recommendation, comment

    @transition(field=status, source=OpinionStatus.ASKED, target=OpinionStatus.RECUSED)
    def recuse(self, *, by, at, comment):
        self.author, self.answered_at, self.comment = by, at, comment


class StageDecision(Record):
    """Append only: the growth stage and form of an organization are what its last decision says. ``result`` is what the
    platform proposed (the score, frozen); people decided, with their reason. Triggers of the database refuse a decider
    who worked on a project of the organization, and any change."""

    review = models.OneToOneField(
        GrowthReview, verbose_name=_("growth review"), on_delete=models.PROTECT, related_name="decision"
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    from_stage = models.CharField(_("stage before"), max_length=20, choices=GrowthStage.choices, blank=True)
    to_stage = models.CharField(_("stage after"), max_length=20, choices=RATED_CHOICES)
    from_form = models.CharField(_("form before"), max_length=30, choices=OrganizationForm.choices, blank=True)
    to_form = models.CharField(_("form after"), max_length=30, choices=OrganizationForm.choices, blank=True)
    reason = models.TextField(_("reason"))
    result = models.JSONField(_("what the platform computed"), default=dict)
    manifest_sha256 = models.CharField(_("hash of the evidence"), max_length=64)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"))

    objects = StageDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on growth")
        verbose_name_plural = _("decisions on growth")
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(name="stage_decision_last_idx", fields=["organization", "-decided_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="stage_decision_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A decision needs a reason."),
            ),
            models.CheckConstraint(
                name="stage_decision_hold_changes_no_stage",
                condition=~Q(outcome="hold") | Q(from_stage=F("to_stage")) | Q(from_stage=""),
            ),
            models.CheckConstraint(
                name="stage_decision_promote_changes_stage",
                condition=Q(outcome="hold") | ~Q(from_stage=F("to_stage")),
            ),
        ]

    def __str__(self):
        return f"{self.organization} · {self.get_outcome_display()}"


class DecisionCondition(Record):
    """What is still to be done, with a day; it becomes a task of the worker."""

    decision = models.ForeignKey(
        StageDecision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="conditions"
    )
    text = models.CharField(_("condition"), max_length=200)
    due_on = models.DateField(_("by"))
    follow_up = models.ForeignKey(
        "projects.FollowUp",
        verbose_name=_("task"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DecisionConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["decision", "due_on", "pk"]

    def __str__(self):
        return self.text
