"""Members of organizations."""

from django.db import models
from django.db.models import Count, Q

from incubator.accounts.choices import Role, Scope
from organizations.choices import Position
from organizations.querysets.reach import NAME_READERS, model_named, served_divisions


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_on__isnull=True)

    def with_rank(self):
        """``rank``: the leader first, then the other positions in the order in which people name them."""
        return self.annotate(
            rank=models.Case(
                *(models.When(position=position, then=rank) for rank, position in enumerate(Position.values)),
                default=len(Position.values),
                output_field=models.IntegerField(),
            )
        )

    def counts(self):
        """{members, backbone, successors, reserve, leaders, deputies} of these rows: what a street sees."""
        return self.order_by().aggregate(
            members=Count("pk"),
            backbone=Count("pk", filter=Q(is_backbone=True)),
            successors=Count("pk", filter=Q(is_successor=True)),
            reserve=Count("pk", filter=Q(is_reserve_talent=True)),
            leaders=Count("pk", filter=Q(position=Position.LEADER)),
            deputies=Count("pk", filter=Q(position=Position.DEPUTY)),
        )

    def visible_to(self, user):
        """Names of members: those who serve them in the place, the organization's leaders; nobody by way of office."""
        places = [*user.access.divisions(*NAME_READERS), *served_divisions(user)]
        own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        organizations = model_named("SocialOrganization").objects
        return self.filter(
            Q(organization__in=organizations.in_places(places).values("pk")) | Q(organization__uuid__in=own)
        )
