"""Filings and their papers."""

import datetime

from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role, Scope
from organizations.querysets.organization import OfOrganizationQuerySet
from organizations.querysets.reach import FILING_READERS, model_named, served_divisions


class FilingQuerySet(OfOrganizationQuerySet):
    def waiting_for_community(self):
        return self.filter(status="submitted")

    def waiting_for_street(self):
        return self.filter(status="checked")

    def waiting_for(self, user):
        """What this person is the next to do something about: first checks, decisions, and one's own to hand in."""
        organizations, access = model_named("SocialOrganization").objects, user.access
        wanted = Q(status__in=["draft", "returned"], created_by=user)
        if communities := access.divisions(Role.COMMUNITY_STAFF):
            wanted |= Q(status="submitted", organization__in=organizations.in_places(communities).values("pk"))
        if streets := access.divisions(Role.STREET_STAFF):
            wanted |= Q(status="checked", organization__in=organizations.in_places(streets).values("pk"))
        return self.filter(wanted)

    def with_names(self):
        """For lists: the organization, its community and street, and who prepared it, in the same query."""
        return self.select_related("organization__community__parent", "organization__type", "created_by")

    def numbered_in(self, street, year, tz):
        """First filings to which this street gave a number in this year, in the order of the numbers' giving."""
        first, last = (datetime.datetime(which, 1, 1, tzinfo=tz) for which in (year, year + 1))
        return (
            self.filter(kind="new", status__in=["filed", "suspended", "cancelled"], decided_at__gte=first)
            .filter(decided_at__lt=last, organization__in=model_named("SocialOrganization").objects.in_places([street]))
            .exclude(number="")
            .order_by("decided_at", "pk")
        )

    def visible_to(self, user):
        """The file of a filing shows names: the community that checks, the street that files, who serves or leads."""
        access = user.access
        places = [*access.divisions(*FILING_READERS), *served_divisions(user)]
        own = access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        organizations = model_named("SocialOrganization").objects
        return self.filter(
            Q(organization__in=organizations.in_places(places).values("pk")) | Q(organization__uuid__in=own)
        )


class FilingPaperQuerySet(models.QuerySet):
    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        return self.filter(filing__in=model_named("Filing").objects.visible_to(user).values("pk"))
