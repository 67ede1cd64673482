from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.querysets import RoleGrantQuerySet
from incubator.accounts.registries import place_label
from incubator.base.errors import RuleViolation
from incubator.base.models import Record


class RoleGrant(Record):
    """A role, on a place with all within it, on one organization or agency, or on the platform, from a day to a day.

    Organizations and agencies are named by their public identifier: people stand below organizations in the house and
    may not point up with a key. Those rows are never deleted, so the identifier cannot dangle.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    scope = models.CharField(_("granted on"), max_length=20, choices=Scope.choices)
    division = models.ForeignKey(
        "divisions.Division",
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body_uuid = models.UUIDField(_("organization or agency"), null=True, blank=True)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("granted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=200, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                name="grant_scope_names_its_object",
                condition=Q(scope=Scope.DIVISION, division__isnull=False, body_uuid__isnull=True)
                | Q(scope__in=[Scope.ORGANIZATION, Scope.AGENCY], division__isnull=True, body_uuid__isnull=False)
                | Q(scope=Scope.PLATFORM, division__isnull=True, body_uuid__isnull=True),
                violation_error_message=_("A role needs the place, organization or agency that it is granted on."),
            ),
            models.CheckConstraint(
                name="grant_end_has_person_and_reason",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
                violation_error_message=_("A role that was ended names who ended it and why."),
            ),
            models.CheckConstraint(
                name="grant_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("A role cannot end before it begins."),
            ),
            *(
                models.UniqueConstraint(
                    name=f"grant_once_per_{name}",
                    fields=["user", "role", *fields],
                    condition=Q(revoked_at__isnull=True, scope__in=scopes),
                    violation_error_message=_("This person holds this role there already."),
                )
                for name, fields, scopes in (
                    ("place", ["division"], [Scope.DIVISION]),
                    ("body", ["body_uuid"], [Scope.ORGANIZATION, Scope.AGENCY]),
                    ("platform", [], [Scope.PLATFORM]),
                )
            ),
        ]

    def __str__(self):
        return self.get_role_display()

    def is_active_on(self, day):
        return (
            self.revoked_at is None
            and self.valid_from <= day
            and (self.valid_until is None or self.valid_until >= day)
        )

    @property
    def place(self):
        """Where the role holds, as people read it. Lists of grants ask ``label_places`` first, once for all."""
        return place_label(self)

    def revoke(self, *, by, at, reason):
        """Ends the role for good; raises RuleViolation where it has ended already."""
        if self.revoked_at is not None:
            raise RuleViolation(gettext("This role was ended already."))
        self.revoked_at, self.revoked_by, self.revoked_reason = at, by, reason
