from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from incubator.base.models import Record
from projects.choices import RUNNING, ProjectStage, TeamRole
from projects.querysets import OfProjectQuerySet, ProjectQuerySet


class IncubationProject(Record):
    """孵化项目: the accompanied growth of an organization, with a lead social worker, from a day to a day.

    ``stage`` is what the last recorded decision said; no form writes it. ``organization`` is the one that the project is
    for; ``partners`` are others that grow along. ``needs_admission`` is off for projects 不设入壳.
    """

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=120)
    organization = models.ForeignKey(
        "organizations.SocialOrganization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )
    partners = models.ManyToManyField(
        "organizations.SocialOrganization",
        verbose_name=_("other organizations in it"),
        through="ProjectPartner",
        related_name="+",
        blank=True,
    )
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("lead worker"), on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(
        "organizations.Agency",
        verbose_name=_("agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contract = models.ForeignKey(
        "projects.ServiceContract",
        verbose_name=_("service contract"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    stage = FSMField(
        _("stage"), max_length=20, choices=ProjectStage.choices, default=ProjectStage.PREPARATION, protected=True
    )
    needs_admission = models.BooleanField(_("with admission and leaving"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    goal = models.TextField(_("goal"), blank=True)
    closed_on = models.DateField(_("ended on"), null=True, blank=True)
    termination_reason = models.TextField(_("why it was ended early"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("incubation project")
        verbose_name_plural = _("incubation projects")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="project_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot be before the start."),
            ),
            models.CheckConstraint(
                name="project_over_has_day",
                condition=Q(stage__in=list(RUNNING), closed_on__isnull=True)
                | Q(stage__in=["closed", "terminated"], closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="project_terminated_has_reason",
                condition=~Q(stage="terminated") | ~Q(termination_reason=""),
                violation_error_message=_("Please say why the project ends early."),
            ),
            models.UniqueConstraint(
                name="project_one_running_per_organization",
                fields=["organization"],
                condition=~Q(stage__in=["closed", "terminated"]),
                violation_error_message=_("The organization is in a running project already."),
            ),
        ]
        indexes = [
            models.Index(name="project_recent_idx", fields=["-updated_at", "-id"]),
            models.Index(name="project_place_recent_idx", fields=["community", "-updated_at", "-id"]),
            models.Index(name="project_lead_idx", fields=["lead", "stage"]),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:project-detail", args=[self.uuid])

    @property
    def is_running(self):
        return self.stage in RUNNING

    @cached_property
    def team_ids(self):
        """Keys of the people who work on it today; read once for the life of this object."""
        return {row.user_id for row in self.team.all() if row.until_on is None} | {self.lead_id}

    @cached_property
    def partner_uuids(self):
        """Public identifiers of the other organizations in it."""
        return set(self.partner_rows.order_by("pk").values_list("organization__uuid", flat=True))

    def elapsed(self, today):
        """How much of its period is over, in whole percent from 0 to 100; None without a last day."""
        if not self.ends_on:
            return None
        whole = (self.ends_on - self.starts_on).days + 1
        return min(100, max(0, round(100 * (today - self.starts_on).days / whole)))

    @transition(field=stage, source=ProjectStage.PREPARATION, target=ProjectStage.CULTIVATION)
    def enter_cultivation(self):
        pass

    @transition(field=stage, source=ProjectStage.CULTIVATION, target=ProjectStage.SUMMARY)
    def enter_summary(self):
        pass

    @transition(field=stage, source=ProjectStage.SUMMARY, target=ProjectStage.CLOSED)
    def close(self, *, on):
        self.closed_on = on

    @transition(field=stage, source=list(RUNNING), target=ProjectStage.TERMINATED)
    def terminate(self, *, on, reason):
        self.closed_on, self.termination_reason = on, reason


class ProjectPartner(Record):
    """Another organization that grows along in the project."""

    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="partner_rows"
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("other organization of a project")
        verbose_name_plural = _("other organizations of projects")
        ordering = ["project", "pk"]
        constraints = [models.UniqueConstraint(name="project_partner_once", fields=["project", "organization"])]

    def __str__(self):
        return str(self.organization)


class ProjectWorker(Record):
    """Who works on the project, from a day to a day; handing over ends one row and begins another."""

    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="team"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=20, choices=TeamRole.choices, default=TeamRole.MEMBER)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    note = models.TextField(_("what was handed over"), blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on a project")
        verbose_name_plural = _("people on projects")
        ordering = ["project", "until_on", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="project_worker_days_in_order",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                violation_error_message=_("The end cannot be before the start."),
            ),
            models.UniqueConstraint(
                name="project_worker_once_at_a_time", fields=["project", "user"], condition=Q(until_on__isnull=True)
            ),
            models.UniqueConstraint(
                name="project_one_lead_at_a_time",
                fields=["project"],
                condition=Q(until_on__isnull=True, role="lead"),
            ),
        ]
        indexes = [models.Index(name="project_worker_user_idx", fields=["user", "until_on"])]

    def __str__(self):
        return str(self.user)
