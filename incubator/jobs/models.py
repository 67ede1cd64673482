"""What must happen, when, once. The table is the truth; Celery only executes it (docs/architecture.md, "Jobs")."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.jobs.querysets import HeartbeatQuerySet, JobQuerySet


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
