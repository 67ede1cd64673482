from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incubator.accounts.choices import Role
from incubator.divisions.models import Division


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Oneself; platform admins see all; those who grant roles in a place see the people with a role there."""
        access = user.access
        if access.is_platform_admin:
            return self
        wanted = Q(pk=user.pk)
        places = access.divisions(Role.DISTRICT_ADMIN, Role.STREET_STAFF, Role.HUB_CENTER)
        if places:
            wanted |= Q(pk__in=RoleGrantQuerySet.holders_within(places))
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

    @staticmethod
    def holders_within(divisions):
        from django.apps import apps  # noqa: PLC0415 - the model imports this module

        grants = apps.get_model("accounts", "RoleGrant").objects.active()
        return grants.filter(division__in=Division.objects.within(divisions)).values("user_id")

    def visible_to(self, user):
        access = user.access
        if access.is_platform_admin:
            return self
        wanted = Q(user=user)
        places = access.divisions(Role.DISTRICT_ADMIN, Role.STREET_STAFF, Role.HUB_CENTER)
        if places:
            wanted |= Q(division__in=Division.objects.within(places))
        return self.filter(wanted)


class InvitationQuerySet(models.QuerySet):
    def open(self, now=None):
        return self.filter(status="open", expires_at__gt=now or timezone.now())

    def visible_to(self, user):
        access = user.access
        if access.is_platform_admin:
            return self
        wanted = Q(invited_by=user)
        places = access.divisions(Role.DISTRICT_ADMIN, Role.STREET_STAFF, Role.HUB_CENTER)
        if places:
            wanted |= Q(division__in=Division.objects.within(places))
        return self.filter(wanted)
