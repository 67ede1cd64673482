from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from projects.choices import FollowUpKind, FollowUpStatus
from projects.querysets import FollowUpQuerySet


class FollowUp(Record):
    """Something to do by a day, born of a record or written by hand.

    ``owner`` empty: it belongs to the place and shows to whoever serves it now (follow-up visits after a project).
    """

    kind = models.CharField(_("kind"), max_length=20, choices=FollowUpKind.choices, default=FollowUpKind.TASK)
    title = models.CharField(_("what is to do"), max_length=200)
    due_on = models.DateField(_("by"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who does it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    community = models.ForeignKey(
        "divisions.Division",
        verbose_name=_("community"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    project = models.ForeignKey(
        "projects.IncubationProject",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    activity = models.ForeignKey(
        "projects.Activity",
        verbose_name=_("from the record"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    months_after = models.PositiveSmallIntegerField(_("months after the end"), null=True, blank=True)
    status = FSMField(
        _("state"), max_length=20, choices=FollowUpStatus.choices, default=FollowUpStatus.OPEN, protected=True
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by_activity = models.ForeignKey(
        "projects.Activity",
        verbose_name=_("done by the record"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="closed_follow_ups",
    )
    dropped_reason = models.CharField(_("why it was dropped"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="follow_up_has_owner_or_place",
                condition=Q(owner__isnull=False) | Q(community__isnull=False),
            ),
            models.CheckConstraint(
                name="follow_up_closed_has_day",
                condition=Q(status="open", closed_at__isnull=True) | (~Q(status="open") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="follow_up_dropped_has_reason",
                condition=~Q(status="dropped") | ~Q(dropped_reason=""),
                violation_error_message=_("Please say why."),
            ),
            models.UniqueConstraint(
                name="follow_up_visit_once_per_project",
                fields=["project", "months_after"],
                condition=Q(months_after__isnull=False),
            ),
            models.UniqueConstraint(
                name="follow_up_promise_once_per_record", fields=["activity"], condition=Q(kind="promise")
            ),
        ]
        indexes = [
            models.Index(name="follow_up_owner_idx", fields=["owner", "status", "due_on"]),
            models.Index(name="follow_up_place_idx", fields=["community", "status", "due_on"]),
            models.Index(name="follow_up_day_idx", fields=["due_on", "id"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("projects:follow-up-detail", args=[self.uuid])

    def is_overdue(self, today):
        return self.status == FollowUpStatus.OPEN and self.due_on < today

    @transition(field=status, source=FollowUpStatus.OPEN, target=FollowUpStatus.DONE)
    def finish(self, *, by, at, activity=None):
        self.closed_by, self.closed_at, self.closed_by_activity = by, at, activity

    @transition(field=status, source=FollowUpStatus.OPEN, target=FollowUpStatus.DROPPED)
    def drop(self, *, by, at, reason):
        self.closed_by, self.closed_at, self.dropped_reason = by, at, reason

    @transition(field=status, source=[FollowUpStatus.DONE, FollowUpStatus.DROPPED], target=FollowUpStatus.OPEN)
    def reopen(self):
        self.closed_by = self.closed_at = self.closed_by_activity = None
        self.dropped_reason = ""
