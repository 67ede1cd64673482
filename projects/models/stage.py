from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from projects.choices import RUNNING, ProjectStage, StageRequestStatus
from projects.models.project import IncubationProject
from projects.querysets import RuleQuerySet, StageRequestQuerySet


class StageRequest(Record):
    """The wish to leave a stage, what the platform found at that moment, and the decision of people with its reason.

    ``checklist`` is frozen when asked: [{"code", "label", "done", "detail", "url"}]; ``checklist_sha256`` is its hash. The
    last passed request is where the project's stage comes from.
    """

    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="stage_requests"
    )
    from_stage = models.CharField(_("from"), max_length=20, choices=ProjectStage.choices)
    to_stage = models.CharField(_("to"), max_length=20, choices=ProjectStage.choices)
    status = FSMField(
        _("state"),
        max_length=20,
        choices=StageRequestStatus.choices,
        default=StageRequestStatus.OPEN,
        protected=True,
    )
    note = models.TextField(_("note"), blank=True)
    checklist = models.JSONField(_("checklist at that time"), default=list)
    checklist_sha256 = models.CharField(_("content hash"), max_length=64)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = StageRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage request")
        verbose_name_plural = _("stage requests")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(name="stage_request_open_idx", fields=["requested_at"], condition=Q(status="open"))]
        constraints = [
            models.UniqueConstraint(
                name="stage_request_one_open",
                fields=["project"],
                condition=Q(status="open"),
                violation_error_message=_("A request of this project waits for its decision already."),
            ),
            models.CheckConstraint(
                name="stage_request_decided_has_reason",
                condition=~Q(status__in=["passed", "held"])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
                violation_error_message=_("A decision needs a reason."),
            ),
            # Who withdrew it decided nothing, and what is open is not decided.
            models.CheckConstraint(
                name="stage_request_undecided_has_no_decider",
                condition=Q(status__in=["passed", "held"]) | Q(decided_by__isnull=True, decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="stage_request_not_decided_by_asker",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                violation_error_message=_("Nobody decides on their own request."),
            ),
        ]

    def __str__(self):
        return f"{self.get_from_stage_display()} → {self.get_to_stage_display()}"

    def get_absolute_url(self):
        return reverse("projects:stage-request-detail", args=[self.uuid])

    @transition(field=status, source=StageRequestStatus.OPEN, target=StageRequestStatus.PASSED)
    def pass_on(self, *, by, at, reason):
        self.decided_by, self.decided_at, self.reason = by, at, reason

    @transition(field=status, source=StageRequestStatus.OPEN, target=StageRequestStatus.HELD)
    def hold(self, *, by, at, reason):
        self.decided_by, self.decided_at, self.reason = by, at, reason

    @transition(field=status, source=StageRequestStatus.OPEN, target=StageRequestStatus.WITHDRAWN)
    def withdraw(self):
        pass


class StageRule(Record):
    """Which roles decide on leaving a stage in a place (users.md 2). The nearest place up the tree that has a rule is
    asked; roles that are empty say nothing; without any, ``projects.policies.stage.DEFAULT_DECIDERS`` holds."""

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    from_stage = models.CharField(_("leaving"), max_length=20, choices=[(s.value, s.label) for s in RUNNING])
    roles = models.JSONField(_("who decides"), default=list)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of deciding")
        verbose_name_plural = _("rules of deciding")
        ordering = ["division__code", "from_stage"]
        constraints = [models.UniqueConstraint(name="stage_rule_once", fields=["division", "from_stage"])]

    def __str__(self):
        return f"{self.division} · {self.get_from_stage_display()}"
