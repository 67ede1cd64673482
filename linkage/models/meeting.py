"""A joint meeting, from the day it is planned to its confirmed minutes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField, transition

from incubator.base.models import Record
from incubator.base.transitions import TransitionNotAllowed
from linkage.choices import COMING, HELD, RUNNING, MeetingKind, MeetingStatus
from linkage.querysets.meeting import MeetingQuerySet


class JointMeeting(Record):
    """One meeting of a series. ``period`` is the first day of the month it is for: a regular meeting is made once per
    (series, period), whoever asks and how often, and stays that month's meeting if it is moved.

    ``sequence`` rises with every change of day, time, place or state, for calendars. ``content`` is what was confirmed,
    whole, with its hash; nothing of it is changed later, a later resolution supersedes an earlier one.
    """

    series = models.ForeignKey(
        "linkage.MeetingSeries", verbose_name=gettext_lazy("series"), on_delete=models.PROTECT, related_name="meetings"
    )
    kind = models.CharField(
        gettext_lazy("kind"), max_length=10, choices=MeetingKind.choices, default=MeetingKind.REGULAR
    )
    period = models.DateField(gettext_lazy("month"))
    title = models.CharField(gettext_lazy("title"), max_length=120)
    starts_at = models.DateTimeField(gettext_lazy("begins"))
    ends_at = models.DateTimeField(gettext_lazy("ends"))
    place_text = models.CharField(gettext_lazy("where"), max_length=120, blank=True)
    status = FSMField(
        gettext_lazy("state"),
        max_length=20,
        choices=MeetingStatus.choices,
        default=MeetingStatus.PLANNED,
        protected=True,
    )
    sequence = models.PositiveIntegerField(gettext_lazy("changes"), default=0)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("chair"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("recorder"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    planned_for = models.DateField(gettext_lazy("day by the rule"), null=True, blank=True)
    move_reason = models.CharField(gettext_lazy("why it was moved"), max_length=200, blank=True)
    cancelled_reason = models.CharField(gettext_lazy("why it was cancelled"), max_length=200, blank=True)
    began_at = models.DateTimeField(gettext_lazy("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(gettext_lazy("closed at"), null=True, blank=True)
    summary = models.TextField(gettext_lazy("in a few sentences"), blank=True)
    returned_reason = models.CharField(gettext_lazy("why the minutes were returned"), max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("minutes confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(gettext_lazy("minutes confirmed at"), null=True, blank=True)
    content = models.JSONField(gettext_lazy("minutes as confirmed"), default=dict, blank=True)
    content_sha256 = models.CharField(gettext_lazy("content hash"), max_length=64, blank=True)
    activity = models.OneToOneField(
        "projects.Activity",
        verbose_name=gettext_lazy("the record it became"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("joint meeting")
        verbose_name_plural = gettext_lazy("joint meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="joint_meeting_once_a_month",
                fields=["series", "period"],
                condition=Q(kind="regular"),
                violation_error_message=gettext_lazy("This series has its meeting of that month already."),
            ),
            models.UniqueConstraint(
                name="joint_meeting_one_in_session",
                fields=["series"],
                condition=Q(status="in_session"),
                violation_error_message=gettext_lazy(
                    "Another meeting of this series is in session. Please close that one first."
                ),
            ),
            models.CheckConstraint(name="joint_meeting_period_is_month", condition=Q(period__day=1)),
            models.CheckConstraint(
                name="joint_meeting_ends_after_start",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=gettext_lazy("The end lies before the start."),
            ),
            models.CheckConstraint(
                name="joint_meeting_cancelled_has_reason",
                condition=Q(status="cancelled") & ~Q(cancelled_reason="") | ~Q(status="cancelled"),
                violation_error_message=gettext_lazy("Please say why."),
            ),
            models.CheckConstraint(
                name="joint_meeting_held_has_times",
                condition=Q(status__in=("minutes_draft", "confirmed"), began_at__isnull=False, closed_at__isnull=False)
                | Q(status="in_session", began_at__isnull=False, closed_at__isnull=True)
                | Q(status__in=("planned", "agenda_open", "cancelled"), began_at__isnull=True, closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="joint_meeting_confirmed_is_frozen",
                condition=(
                    Q(status="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(content_sha256="")
                )
                | (~Q(status="confirmed") & Q(confirmed_by__isnull=True, confirmed_at__isnull=True, content_sha256="")),
            ),
        ]
        indexes = [
            models.Index(name="joint_meeting_period_idx", fields=["period", "status"]),
            models.Index(name="joint_meeting_start_idx", fields=["starts_at", "id"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("linkage:meeting-detail", args=[self.uuid])

    @property
    def is_coming(self):
        return self.status in COMING

    @property
    def is_held(self):
        return self.status in HELD

    @property
    def with_minutes_open(self):
        """It took place, or takes place, and its minutes are not confirmed yet."""
        return self.status in (MeetingStatus.IN_SESSION, MeetingStatus.MINUTES_DRAFT)

    @property
    def is_running(self):
        """Not over: neither confirmed nor cancelled."""
        return self.status in RUNNING

    @transition(field=status, source=MeetingStatus.PLANNED, target=MeetingStatus.AGENDA_OPEN)
    def open_agenda(self):
        self.sequence += 1

    @transition(field=status, source=COMING, target=MeetingStatus.IN_SESSION)
    def convene(self, *, at):
        self.began_at = at
        self.sequence += 1

    @transition(field=status, source=MeetingStatus.IN_SESSION, target=MeetingStatus.MINUTES_DRAFT)
    def close(self, *, at):
        self.closed_at = at
        self.returned_reason = ""

    @transition(field=status, source=MeetingStatus.MINUTES_DRAFT, target=MeetingStatus.IN_SESSION)
    def reopen(self, *, reason):
        """Back to the recorder, who reads why."""
        self.closed_at, self.returned_reason = None, reason

    @transition(field=status, source=MeetingStatus.MINUTES_DRAFT, target=MeetingStatus.CONFIRMED)
    def confirm_minutes(self, *, by, at, content, sha256):
        self.confirmed_by, self.confirmed_at = by, at
        self.content, self.content_sha256 = content, sha256

    @transition(field=status, source=COMING, target=MeetingStatus.CANCELLED)
    def cancel(self, *, reason):
        self.cancelled_reason = reason
        self.sequence += 1

    @transition(field=status, source=MeetingStatus.IN_SESSION, target=MeetingStatus.CANCELLED)
    def call_off(self, *, reason):
        """It was opened and did not come about after all; nothing was resolved in it."""
        self.began_at, self.cancelled_reason = None, reason
        self.sequence += 1

    def move(self, *, starts_at, ends_at, place_text, reason):
        """To another time or place. Which month it is for stays."""
        if not self.is_coming:
            raise TransitionNotAllowed(_("Only a meeting that has not begun can be moved."), object=self)
        self.starts_at, self.ends_at, self.place_text, self.move_reason = starts_at, ends_at, place_text, reason
        self.sequence += 1
