from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.models import Record
from projects.choices import ProjectStage
from projects.querysets import ProjectQuerySet


class IncubationProject(Record):
    """孵化项目: the accompanied growth of an organization, with a lead social worker, from a day to a day.

    ``stage`` is what the last recorded gate decision said; no form writes it.
    """

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=120)
    organization = models.ForeignKey(
        "organizations.SocialOrganization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("lead worker"), on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(_("stage"), max_length=20, choices=ProjectStage.choices, default=ProjectStage.PREPARATION)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    goal = models.TextField(_("goal"), blank=True)
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
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:project-detail", args=[self.uuid])
