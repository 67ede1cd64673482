from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from projects.choices import HANDED_IN, ActivityStatus, LedBy, Outcome, Source, WorkerRole
from projects.models.kind import KindVersion
from projects.querysets import ActivityQuerySet
from projects.validators import MAX_MINUTES


class Activity(Record):
    """One record of cultivation work. Its public identifier is minted where it is written, from the first keystroke:
    saving twice is saving once.

    A draft holds what was typed, right or wrong, in ``payload``; handing it in moves the checked values into the
    columns and empties it. ``details`` are the answers to the questions that only this kind asks; ``kind_version`` says
    which edition of the questions that was, so an old record shows its own.

    ``organization`` is the one that the record stands under; whom else it served, for which project and objective, say its
    links (``ActivityLink``). Every total counts the activity once. ``reaches_out`` is true when a link leads into another
    community than ``community``, where it took place.
    """

    kind = models.CharField(_("kind"), max_length=40)
    kind_version = models.ForeignKey(
        "projects.KindVersion",
        to_field="uuid",
        verbose_name=_("edition of the questions"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
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
        related_name="activities",
    )
    plan = models.ForeignKey(
        "projects.ActivityPlan",
        verbose_name=_("as planned"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
    )
    series = models.ForeignKey(
        "projects.ActivitySeries",
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
    )
    agency = models.ForeignKey(
        "organizations.Agency",
        verbose_name=_("agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    place = models.ForeignKey(
        "organizations.Place",
        verbose_name=_("grid, estate or building"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reaches_out = models.BooleanField(_("served other communities too"), default=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, default=Outcome.HELD)
    outcome_reason = models.CharField(_("why it did not take place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("when"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    summary = models.TextField(_("what happened"), blank=True)
    next_step = models.CharField(_("agreed next step"), max_length=300, blank=True)
    led_by = models.CharField(_("led by"), max_length=20, choices=LedBy.choices, blank=True, default="")
    worker_role = models.CharField(
        _("role of the social worker"), max_length=20, choices=WorkerRole.choices, blank=True, default=""
    )
    details = models.JSONField(_("answers of this kind"), default=dict, blank=True)
    payload = models.JSONField(_("what was typed so far"), default=dict, blank=True)
    status = FSMField(
        _("state"), max_length=20, choices=ActivityStatus.choices, default=ActivityStatus.DRAFT, protected=True
    )
    source = models.CharField(_("recorded by"), max_length=20, choices=Source.choices, default=Source.WORKER)
    version = models.PositiveIntegerField(_("version"), default=1)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    returned_reason = models.TextField(_("why it was returned"), blank=True)
    locked_at = models.DateTimeField(_("month closed at"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_handed_in_has_facts",
                condition=~Q(status__in=list(HANDED_IN))
                | Q(
                    organization__isnull=False,
                    community__isnull=False,
                    starts_at__isnull=False,
                    minutes__isnull=False,
                    submitted_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="activity_length_within_a_day",
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=MAX_MINUTES),
                violation_error_message=_("An activity lasts at least a minute and at most a day."),
            ),
            models.CheckConstraint(
                name="activity_returned_has_reason",
                condition=~Q(status="returned") | (~Q(returned_reason="") & Q(reviewed_by__isnull=False)),
                violation_error_message=_("Please say what to change."),
            ),
            # Accepted by nobody means: by itself, because nobody returned it in time.
            models.CheckConstraint(
                name="activity_accepted_has_day",
                condition=~Q(status="accepted") | Q(reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_locked_has_day",
                condition=Q(status="locked", locked_at__isnull=False)
                | (~Q(status="locked") & Q(locked_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="activity_not_held_has_reason",
                condition=Q(status="draft") | Q(outcome="held") | ~Q(outcome_reason=""),
                violation_error_message=_("Please say why it did not take place."),
            ),
        ]
        indexes = [
            models.Index(name="activity_recent_idx", fields=["-starts_at", "-id"]),
            models.Index(name="activity_place_recent_idx", fields=["community", "-starts_at", "-id"]),
            models.Index(name="activity_body_recent_idx", fields=["organization", "-starts_at", "-id"]),
            models.Index(name="activity_author_idx", fields=["recorded_by", "status", "-updated_at"]),
            models.Index(name="activity_project_recent_idx", fields=["project", "-starts_at", "-id"]),
            models.Index(name="activity_waiting_idx", fields=["submitted_at"], condition=Q(status="submitted")),
            models.Index(name="activity_reaching_idx", fields=["id"], condition=Q(reaches_out=True)),
        ]

    def __str__(self):
        return self.title or self.get_kind_display()

    @property
    def kind_class(self):
        """The plug-in of this record's kind, with the questions of its own edition."""
        return KindVersion.kind_of(self.kind, self.kind_version_id)

    def get_kind_display(self):
        return str(self.kind_class.label)

    @property
    def answers(self):
        return self.kind_class.answers(self.details)

    @cached_property
    def served_links(self):
        """Whom it served, the main link first; read once for the life of this object, however many policies ask."""
        links = self.links.select_related("organization__community", "community", "objective")
        return list(links.order_by("-is_main", "pk"))

    @property
    def took_place(self):
        return self.outcome == Outcome.HELD

    @property
    def is_draft(self):
        return self.status == ActivityStatus.DRAFT

    def get_absolute_url(self):
        return reverse("projects:activity-detail", args=[self.uuid])

    @transition(field=status, source=[ActivityStatus.DRAFT, ActivityStatus.RETURNED], target=ActivityStatus.SUBMITTED)
    def submit(self, *, at):
        self.submitted_at = at
        self.payload, self.returned_reason = {}, ""
        self.reviewed_by = self.reviewed_at = None

    @transition(field=status, source=ActivityStatus.SUBMITTED, target=ActivityStatus.RETURNED)
    def return_for_changes(self, *, by, at, reason):
        self.reviewed_by, self.reviewed_at, self.returned_reason = by, at, reason

    @transition(field=status, source=ActivityStatus.SUBMITTED, target=ActivityStatus.ACCEPTED)
    def accept(self, *, by, at):
        """``by`` None: by itself, after the street's number of days."""
        self.reviewed_by, self.reviewed_at = by, at

    @transition(field=status, source=[ActivityStatus.SUBMITTED, ActivityStatus.ACCEPTED], target=ActivityStatus.LOCKED)
    def lock(self, *, at):
        """The month is closed: from now on a change is a correction, shown beside the old value."""
        self.locked_at = at
