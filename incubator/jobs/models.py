"""What must happen, when, once. The table is the truth; Celery only executes it (docs/architecture.md, "Jobs")."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from incubator.base.models import Record
from incubator.jobs.querysets import HeartbeatQuerySet, JobQuerySet, ScheduleQuerySet, ScheduleRunQuerySet
from incubator.jobs.registries import get_periodic


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    DEAD = "dead", _("gave up")


class Job(Record):
    """One piece of work. ``key`` is unique: asking for the same thing twice makes one job."""

    name = models.CharField(_("what"), max_length=80)
    key = models.CharField(_("key"), max_length=200, unique=True)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    run_at = models.DateTimeField(_("not before"))
    lease_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["run_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="job_running_is_leased",
                condition=(Q(state="running") & Q(lease_until__isnull=False)) | ~Q(state="running"),
            ),
            models.CheckConstraint(
                name="job_end_has_time",
                condition=Q(state__in=["done", "dead"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="job_due_idx", fields=["run_at", "id"], condition=Q(state__in=["queued", "running"])),
            models.Index(name="job_done_idx", fields=["finished_at"], condition=Q(state="done")),
            models.Index(name="job_dead_idx", fields=["run_at", "id"], condition=Q(state="dead")),
        ]

    def __str__(self):
        return self.key


class Heartbeat(models.Model):
    """When a worker was last seen; ``/readyz`` and the operator's page read it."""

    name = models.CharField(_("worker"), max_length=100, unique=True)
    seen_at = models.DateTimeField(_("last seen"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Schedule(Record):
    """A periodic job and its row in django-celery-beat, which says when. Admins change it; code only brings defaults.

    ``since``: when somebody last changed or switched it on. Moments before it are not made up for.
    """

    name = models.CharField(_("what"), max_length=80, unique=True)
    beat = models.OneToOneField(
        "django_celery_beat.PeriodicTask", verbose_name=_("when"), on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(_("as it is since"), null=True, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("jobs:schedule-detail", args=[self.uuid])

    @property
    def periodic(self):
        """What the code says of it, or None when its job is no more."""
        return get_periodic(self.name)

    @property
    def label(self):
        return self.periodic.label if self.periodic else self.name


class ScheduleRun(Record):
    """One run of a schedule: once per period, however many schedulers and workers there are. Its work is the Job
    ``<name>:<period>``; this row stays when that one is cleared away."""

    schedule = models.ForeignKey(Schedule, verbose_name=_("schedule"), on_delete=models.PROTECT, related_name="runs")
    period = models.CharField(_("period"), max_length=40)
    due_at = models.DateTimeField(_("due at"))
    by_hand = models.BooleanField(_("started by hand"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    counts = models.JSONField(_("what was done"), default=dict, blank=True)
    error = models.TextField(_("last error"), blank=True)

    objects = ScheduleRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="schedule_run_once", fields=["schedule", "period"]),
            models.CheckConstraint(
                name="schedule_run_end_has_time",
                condition=Q(state__in=["done", "dead"], ended_at__isnull=False)
                | Q(state__in=["queued", "running"], ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="schedule_run_latest_idx", fields=["schedule", "-due_at", "-id"]),
            models.Index(name="schedule_run_open_idx", fields=["state", "due_at"], condition=~Q(state="done")),
            models.Index(name="schedule_run_due_idx", fields=["due_at", "id"]),
        ]

    def __str__(self):
        return self.job_key

    def get_absolute_url(self):
        return f"{self.schedule.get_absolute_url()}#runs"

    @property
    def job_key(self):
        return f"{self.schedule.name}:{self.period}"

    @property
    def told(self):
        """[(label, number)] of what was done."""
        words = {"done": pgettext("run", "handled")} | (self.schedule.periodic.words if self.schedule.periodic else {})
        return [(words.get(word, word), number) for word, number in self.counts.items()]

    @property
    def seconds(self):
        """How long the last try took, or None while it goes on."""
        return (self.ended_at - self.started_at).total_seconds() if self.started_at and self.ended_at else None
