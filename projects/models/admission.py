from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from projects.choices import AdmissionStatus, LeaveOutcome
from projects.querysets import AdmissionQuerySet


class Admission(Record):
    """入壳/出壳: an organization asks to be incubated, is checked (within five working days), reviewed, admitted, and
    leaves one day. Longer incubation is a later ``until_on``."""

    organization = models.ForeignKey(
        "organizations.SocialOrganization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        "projects.IncubationProject",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="admissions",
    )
    status = FSMField(
        _("state"), max_length=20, choices=AdmissionStatus.choices, default=AdmissionStatus.APPLIED, protected=True
    )
    wishes = models.TextField(_("what the organization hopes for"), blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("applied by"), on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(_("applied at"))
    check_due_on = models.DateField(_("first check by"))
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("first checked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    screened_at = models.DateTimeField(_("first checked at"), null=True, blank=True)
    screened_opinion = models.TextField(_("opinion of the first check"), blank=True)
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
    admitted_on = models.DateField(_("admitted on"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    first_until_on = models.DateField(_("until, as first decided"), null=True, blank=True)
    extended_at = models.DateTimeField(_("extended at"), null=True, blank=True)
    extended_reason = models.TextField(_("why it was extended"), blank=True)
    outcome = models.CharField(_("how it ended"), max_length=20, choices=LeaveOutcome.choices, blank=True, default="")
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_reason = models.TextField(_("why it left"), blank=True)
    handover_due_on = models.DateField(_("hand-over by"), null=True, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="admission_one_at_a_time",
                fields=["organization"],
                condition=Q(status__in=["applied", "screened", "admitted"]),
                violation_error_message=_("The organization has an admission already."),
            ),
            models.CheckConstraint(
                name="admission_screened_has_opinion",
                condition=~Q(status__in=["screened", "admitted", "left"])
                | (Q(screened_by__isnull=False, screened_at__isnull=False) & ~Q(screened_opinion="")),
                violation_error_message=_("Please write the opinion of the first check."),
            ),
            models.CheckConstraint(
                name="admission_not_decided_by_applicant",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("applied_by")),
                violation_error_message=_("Nobody decides on their own application."),
            ),
            models.CheckConstraint(
                name="admission_refused_has_reason",
                condition=~Q(status="refused") | (~Q(reason="") & Q(decided_by__isnull=False)),
                violation_error_message=_("Please say why."),
            ),
            models.CheckConstraint(
                name="admission_admitted_has_days",
                condition=~Q(status__in=["admitted", "left"])
                | (Q(admitted_on__isnull=False, until_on__gt=F("admitted_on"), decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="admission_left_has_outcome",
                condition=(~Q(status="left") & Q(outcome="", left_on__isnull=True))
                | (Q(status="left", left_on__isnull=False) & ~Q(outcome="") & ~Q(left_reason="")),
                violation_error_message=_("Please say how and why it ended."),
            ),
        ]
        indexes = [models.Index(name="admission_place_recent_idx", fields=["community", "-updated_at", "-id"])]

    def __str__(self):
        return str(self.organization)

    def get_absolute_url(self):
        return reverse("projects:admission-detail", args=[self.uuid])

    @transition(field=status, source=AdmissionStatus.APPLIED, target=AdmissionStatus.SCREENED)
    def screen(self, *, by, at, opinion):
        self.screened_by, self.screened_at, self.screened_opinion = by, at, opinion

    @transition(field=status, source=AdmissionStatus.SCREENED, target=AdmissionStatus.ADMITTED)
    def admit(self, *, by, at, reason, admitted_on, until_on):
        self.decided_by, self.decided_at, self.reason = by, at, reason
        self.admitted_on, self.until_on, self.first_until_on = admitted_on, until_on, until_on

    @transition(
        field=status, source=[AdmissionStatus.APPLIED, AdmissionStatus.SCREENED], target=AdmissionStatus.REFUSED
    )
    def refuse(self, *, by, at, reason):
        self.decided_by, self.decided_at, self.reason = by, at, reason

    @transition(field=status, source=AdmissionStatus.ADMITTED, target=AdmissionStatus.ADMITTED)
    def extend(self, *, at, until_on, reason):
        self.extended_at, self.until_on, self.extended_reason = at, until_on, reason

    @transition(field=status, source=AdmissionStatus.ADMITTED, target=AdmissionStatus.LEFT)
    def leave(self, *, outcome, on, reason, handover_due_on):
        self.outcome, self.left_on, self.left_reason = outcome, on, reason
        self.handover_due_on = handover_due_on
