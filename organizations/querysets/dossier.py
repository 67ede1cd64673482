"""The documents of one organization."""

from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role, Scope
from organizations.querysets.reach import NAME_READERS, model_named, served_divisions


class DossierItemQuerySet(models.QuerySet):
    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        """Documents and their titles may hold names: read like the names of members, by nobody by way of office."""
        places = [*user.access.divisions(*NAME_READERS), *served_divisions(user)]
        own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        organizations = model_named("SocialOrganization").objects
        return self.filter(
            Q(organization__in=organizations.in_places(places).values("pk")) | Q(organization__uuid__in=own)
        )
