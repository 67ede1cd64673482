from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from projects.choices import Rhythm
from projects.querysets import SeriesQuerySet


class ActivitySeries(Record):
    """A course or a weekly salon: the same kind, organization and place again and again. Each time is an activity of its
    own; what stays the same is filled in from here."""

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
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
        related_name="series",
    )
    rhythm = models.CharField(_("how often"), max_length=20, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    starts_on = models.DateField(_("first time"))
    starts_time = models.TimeField(_("at"))
    times = models.PositiveSmallIntegerField(_("how many times"))
    minutes = models.PositiveIntegerField(_("minutes each time"), default=60)
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of activities")
        verbose_name_plural = _("series of activities")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_series_times_in_range",
                condition=Q(times__gte=1, times__lte=60),
                violation_error_message=_("A series has between 1 and 60 times."),
            ),
            models.CheckConstraint(
                name="activity_series_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("projects:series-detail", args=[self.uuid])
