"""Organizations, and the rows that belong to one."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role, Scope
from incubator.divisions.models import Division
from organizations.querysets.reach import AREA_READERS, model_named, served_divisions


class OrganizationQuerySet(models.QuerySet):
    def existing(self):
        """Not dissolved."""
        return self.exclude(state="dissolved")

    def in_places(self, divisions):
        return self.filter(community__in=Division.objects.within(divisions).values("pk"))

    def belonging_to(self, user):
        """Those that the person leads or led, or is or was a member of: nobody decides on their own."""
        member = model_named("Membership").objects.filter(user=user)
        led = apps.get_model("accounts", "RoleGrant").objects.filter(
            user=user, role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION
        )
        return self.filter(
            Q(pk__in=member.order_by().values("organization_id")) | Q(uuid__in=led.order_by().values("body_uuid"))
        )

    def people(self):
        """Keys of those who belong to one of these, as :meth:`belonging_to` says; two queries."""
        members = model_named("Membership").objects.filter(
            organization__in=self.order_by().values("pk"), user__isnull=False
        )
        leaders = apps.get_model("accounts", "RoleGrant").objects.filter(
            role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid__in=self.order_by().values("uuid")
        )
        found = set(members.order_by().values_list("user_id", flat=True))
        return found | set(leaders.order_by().values_list("user_id", flat=True))

    def visible_to(self, user):
        access = user.access
        if access.is_platform_admin:
            return self
        places = [*access.divisions(*AREA_READERS), *served_divisions(user)]
        own = access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        if places and own:
            return self.filter(Q(community__in=Division.objects.within(places).values("pk")) | Q(uuid__in=own))
        return self.in_places(places) if places else self.filter(uuid__in=own)

    def with_names(self):
        """For lists: community, its street, and the type, in the same query."""
        return self.select_related("community__parent", "type")

    def search(self, text):
        """Part of the name, of its pinyin or initials, of the filing number, or the whole credit code."""
        text = text.strip()
        if not text:
            return self
        return self.filter(
            Q(name__icontains=text)
            | Q(pinyin__icontains=text.lower())
            | Q(filing_number__icontains=text)
            | Q(credit_code=text.upper())
        )


class OfOrganizationQuerySet(models.QuerySet):
    """Rows that belong to one organization and are seen by whoever sees it."""

    def visible_to(self, user):
        if user.access.is_platform_admin:
            return self
        return self.filter(organization__in=model_named("SocialOrganization").objects.visible_to(user).values("pk"))
