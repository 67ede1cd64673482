"""What a project is for and what it plans: needs → objectives with indicators → planned activities."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.models import Record
from projects.choices import IndicatorUnit, NeedLevel
from projects.models.project import IncubationProject
from projects.querysets import ActivityPlanQuerySet, ObjectiveIndicatorQuerySet, OfProjectQuerySet


class ProjectNeed(Record):
    """A need at one of the three levels, and where it was seen."""

    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="needs"
    )
    level = models.CharField(_("level"), max_length=20, choices=NeedLevel.choices)
    text = models.CharField(_("need"), max_length=300)
    seen_at = models.CharField(_("how it was found"), max_length=200, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of a project")
        verbose_name_plural = _("needs of projects")
        ordering = ["project", "pk"]

    def __str__(self):
        return self.text


class Objective(Record):
    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="objectives"
    )
    need = models.ForeignKey(
        ProjectNeed,
        verbose_name=_("from the need"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objectives",
    )
    level = models.CharField(_("level"), max_length=20, choices=NeedLevel.choices)
    text = models.CharField(_("objective"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    dropped_reason = models.CharField(_("why it was dropped"), max_length=200, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["project", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objective_dropped_has_reason",
                condition=Q(dropped_at__isnull=True) | ~Q(dropped_reason=""),
                violation_error_message=_("Please say why."),
            )
        ]

    def __str__(self):
        return self.text


class ObjectiveIndicator(Record):
    """What shows that the objective is reached. All units but ``own`` are counted from activities that serve the
    objective; of an ``own`` one somebody writes the value, with the day."""

    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.PROTECT, related_name="indicators"
    )
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20, choices=IndicatorUnit.choices, default=IndicatorUnit.SESSIONS)
    kinds = models.JSONField(_("of these kinds"), default=list, blank=True)
    target = models.PositiveIntegerField(_("target"))
    due_on = models.DateField(_("by"), null=True, blank=True)
    own_value = models.PositiveIntegerField(_("reached"), null=True, blank=True)
    own_value_on = models.DateField(_("as of"), null=True, blank=True)

    objects = ObjectiveIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator of an objective")
        verbose_name_plural = _("indicators of objectives")
        ordering = ["objective", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objective_indicator_target_positive",
                condition=Q(target__gte=1),
                violation_error_message=_("The target is at least 1."),
            ),
            models.CheckConstraint(
                name="objective_indicator_own_only",
                condition=Q(unit="own") | Q(own_value__isnull=True),
            ),
            models.CheckConstraint(
                name="objective_indicator_value_has_day",
                condition=Q(own_value__isnull=True, own_value_on__isnull=True)
                | Q(own_value__isnull=False, own_value_on__isnull=False),
                violation_error_message=_("A value needs its day."),
            ),
        ]

    def __str__(self):
        return self.name


class ActivityPlan(Record):
    """A planned activity. That it was held is seen from the activity that names it; nothing else says so."""

    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="plans"
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("serves the objective"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
    )
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    planned_on = models.DateField(_("planned for"))
    starts_time = models.TimeField(_("at"), null=True, blank=True)
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    expected_participants = models.PositiveIntegerField(_("expected participants"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who sees to it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=200, blank=True)

    objects = ActivityPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned activity")
        verbose_name_plural = _("planned activities")
        ordering = ["project", "planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_plan_cancelled_has_reason",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_reason=""),
                violation_error_message=_("Please say why."),
            )
        ]
        indexes = [
            models.Index(name="activity_plan_day_idx", fields=["planned_on", "project"]),
            models.Index(name="activity_plan_person_idx", fields=["responsible", "planned_on"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('projects:project-plan', args=[self.project.uuid])}#plan-{self.uuid}"


class ExitStep(Record):
    """社工退出计划: what the worker does today, who takes it over, and when. Closing a project asks for it."""

    project = models.ForeignKey(
        IncubationProject, verbose_name=_("project"), on_delete=models.PROTECT, related_name="exit_steps"
    )
    task = models.CharField(_("task"), max_length=200)
    taken_over_by = models.CharField(_("taken over by"), max_length=120)
    due_on = models.DateField(_("when"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the worker's leaving")
        verbose_name_plural = _("steps of the worker's leaving")
        ordering = ["project", "due_on", "pk"]

    def __str__(self):
        return self.task
