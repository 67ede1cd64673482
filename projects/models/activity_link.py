"""Whom else an activity served, who else worked in it, and which records a supervision talked about."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incubator.base.models import Record
from projects.choices import StaffRole
from projects.models.activity import Activity
from projects.querysets import OfActivityQuerySet


class ActivityLink(Record):
    """One organization that the activity served, for a project and an objective perhaps, with its share of the minutes.

    Every activity that was handed in has at least the link of its own organization (``is_main``); the shares add up to the
    activity's minutes (``projects.services.activity_link.share_out`` keeps that). An organization's hours are the sum of
    its links, a place's are the sum of its activities.
    """

    activity = models.ForeignKey(Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="links")
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
        related_name="activity_links",
    )
    objective = models.ForeignKey(
        "projects.Objective",
        verbose_name=_("objective"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activity_links",
    )
    is_main = models.BooleanField(_("the record stands under it"), default=False)
    minutes = models.PositiveIntegerField(_("share of the minutes"))

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of an activity")
        verbose_name_plural = _("links of activities")
        ordering = ["activity", "-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="activity_link_once_per_objective", fields=["activity", "organization", "objective"]
            ),
            models.UniqueConstraint(
                name="activity_link_once", fields=["activity", "organization"], condition=Q(objective__isnull=True)
            ),
            models.UniqueConstraint(name="activity_link_one_main", fields=["activity"], condition=Q(is_main=True)),
            models.CheckConstraint(
                name="activity_link_objective_of_project",
                condition=Q(objective__isnull=True) | Q(project__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="activity_link_body_idx", fields=["organization", "activity"]),
            models.Index(name="activity_link_project_idx", fields=["project", "activity"]),
            models.Index(name="activity_link_objective_idx", fields=["objective", "activity"]),
            models.Index(name="activity_link_place_idx", fields=["community", "activity"], condition=Q(is_main=False)),
        ]

    def __str__(self):
        return str(self.organization)


class ActivityWorker(Record):
    """Somebody besides the author: who worked along, who was supervised, who supervised."""

    activity = models.ForeignKey(Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(
        pgettext_lazy("in an activity", "part"), max_length=20, choices=StaffRole.choices, default=StaffRole.TOOK_PART
    )

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("person in an activity")
        verbose_name_plural = _("people in activities")
        ordering = ["activity", "pk"]
        constraints = [models.UniqueConstraint(name="activity_worker_once", fields=["activity", "user"])]
        indexes = [models.Index(name="activity_worker_user_idx", fields=["user", "role", "activity"])]

    def __str__(self):
        return str(self.user)


class ActivityDiscussed(Record):
    """A record that a supervision talked about."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("supervision"), on_delete=models.PROTECT, related_name="discusses"
    )
    discussed = models.ForeignKey(
        Activity, verbose_name=_("record"), on_delete=models.PROTECT, related_name="discussed_in"
    )

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussed record")
        verbose_name_plural = _("discussed records")
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(name="activity_discussed_once", fields=["activity", "discussed"]),
            models.CheckConstraint(name="activity_discusses_another", condition=~Q(activity=F("discussed"))),
        ]

    def __str__(self):
        return str(self.discussed)
