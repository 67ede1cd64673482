"""对接: which organization or resource might answer a need, who says so, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.base.models import Record
from linkage.choices import MatchStatus, NeedActivityRole
from linkage.querysets.match import MatchQuerySet, NeedActivityQuerySet, ResourceUseQuerySet


class Match(Record):
    """A proposal that people make, often after a suggestion: this organization, or this resource, for this need.
    ``reasons`` are the codes and values of the suggestion at that moment (``linkage.scoring``), ``score`` their sum."""

    need = models.ForeignKey(
        "organizations.ResidentNeed", verbose_name=_("need"), on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resource = models.ForeignKey(
        "organizations.Resource",
        verbose_name=_("resource"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reasons = models.JSONField(_("what speaks for it"), default=list, blank=True)
    score = models.PositiveSmallIntegerField(_("points"), default=0)
    note = models.CharField(_("words to the other side"), max_length=200, blank=True)
    status = FSMField(
        _("state"), max_length=20, choices=MatchStatus.choices, default=MatchStatus.PROPOSED, protected=True
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason = models.CharField(_("why not"), max_length=200, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="match_names_one_side",
                condition=Q(organization__isnull=False, resource__isnull=True)
                | Q(organization__isnull=True, resource__isnull=False),
            ),
            models.CheckConstraint(
                name="match_answered_is_told",
                condition=Q(status__in=("proposed", "withdrawn"), answered_by__isnull=True, answered_at__isnull=True)
                | Q(status__in=("accepted", "declined"), answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="match_declined_has_reason",
                condition=~Q(status="declined") | ~Q(reason=""),
                violation_error_message=_("Please say why."),
            ),
            models.UniqueConstraint(
                name="match_organization_once",
                fields=["need", "organization"],
                condition=Q(organization__isnull=False, status__in=("proposed", "accepted")),
                violation_error_message=_("This organization has been asked already."),
            ),
            models.UniqueConstraint(
                name="match_resource_once",
                fields=["need", "resource"],
                condition=Q(resource__isnull=False, status__in=("proposed", "accepted")),
                violation_error_message=_("This resource has been asked for already."),
            ),
        ]

    def __str__(self):
        return str(self.organization or self.resource)

    def get_absolute_url(self):
        """A page of its own: an organization that is asked need not lie in the community whose need it is."""
        return reverse("linkage:match-detail", args=[self.uuid])

    @property
    def answering_organization(self):
        """Whose leaders answer, or None: then those who serve the place answer for the owner."""
        return self.organization or self.resource.organization

    @transition(field=status, source=MatchStatus.PROPOSED, target=MatchStatus.ACCEPTED)
    def accept(self, *, by, at):
        self.answered_by, self.answered_at = by, at

    @transition(field=status, source=MatchStatus.PROPOSED, target=MatchStatus.DECLINED)
    def decline(self, *, by, at, reason):
        self.answered_by, self.answered_at, self.reason = by, at, reason

    @transition(field=status, source=MatchStatus.PROPOSED, target=MatchStatus.WITHDRAWN)
    def withdraw(self):
        """Whoever proposed it, or the place, takes it back."""


class NeedActivity(Record):
    """On which visit a need was found, and by which activity it was met."""

    need = models.ForeignKey(
        "organizations.ResidentNeed", verbose_name=_("need"), on_delete=models.PROTECT, related_name="+"
    )
    activity = models.ForeignKey(
        "projects.Activity", verbose_name=_("activity"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("what it did"), max_length=10, choices=NeedActivityRole.choices)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noted by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = NeedActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity of a need")
        verbose_name_plural = _("activities of needs")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="need_activity_once", fields=["need", "activity", "role"])]

    def __str__(self):
        return str(self.activity)


class ResourceUse(Record):
    """What was taken of a resource, by whom or for what, on which day. Money in fen. The sums that still stand are kept
    on the resource, where the database refuses more than was offered."""

    resource = models.ForeignKey(
        "organizations.Resource", verbose_name=_("resource"), on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        verbose_name=_("by the organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    activity = models.ForeignKey(
        "projects.Activity",
        verbose_name=_("for the activity"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    need = models.ForeignKey(
        "organizations.ResidentNeed",
        verbose_name=_("for the need"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    used_on = models.DateField(_("on"))
    quantity = models.PositiveIntegerField(_("how much"), null=True, blank=True)
    amount_fen = models.PositiveBigIntegerField(_("amount (fen)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = ResourceUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a resource")
        verbose_name_plural = _("uses of resources")
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="resource_use_by_somebody",
                condition=Q(organization__isnull=False) | Q(activity__isnull=False) | Q(need__isnull=False),
                violation_error_message=_("Please say by whom or for what it was used."),
            ),
            models.CheckConstraint(
                name="resource_use_of_something",
                condition=Q(quantity__isnull=False, quantity__gt=0, amount_fen__isnull=True)
                | Q(quantity__isnull=True, amount_fen__isnull=False, amount_fen__gt=0),
                violation_error_message=_("Please say how much was used."),
            ),
        ]
        indexes = [models.Index(name="resource_use_day_idx", fields=["resource", "-used_on", "-id"])]

    def __str__(self):
        return str(self.resource)

    def get_absolute_url(self):
        return reverse("organizations:resource-detail", args=[self.resource.uuid])
