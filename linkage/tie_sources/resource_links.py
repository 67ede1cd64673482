"""Records of resources linked: from whom something came."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkage.network import End, Occasion, as_written, organization_end, party_of_name
from linkage.registries import TieSource, tie_sources
from organizations.models import SocialOrganization
from projects.models import Activity, ActivityLink

KIND = "resource_link"
BODY = ("pk", "name", "community_id", "community__parent_id")
LINK = ("activity_id", "organization_id", "activity__starts_at", "activity__details__provider")


@tie_sources.register
class ResourcesLinked(TieSource):
    """The question "From whom" of the kind resource linking. A provider with the name of an organization of the same
    community, or of the only one of that name in the street, is that organization, and then both are tied; any other is a
    body by its name, and the words in the name say of which party. Two queries."""

    code = "resource"
    label = _("resources linked")
    icon = "link-45deg"
    order = 20

    @classmethod
    def occasions(cls, organizations, begin, after):
        counted = Activity.objects.counted().between(begin, after).filter(kind=KIND)
        here = ActivityLink.objects.filter(organization__in=organizations).values("activity_id")
        asked = SocialOrganization.objects.filter(pk__in=organizations)
        # The street first: it bounds how many records are compared by name.
        given = Q(community__parent__in=asked.values("community__parent")) & Exists(asked.filter(name=OuterRef("told")))
        wanted = counted.annotate(told=KT("details__provider")).filter(Q(pk__in=here) | given)
        links = ActivityLink.objects.filter(activity__in=wanted.values("pk"))
        rows = list(links.order_by("pk").values_list(*LINK, "community_id", "community__parent_id"))
        names = {as_written(row[3]) for row in rows}
        named = SocialOrganization.objects.existing().filter(name__in=names).order_by("pk").values_list(*BODY)
        bodies, found = list(named), []
        for activity, organization, starts_at, provider, community, street in rows:
            if not (name := as_written(provider)):
                continue
            end = cls._end(name, community, street, bodies)
            record, on = f"activity:{activity}", timezone.localdate(starts_at)
            if organization in organizations:
                found.append(Occasion(organization, end, cls.code, record, on))
            if end.is_organization and end.key in organizations:
                found.append(Occasion(end.key, organization_end(organization), cls.code, record, on))
        return found

    @staticmethod
    def _end(name, community, street, bodies):
        around = [body for body in bodies if body[1] == name and body[3] == street]
        near = [body for body in around if body[2] == community] or around
        return organization_end(near[0][0]) if len(near) == 1 else End(party_of_name(name), "name", name)
