"""交办事项: what was taken on, until another party says that it is done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField, transition

from incubator.base.models import Record
from incubator.base.transitions import TransitionNotAllowed
from linkage.choices import UNSETTLED, ActionStatus, Party
from linkage.querysets.action import ActionItemQuerySet, ActionReviewQuerySet


class ActionItem(Record):
    """Belongs to the series: until it is verified or dropped it stands on every next agenda, by query, never by copy.
    It counts from the confirmation of the minutes that name it. Done says its owner; verified says another party."""

    series = models.ForeignKey(
        "linkage.MeetingSeries", verbose_name=gettext_lazy("series"), on_delete=models.PROTECT, related_name="actions"
    )
    resolution = models.ForeignKey(
        "linkage.Resolution",
        verbose_name=gettext_lazy("resolution"),
        on_delete=models.PROTECT,
        related_name="actions",
    )
    title = models.CharField(gettext_lazy("what is to do"), max_length=200)
    owner_party = models.CharField(gettext_lazy("party in charge"), max_length=20, choices=Party.choices)
    owner = models.ForeignKey(
        "linkage.SeriesMember",
        verbose_name=gettext_lazy("person in charge"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=gettext_lazy("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    helpers = models.CharField(gettext_lazy("who helps"), max_length=120, blank=True)
    due_on = models.DateField(gettext_lazy("by"))
    status = FSMField(
        gettext_lazy("state"),
        max_length=20,
        choices=ActionStatus.choices,
        default=ActionStatus.OPEN,
        protected=True,
    )
    blocked_reason = models.CharField(gettext_lazy("what is in the way"), max_length=200, blank=True)
    done_note = models.CharField(gettext_lazy("what was done"), max_length=500, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("done, says"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_at = models.DateTimeField(gettext_lazy("done at"), null=True, blank=True)
    activity = models.ForeignKey(
        "projects.Activity",
        verbose_name=gettext_lazy("done by the record"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_party = models.CharField(
        gettext_lazy("verified by the party"), max_length=20, choices=Party.choices, blank=True
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_at = models.DateTimeField(gettext_lazy("verified at"), null=True, blank=True)
    dropped_reason = models.CharField(gettext_lazy("why it was dropped"), max_length=200, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("action")
        verbose_name_plural = gettext_lazy("actions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="action_item_done_is_told",
                condition=Q(status__in=("done", "verified"), done_by__isnull=False, done_at__isnull=False)
                | Q(status__in=("open", "in_progress", "blocked"), done_by__isnull=True, done_at__isnull=True)
                | Q(status="dropped"),
            ),
            models.CheckConstraint(
                name="action_item_verified_by_another",
                condition=(
                    Q(status="verified", verified_by__isnull=False, verified_at__isnull=False)
                    & ~Q(verified_party="")
                    & ~Q(verified_party=F("owner_party"))
                    & ~Q(verified_by=F("done_by"))
                )
                | (~Q(status="verified") & Q(verified_by__isnull=True, verified_at__isnull=True, verified_party="")),
                violation_error_message=gettext_lazy("What one party did is verified by another."),
            ),
            models.CheckConstraint(
                name="action_item_blocked_has_reason",
                condition=~Q(status="blocked") | ~Q(blocked_reason=""),
                violation_error_message=gettext_lazy("Please say what is in the way."),
            ),
            models.CheckConstraint(
                name="action_item_dropped_has_reason",
                condition=~Q(status="dropped") | ~Q(dropped_reason=""),
                violation_error_message=gettext_lazy("Please say why."),
            ),
        ]
        indexes = [
            models.Index(
                name="action_item_unsettled_idx",
                fields=["series", "due_on", "id"],
                condition=Q(status__in=("open", "in_progress", "blocked", "done")),
            ),
            models.Index(name="action_item_due_idx", fields=["due_on", "id"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("linkage:action-detail", args=[self.uuid])

    @property
    def is_settled(self):
        return self.status not in UNSETTLED

    def is_overdue(self, today):
        return (
            self.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.BLOCKED) and self.due_on < today
        )

    @transition(field=status, source=[ActionStatus.OPEN, ActionStatus.BLOCKED], target=ActionStatus.IN_PROGRESS)
    def start(self):
        self.blocked_reason = ""

    @transition(field=status, source=[ActionStatus.OPEN, ActionStatus.IN_PROGRESS], target=ActionStatus.BLOCKED)
    def block(self, *, reason):
        self.blocked_reason = reason

    @transition(
        field=status,
        source=[ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.BLOCKED],
        target=ActionStatus.DONE,
    )
    def mark_done(self, *, by, at, note, activity=None):
        self.blocked_reason = ""
        self.done_by, self.done_at, self.done_note, self.activity = by, at, note, activity

    @transition(field=status, source=ActionStatus.DONE, target=ActionStatus.IN_PROGRESS)
    def reopen(self):
        """Not done after all: whoever was to verify it found something missing."""
        self.done_by = self.done_at = self.activity = None

    @transition(field=status, source=ActionStatus.DONE, target=ActionStatus.VERIFIED)
    def verify(self, *, by, party, at):
        if party == self.owner_party or by.pk == self.done_by_id:
            raise TransitionNotAllowed(_("What one party did is verified by another."), object=self)
        self.verified_by, self.verified_party, self.verified_at = by, party, at

    @transition(field=status, source=UNSETTLED, target=ActionStatus.DROPPED)
    def drop(self, *, reason):
        self.dropped_reason = reason


class ActionReview(Record):
    """That a meeting looked at an action, and how it stood. Each action of the agenda has its row when the meeting is
    closed, at the latest; ``after`` is what the meeting wants, and what came of it once the minutes are confirmed. Only
    rows of confirmed meetings count: in how many of them the action was not settled is how many months it was carried."""

    action = models.ForeignKey(
        ActionItem, verbose_name=gettext_lazy("action"), on_delete=models.PROTECT, related_name="reviews"
    )
    meeting = models.ForeignKey(
        "linkage.JointMeeting",
        verbose_name=gettext_lazy("meeting"),
        on_delete=models.PROTECT,
        related_name="action_reviews",
    )
    before = models.CharField(gettext_lazy("before"), max_length=20, choices=ActionStatus.choices)
    after = models.CharField(gettext_lazy("after"), max_length=20, choices=ActionStatus.choices)
    note = models.CharField(gettext_lazy("said about it"), max_length=500, blank=True)
    verified_party = models.CharField(
        gettext_lazy("verified by the party"), max_length=20, choices=Party.choices, blank=True
    )

    objects = ActionReviewQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("look at an action")
        verbose_name_plural = gettext_lazy("looks at actions")
        ordering = ["meeting__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="action_review_once", fields=["action", "meeting"]),
            models.CheckConstraint(
                name="action_review_verified_names_party",
                condition=Q(verified_party="") | Q(after="verified"),
            ),
        ]

    def __str__(self):
        return self.note or self.get_after_display()
