"""联席会: the rule by which a place meets, and who belongs to it."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from linkage.choices import THREE_SOCIETIES, Party, RuleKind, Shift
from linkage.querysets.series import SeriesMemberQuerySet, SeriesQuerySet


def remind_before():
    """A week before, the day before, and on the day."""
    return [7, 1, 0]


def three_societies():
    return [str(party) for party in THREE_SOCIETIES]


class MeetingSeries(Record):
    """The joint meetings of a community or a street. What is a habit of the place stands here, never in code.

    ``rule_number``: which one of the month counted from its beginning (1 = first), or from its end (-1 = last); for
    ``rule_kind`` "day" the day of the month. ``every_months`` counts from the month of ``starts_on``. Days that a month
    does not have (the fifth Thursday, the 31st) become the last there is.
    """

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=120)
    rule_kind = models.CharField(_("meets on"), max_length=20, choices=RuleKind.choices, default=RuleKind.NTH_WEEKDAY)
    rule_number = models.SmallIntegerField(_("which one of the month"), default=2)
    rule_weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True, default=3)
    every_months = models.PositiveSmallIntegerField(_("every how many months"), default=1)
    shift = models.CharField(
        _("when nobody works on that day"), max_length=10, choices=Shift.choices, default=Shift.LATER
    )
    starts_at = models.TimeField(_("begins at"), default=datetime.time(14, 30))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    starts_on = models.DateField(_("first month"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    host = models.CharField(_("convener"), max_length=120, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("chair"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorder"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    agenda_days = models.PositiveSmallIntegerField(_("days before on which the agenda opens"), default=14)
    invite_days = models.PositiveSmallIntegerField(_("days before on which people are invited"), default=10)
    remind_days = models.JSONField(_("days before on which people are reminded"), default=remind_before, blank=True)
    minutes_days = models.PositiveSmallIntegerField(_("working days in which the minutes are due"), default=3)
    carries = models.PositiveSmallIntegerField(_("months carried after which the street is told"), default=3)
    quorum_parties = models.JSONField(_("parties that must be there"), default=three_societies, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting series")
        verbose_name_plural = _("meeting series")
        ordering = ["division__code", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_series_title_once",
                fields=["division", "title"],
                violation_error_message=_("This place has a series of this title already."),
            ),
            models.CheckConstraint(
                name="meeting_series_first_of_month",
                condition=Q(starts_on__day=1),
                violation_error_message=_("A series begins with a month."),
            ),
            models.CheckConstraint(
                name="meeting_series_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                name="meeting_series_rule_is_whole",
                condition=Q(
                    rule_kind="nth_weekday",
                    rule_weekday__isnull=False,  # else the range of nothing is unknown, and unknown is not refused
                    rule_weekday__range=(0, 6),
                    rule_number__in=(1, 2, 3, 4, 5, -1),
                )
                | Q(rule_kind="day", rule_weekday__isnull=True, rule_number__range=(1, 31))
                | (Q(rule_kind="workday", rule_weekday__isnull=True, rule_number__range=(-10, 15)) & ~Q(rule_number=0)),
                violation_error_message=_("This rule names no day of the month."),
            ),
            models.CheckConstraint(
                name="meeting_series_in_range",
                condition=Q(
                    every_months__in=(1, 2, 3, 4, 6, 12),
                    minutes__range=(15, 480),
                    agenda_days__lte=31,
                    invite_days__lte=31,
                    minutes_days__range=(1, 20),
                    carries__range=(1, 12),
                ),
                violation_error_message=_("Please check the numbers."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("linkage:series-detail", args=[self.uuid])

    def is_running_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def meets_in(self, month):
        """Whether the month, given by its first day, is one of the rule's months."""
        passed = (month.year - self.starts_on.year) * 12 + month.month - self.starts_on.month
        return passed >= 0 and passed % self.every_months == 0 and (self.ends_on is None or month <= self.ends_on)


class SeriesMember(Record):
    """One on the roster (名单): a person with an account, or a name with the party it speaks for."""

    series = models.ForeignKey(
        MeetingSeries, verbose_name=_("series"), on_delete=models.PROTECT, related_name="members"
    )
    party = models.CharField(_("party"), max_length=20, choices=Party.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=60)
    body = models.CharField(_("of which body"), max_length=120, blank=True)
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = SeriesMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the joint meeting")
        verbose_name_plural = _("members of the joint meeting")
        ordering = ["party", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="series_member_account_once",
                fields=["series", "user"],
                condition=Q(user__isnull=False, left_on__isnull=True),
                violation_error_message=_("This person is on the list already."),
            ),
            models.UniqueConstraint(
                name="series_member_name_once",
                fields=["series", "party", "name", "body"],
                condition=Q(left_on__isnull=True),
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                name="series_member_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Please give a name."),
            ),
        ]

    def __str__(self):
        return self.name
