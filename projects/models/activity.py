from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from projects.choices import HANDED_IN, ActivityStatus, LedBy, Source
from projects.querysets import ActivityQuerySet
from projects.registries import activity_kinds, kind_choices
from projects.validators import MAX_MINUTES


class Activity(Record):
    """One record of cultivation work. Its public identifier is minted where it is written, from the first keystroke:
    saving twice is saving once.

    A draft holds what was typed, right or wrong, in ``payload``; handing it in moves the checked values into the
    columns and empties it. ``details`` are the answers to the questions that only this kind asks.
    """

    kind = models.CharField(_("kind"), max_length=40, choices=kind_choices)
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
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("when"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    summary = models.TextField(_("what happened"), blank=True)
    next_step = models.CharField(_("agreed next step"), max_length=300, blank=True)
    led_by = models.CharField(_("led by"), max_length=20, choices=LedBy.choices, blank=True, default="")
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
            models.CheckConstraint(
                name="activity_accepted_has_reviewer",
                condition=~Q(status="accepted") | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="activity_recent_idx", fields=["-starts_at", "-id"]),
            models.Index(name="activity_place_recent_idx", fields=["community", "-starts_at", "-id"]),
            models.Index(name="activity_body_recent_idx", fields=["organization", "-starts_at", "-id"]),
            models.Index(name="activity_author_idx", fields=["recorded_by", "status", "-updated_at"]),
        ]

    def __str__(self):
        return self.title or self.get_kind_display()

    @property
    def kind_class(self):
        """The plug-in of this record's kind."""
        return activity_kinds[self.kind]

    @property
    def answers(self):
        return self.kind_class.answers(self.details)

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
        self.reviewed_by, self.reviewed_at = by, at
