"""Who reads the needs of residents, and the lists they stand on."""

from django.db import models
from django.db.models import Q

from incubator.accounts.choices import Role, Scope
from incubator.divisions.models import Division
from organizations.querysets.reach import model_named, served_divisions

# They take a need up, give it to somebody and read whom to call back; supervisors for the places of their agency.
NEED_KEEPERS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.HUB_CENTER)
# They read the words of what was taken up, without names and phones.
NEED_LOOKERS = (Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.GRID_WORKER)
NEED_READERS = (*NEED_KEEPERS, *NEED_LOOKERS)
# What the organizations of a community may read.
TAKEN_UP = ("accepted", "assigned", "met", "rated")
OPEN = ("raised", "accepted", "assigned")


def _within(places):
    return Division.objects.within(places).values("pk")


class NeedQuerySet(models.QuerySet):
    def open(self):
        """Still to be answered."""
        return self.filter(status__in=OPEN)

    def looked_at(self):
        """Not straight from the public page: somebody of the place has read it first."""
        return self.filter(~Q(source="resident") | Q(accepted_at__isnull=False))

    def with_names(self):
        return self.select_related("community__parent", "place", "category", "organization", "agency", "worker")

    def search(self, text):
        text = text.strip()
        return self.filter(Q(title__icontains=text) | Q(text__icontains=text)) if text else self

    def visible_to(self, user):
        """All of it in the places one serves; what was looked at for offices and grid staff; what was taken up in the
        community of one's own organization; what one raised oneself."""
        if not user.is_authenticated:
            return self.none()
        access = user.access
        seen = ~Q(source="resident") | Q(accepted_at__isnull=False)
        wanted = Q(raised_by=user)
        if served := [*access.divisions(*NEED_KEEPERS), *served_divisions(user)]:
            wanted |= Q(community__in=_within(served))
        if looked := access.divisions(*NEED_LOOKERS):
            wanted |= Q(community__in=_within(looked)) & seen
        if own := access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER):
            led = model_named("SocialOrganization").objects.filter(uuid__in=own)
            wanted |= Q(community__in=led.values("community_id"), status__in=TAKEN_UP)
            wanted |= Q(organization__in=led.values("pk"))
        return self.filter(wanted)


class NeedCategoryQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def of_place(self, division):
        """Those of the platform, of the place, and of what it lies in."""
        return self.filter(Q(division__isnull=True) | Q(division__code__in=division.ancestor_codes))

    def visible_to(self, user):
        """Shipped ones for everybody who is signed in; a place's own where one works, and below and above it."""
        if not user.is_authenticated:
            return self.none()
        if user.access.is_platform_admin:
            return self
        places = [*user.access.divisions(), *served_divisions(user)]
        above = {code for place in places for code in place.ancestor_codes}
        return self.filter(Q(division__isnull=True) | Q(division__in=_within(places)) | Q(division__code__in=above))


class NeedAddressQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(revoked_at__isnull=True)

    def visible_to(self, user):
        places = [*user.access.divisions(*NEED_KEEPERS, Role.GRID_WORKER), *served_divisions(user)]
        return self.filter(community__in=_within(places))
