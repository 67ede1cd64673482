from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from incubator.accounts.choices import InvitationStatus, Role, Scope
from incubator.accounts.querysets import InvitationQuerySet
from incubator.accounts.registries import place_label
from incubator.base.models import Record


class Invitation(Record):
    """A link with which a person makes their own account and takes the role offered. Only the token's hash is kept."""

    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope = models.CharField(_("granted on"), max_length=20, choices=Scope.choices)
    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body_uuid = models.UUIDField(_("organization or agency"), null=True, blank=True)
    token_hash = models.CharField(_("hash of the link's token"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("valid until"))
    status = FSMField(
        _("state"), max_length=20, choices=InvitationStatus.choices, default=InvitationStatus.OPEN, protected=True
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_has_facts",
                condition=Q(status=InvitationStatus.ACCEPTED, accepted_by__isnull=False, accepted_at__isnull=False)
                | (~Q(status=InvitationStatus.ACCEPTED) & Q(accepted_by__isnull=True, accepted_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="invitation_scope_names_its_object",
                condition=Q(scope=Scope.DIVISION, division__isnull=False, body_uuid__isnull=True)
                | Q(scope__in=[Scope.ORGANIZATION, Scope.AGENCY], division__isnull=True, body_uuid__isnull=False)
                | Q(scope=Scope.PLATFORM, division__isnull=True, body_uuid__isnull=True),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def place(self):
        return place_label(self)

    def is_expired(self, now):
        return self.status == InvitationStatus.OPEN and self.expires_at <= now

    def get_absolute_url(self):
        return reverse("accounts:invitation-list")

    @transition(field=status, source=InvitationStatus.OPEN, target=InvitationStatus.ACCEPTED)
    def accept(self, *, by, at):
        self.accepted_by, self.accepted_at = by, at

    @transition(field=status, source=InvitationStatus.OPEN, target=InvitationStatus.WITHDRAWN)
    def withdraw(self):
        """The link stops working."""
