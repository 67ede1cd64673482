from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incubator.accounts.choices import GRANTABLE_ROLES
from incubator.accounts.registries import bodies
from incubator.divisions.models import Division


def looked_after(user, prefix=""):
    """Condition on grants or invitations: those on places, and on bodies in them, where the user gives roles."""
    places = user.access.divisions(*GRANTABLE_ROLES)
    if not places:
        return Q(pk__in=[])
    wanted = Q(**{f"{prefix}division__in": Division.objects.within(places)})
    for body in bodies:
        wanted |= Q(**{f"{prefix}scope": body.scope, f"{prefix}body_uuid__in": body.within(places)})
    return wanted


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Oneself; platform admins see all; those who give roles in a place see the people with a role there."""
        if not user.is_authenticated:
            return self.none()
        if user.access.is_platform_admin:
            return self
        wanted = Q(pk=user.pk)
        if user.access.has(*GRANTABLE_ROLES):
            grants = self.model._meta.get_field("grants").related_model.objects.active()
            wanted |= Q(pk__in=grants.filter(looked_after(user)).order_by().values("user_id"))
        return self.filter(wanted)


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    pass


class RoleGrantQuerySet(models.QuerySet):
    def active(self, today=None):
        """Grants that hold on ``today`` (a date in the local time zone; default: the clock's)."""
        today = today or timezone.localdate()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today, revoked_at__isnull=True
        )

    def visible_to(self, user):
        """One's own; platform admins see all; those who give roles in a place see the grants there."""
        if not user.is_authenticated:
            return self.none()
        if user.access.is_platform_admin:
            return self
        return self.filter(Q(user=user) | looked_after(user))


class InvitationQuerySet(models.QuerySet):
    def open(self, now=None):
        return self.filter(status="open", expires_at__gt=now or timezone.now())

    def visible_to(self, user):
        """One's own; platform admins see all; those who give roles in a place see the invitations there."""
        if not user.is_authenticated:
            return self.none()
        if user.access.is_platform_admin:
            return self
        return self.filter(Q(invited_by=user) | looked_after(user))
