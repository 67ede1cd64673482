"""Who reads what of a place, by role, and the places that a person’s agency serves."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role, Scope
from incubator.divisions.choices import Level
from incubator.divisions.models import Division

# Roles granted on a place that may read the organizations in it.
AREA_READERS = (
    Role.SOCIAL_WORKER,
    Role.STREET_STAFF,
    Role.COMMUNITY_STAFF,
    Role.HUB_CENTER,
    Role.EVALUATOR,
    Role.FINANCE,
    Role.DISTRICT_ADMIN,
)
# Roles that serve an organization's people and so may read their names; a street sees counts (product promise 7).
NAME_READERS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.HUB_CENTER)
# Roles on a place that read the filings there, with the names in them (users.md 3).
FILING_READERS = (*NAME_READERS, Role.STREET_STAFF, Role.DISTRICT_ADMIN)
# Roles that keep the community's own lists.
COMMUNITY_READERS = (*AREA_READERS, Role.GRID_WORKER)


def served_divisions(user):
    """Places that the agencies serve which the person supervises; read once for the life of the person's ``access``."""
    agencies = user.access.bodies(Scope.AGENCY, Role.AGENCY_SUPERVISOR)
    if not agencies:
        return []
    known = user.access.__dict__
    if "served_divisions" not in known:
        known["served_divisions"] = _served_by(agencies)
    return known["served_divisions"]


def _served_by(agencies):
    return list(
        Division.objects.filter(
            pk__in=model_named("AgencyServiceArea").objects.filter(agency__uuid__in=agencies).values("division_id")
        )
    )


def model_named(name):
    return apps.get_model("organizations", name)


def communities_visible_to(user):
    """The communities a person works with, as divisions; everything for platform admins."""
    communities = Division.objects.current().filter(level=Level.COMMUNITY)
    if user.access.is_platform_admin:
        return communities
    places = [*user.access.divisions(*COMMUNITY_READERS), *served_divisions(user)]
    own = model_named("SocialOrganization").objects.filter(
        uuid__in=user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    )
    return communities.filter(
        Q(pk__in=Division.objects.within(places).values("pk")) | Q(pk__in=own.values("community_id"))
    )


class InCommunityQuerySet(models.QuerySet):
    """Rows with a ``community`` of their own: places, talents, profiles."""

    community_field = "community"
    readers = COMMUNITY_READERS

    def visible_to(self, user):
        if user.access.is_platform_admin:
            return self
        places = [*user.access.divisions(*self.readers), *served_divisions(user)]
        return self.filter(**{f"{self.community_field}__in": Division.objects.within(places).values("pk")})


class PublicListQuerySet(models.QuerySet):
    """Lists of words (types, dossier headings): everybody who is signed in reads them."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()
