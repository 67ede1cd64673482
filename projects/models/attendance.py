"""Who came: named people by roll call, code or paper sheet; a crowd without names by age group. Never mixed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incubator.audit.services import MASK
from incubator.base.models import Record
from projects.choices import AgeGroup, AttendanceMethod, AttendanceStatus, HoursSource
from projects.models.activity import Activity
from projects.querysets import AttendanceQuerySet, OfActivityQuerySet
from projects.validators import MAX_MINUTES, MAX_PARTICIPANTS


class Attendance(Record):
    """A named person at an activity: a member of the organization, or somebody who came by (临时参加). Without ``minutes``
    of their own, whoever was there stayed as long as the activity took."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="attendances"
    )
    membership = models.ForeignKey(
        "organizations.Membership",
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    guest_name = models.CharField(_("name"), max_length=60, blank=True)
    status = models.CharField(
        _("state"), max_length=20, choices=AttendanceStatus.choices, default=AttendanceStatus.PRESENT
    )
    method = models.CharField(
        _("how it was taken"), max_length=20, choices=AttendanceMethod.choices, default=AttendanceMethod.ROLL_CALL
    )
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    hours_source = models.CharField(
        _("source of the hours"), max_length=20, choices=HoursSource.choices, default=HoursSource.ENTERED_LATER
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="attendance_member_once",
                fields=["activity", "membership"],
                condition=Q(membership__isnull=False),
            ),
            models.UniqueConstraint(
                name="attendance_guest_once",
                fields=["activity", "guest_name"],
                condition=Q(membership__isnull=True),
                violation_error_message=_("This name is on the list already."),
            ),
            models.CheckConstraint(
                name="attendance_member_or_guest",
                condition=Q(membership__isnull=False, guest_name="") | (Q(membership__isnull=True) & ~Q(guest_name="")),
            ),
            models.CheckConstraint(
                name="attendance_minutes_within_a_day",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=MAX_MINUTES),
            ),
            models.CheckConstraint(
                name="attendance_minutes_of_who_was_there",
                condition=Q(status="present") | Q(minutes__isnull=True),
            ),
        ]
        indexes = [models.Index(name="attendance_member_idx", fields=["membership", "status"])]

    def __str__(self):
        return self.guest_name or str(self.membership)

    @property
    def audit_label(self):
        """The history keeps no resident's name."""
        return MASK


class Headcount(Record):
    """How many came of an age group, without names."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="headcounts"
    )
    age_group = models.CharField(_("age group"), max_length=10, choices=AgeGroup.choices, default=AgeGroup.UNKNOWN)
    number = models.PositiveIntegerField(_("number"))

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(name="headcount_group_once", fields=["activity", "age_group"]),
            models.CheckConstraint(
                name="headcount_within_reason", condition=Q(number__gte=1, number__lte=MAX_PARTICIPANTS)
            ),
        ]

    def __str__(self):
        return f"{self.get_age_group_display()} {self.number}"


class SignInCode(Record):
    """The door of an activity: while it is open, people sign in by the code that the worker shows. The code in the
    address changes every few minutes and is derived from ``secret``; nothing is open unless somebody opened it."""

    activity = models.OneToOneField(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="sign_in_code"
    )
    secret = models.CharField(_("secret"), max_length=64)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"))
    closes_at = models.DateTimeField(_("closes at"))

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in code")
        verbose_name_plural = _("sign-in codes")
        ordering = ["activity"]
        constraints = [
            models.CheckConstraint(name="sign_in_closes_after_opening", condition=Q(closes_at__gte=F("opened_at")))
        ]
        indexes = [models.Index(name="sign_in_open_idx", fields=["closes_at", "uuid"])]

    def __str__(self):
        return str(self.activity)

    def is_open(self, now):
        return self.opened_at <= now < self.closes_at
