import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.files import private_path
from incubator.base.models import Record
from projects.choices import AnnouncementStatus, Concern
from projects.querysets import AnnouncementQuerySet


class Announcement(Record):
    """报备: a coming activity, told to the community.

    Past ``due_at`` without an answer it is 逾期未回复，视为已知悉 (``is_taken_as_known``), not agreed: the clock says so, no
    job flips it. Where ``needs_answer`` (a rule of the street, frozen when filed) silence is no answer.
    """

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=40)
    organization = models.ForeignKey(
        "organizations.SocialOrganization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )
    community = models.ForeignKey(
        "divisions.Division", verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    plan = models.ForeignKey(
        "projects.ActivityPlan",
        verbose_name=_("as planned"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="announcements",
    )
    activity = models.ForeignKey(
        "projects.Activity",
        verbose_name=_("the record afterwards"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="announcements",
    )
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveIntegerField(_("minutes"), default=60)
    place_text = models.CharField(_("where"), max_length=120)
    expected_participants = models.PositiveIntegerField(_("expected participants"))
    purpose = models.TextField(_("purpose"))
    course = models.TextField(_("course of events"), blank=True)
    budget = models.TextField(_("budget and its source"), blank=True)
    publicity = models.TextField(_("publicity"), blank=True)
    problems = models.TextField(_("problems to expect"), blank=True)
    concerns = models.JSONField(_("what is special"), default=list, blank=True)
    safety_plan = models.TextField(_("safety plan"), blank=True)
    safety_file = models.FileField(_("safety plan as a file"), upload_to=private_path, max_length=200, blank=True)
    needs_answer = models.BooleanField(_("needs an answer"), default=False)
    status = FSMField(
        _("state"),
        max_length=20,
        choices=AnnouncementStatus.choices,
        default=AnnouncementStatus.FILED,
        protected=True,
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("announced by"), on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField(_("announced at"))
    due_at = models.DateTimeField(_("answer by"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="announcement_objection_has_reason",
                condition=~Q(status="objected") | (~Q(answer="") & Q(answered_by__isnull=False)),
                violation_error_message=_("An objection needs a reason."),
            ),
            models.CheckConstraint(
                name="announcement_answered_has_person",
                condition=~Q(status__in=["agreed", "objected"])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="announcement_recent_idx", fields=["-starts_at", "-id"]),
            models.Index(name="announcement_place_recent_idx", fields=["community", "-starts_at", "-id"]),
            models.Index(name="announcement_waiting_idx", fields=["due_at"], condition=Q(status="filed")),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("projects:announcement-detail", args=[self.uuid])

    @property
    def due_on(self):
        """The last day of the time to answer; ``due_at`` is the midnight after it."""
        return timezone.localdate(self.due_at - datetime.timedelta(seconds=1))

    @property
    def is_short_notice(self):
        """It begins before the community has had its time."""
        return self.starts_at < self.due_at

    @property
    def safety_extension(self):
        return self.safety_file.name.rpartition(".")[2]

    @property
    def concern_labels(self):
        labels = dict(Concern.choices)
        return [str(labels[code]) for code in self.concerns if code in labels]

    def shown(self, now):
        """(text, tone): what it is now, as people read it."""
        if self.status == AnnouncementStatus.FILED:
            if self.is_taken_as_known(now):
                return _("no answer in time, taken as known"), "info"
            if self.needs_answer:
                return _("waiting for an answer"), "danger" if self.is_overdue(now) else "warning"
            return _("waiting for the community"), "neutral"
        tones = {AnnouncementStatus.AGREED: "success", AnnouncementStatus.OBJECTED: "warning"}
        return self.get_status_display(), tones.get(self.status, "neutral")

    def is_overdue(self, now):
        return self.status == AnnouncementStatus.FILED and self.due_at <= now

    def is_taken_as_known(self, now):
        """逾期未回复，视为已知悉."""
        return self.is_overdue(now) and not self.needs_answer

    @transition(field=status, source=AnnouncementStatus.FILED, target=AnnouncementStatus.AGREED)
    def agree(self, *, by, at, answer=""):
        self.answered_by, self.answered_at, self.answer = by, at, answer

    @transition(field=status, source=AnnouncementStatus.FILED, target=AnnouncementStatus.OBJECTED)
    def object_to(self, *, by, at, answer):
        self.answered_by, self.answered_at, self.answer = by, at, answer

    @transition(
        field=status, source=[AnnouncementStatus.FILED, AnnouncementStatus.AGREED], target=AnnouncementStatus.WITHDRAWN
    )
    def withdraw(self):
        pass
