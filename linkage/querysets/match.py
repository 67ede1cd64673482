"""What was brought together: read by whoever reads the need, or leads the organization that is asked."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role, Scope


def _needs(user):
    return apps.get_model("organizations", "ResidentNeed").objects.visible_to(user).values("pk")


class MatchQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(status__in=("proposed", "accepted"))

    def waiting(self):
        return self.filter(status="proposed")

    def with_names(self):
        return self.select_related(
            "need__community__parent", "need__category", "organization", "resource__organization", "proposed_by"
        )

    def visible_to(self, user):
        own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        wanted = Q(need__in=_needs(user))
        if own:
            wanted |= Q(organization__uuid__in=own) | Q(resource__organization__uuid__in=own)
        return self.filter(wanted)


class NeedActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(need__in=_needs(user))


class ResourceUseQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        resources = apps.get_model("organizations", "Resource").objects.visible_to(user)
        return self.filter(resource__in=resources.values("pk"))
