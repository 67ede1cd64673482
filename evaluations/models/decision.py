"""What a growth review ended with, and what is still to be done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluations.choices import Outcome
from evaluations.models.review import GrowthReview
from evaluations.querysets.review import DecisionConditionQuerySet, StageDecisionQuerySet
from incubator.base.models import Record
from organizations.choices import RATED_CHOICES, GrowthStage, OrganizationForm


class StageDecision(Record):
    """Append only: the growth stage and form of an organization are what its last decision says. ``result`` is what the
    platform proposed, frozen (``services.assessment.assess``), with the hashes of what people said beside it
    (``services.decision.seal``); people decided, with their reason. Triggers of the database refuse a decider
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
