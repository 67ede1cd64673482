"""What each person may see of communities and organizations."""

import datetime

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from incubator.accounts.choices import Role, Scope
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.choices import Employment, Position

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
            pk__in=_model("AgencyServiceArea").objects.filter(agency__uuid__in=agencies).values("division_id")
        )
    )


def _model(name):
    return apps.get_model("organizations", name)


def communities_visible_to(user):
    """The communities a person works with, as divisions; everything for platform admins."""
    communities = Division.objects.current().filter(level=Level.COMMUNITY)
    if user.access.is_platform_admin:
        return communities
    places = [*user.access.divisions(*COMMUNITY_READERS), *served_divisions(user)]
    own = _model("SocialOrganization").objects.filter(
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


class TalentQuerySet(InCommunityQuerySet):
    readers = NAME_READERS

    def search(self, text):
        """Part of the name, of the gift, of what they would do, or of where they were found."""
        text = text.strip()
        return self.filter(
            Q(name__icontains=text)
            | Q(skill__icontains=text)
            | Q(willing_to__icontains=text)
            | Q(found_at__icontains=text)
        )

    def visible_to(self, user):
        places = [*user.access.divisions(*self.readers), *served_divisions(user)]
        return self.filter(community__in=Division.objects.within(places).values("pk"))


class OrganizationQuerySet(models.QuerySet):
    def existing(self):
        """Not dissolved."""
        return self.exclude(state="dissolved")

    def in_places(self, divisions):
        return self.filter(community__in=Division.objects.within(divisions).values("pk"))

    def belonging_to(self, user):
        """Those that the person leads or led, or is or was a member of: nobody decides on their own."""
        member = _model("Membership").objects.filter(user=user)
        led = apps.get_model("accounts", "RoleGrant").objects.filter(
            user=user, role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION
        )
        return self.filter(
            Q(pk__in=member.order_by().values("organization_id")) | Q(uuid__in=led.order_by().values("body_uuid"))
        )

    def people(self):
        """Keys of those who belong to one of these, as :meth:`belonging_to` says; two queries."""
        members = _model("Membership").objects.filter(organization__in=self.order_by().values("pk"), user__isnull=False)
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
        return self.filter(organization__in=_model("SocialOrganization").objects.visible_to(user).values("pk"))


class DossierItemQuerySet(models.QuerySet):
    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        """Documents and their titles may hold names: read like the names of members, by nobody by way of office."""
        places = [*user.access.divisions(*NAME_READERS), *served_divisions(user)]
        own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        organizations = _model("SocialOrganization").objects
        return self.filter(
            Q(organization__in=organizations.in_places(places).values("pk")) | Q(organization__uuid__in=own)
        )


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
        organizations = _model("SocialOrganization").objects
        return self.filter(
            Q(organization__in=organizations.in_places(places).values("pk")) | Q(organization__uuid__in=own)
        )


class FilingQuerySet(OfOrganizationQuerySet):
    def waiting_for_community(self):
        return self.filter(status="submitted")

    def waiting_for_street(self):
        return self.filter(status="checked")

    def waiting_for(self, user):
        """What this person is the next to do something about: first checks, decisions, and one's own to hand in."""
        organizations, access = _model("SocialOrganization").objects, user.access
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
            .filter(decided_at__lt=last, organization__in=_model("SocialOrganization").objects.in_places([street]))
            .exclude(number="")
            .order_by("decided_at", "pk")
        )

    def visible_to(self, user):
        """The file of a filing shows names: the community that checks, the street that files, who serves or leads."""
        access = user.access
        places = [*access.divisions(*FILING_READERS), *served_divisions(user)]
        own = access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
        organizations = _model("SocialOrganization").objects
        return self.filter(
            Q(organization__in=organizations.in_places(places).values("pk")) | Q(organization__uuid__in=own)
        )


class FilingPaperQuerySet(models.QuerySet):
    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        return self.filter(filing__in=_model("Filing").objects.visible_to(user).values("pk"))


class AgencyQuerySet(models.QuerySet):
    def of_person(self, user):
        """Those that the person supervises or works for now."""
        employed = _model("SocialWorker").objects.current().filter(user=user)
        return self.filter(Q(uuid__in=user.access.bodies(Scope.AGENCY)) | Q(pk__in=employed.values("agency_id")))

    def employing(self, user):
        """Where the person works now; one at most (``social_worker_account_once``)."""
        return self.filter(workers__user=user, workers__left_on__isnull=True)

    def with_places(self):
        """The places served, with what they lie in, in order of their codes."""
        areas = _model("AgencyServiceArea").objects.select_related("division__parent__parent")
        return self.prefetch_related(models.Prefetch("service_areas", queryset=areas.order_by("division__code")))

    def with_structure(self):
        """For lists: how many people work there now, by employment kind (``staff_full_time`` …), in the same query."""
        workers = _model("SocialWorker").objects.filter(agency=models.OuterRef("pk"), left_on__isnull=True).order_by()
        number = {
            f"staff_{kind}": Coalesce(
                models.Subquery(
                    workers.filter(employment=kind).values("agency").annotate(number=Count("pk")).values("number")
                ),
                0,
            )
            for kind in Employment.values
        }
        return self.annotate(**number)

    def visible_to(self, user):
        """Agencies that serve a place one works in, and one's own."""
        access = user.access
        if access.is_platform_admin:
            return self
        roots = access.divisions(*AREA_READERS)
        areas = _model("AgencyServiceArea").objects
        wanted = Q(pk__in=[])
        for root in roots:  # an agency serves a place when its area lies in the root or holds it
            wanted |= Q(
                pk__in=areas.filter(
                    Q(division__in=Division.objects.within([root]).values("pk"))
                    | Q(division__code__in=root.ancestor_codes)
                ).values("agency_id")
            )
        return self.filter(Q(pk__in=self.model.objects.of_person(user).values("pk")) | wanted)


class SocialWorkerQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_on__isnull=True)

    def structure(self):
        """{employment kind: number} of these rows, all kinds named: the agency's staff structure."""
        return self.order_by().aggregate(**{kind: Count("pk", filter=Q(employment=kind)) for kind in Employment.values})

    def visible_to(self, user):
        if user.access.is_platform_admin:
            return self
        return self.filter(agency__in=_model("Agency").objects.visible_to(user).values("pk"))


class WorkerTrainingQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(removed_at__isnull=True)

    def visible_to(self, user):
        """Within the own agency; others read the agency's total."""
        if user.access.is_platform_admin:
            return self
        own = Q(uuid__in=user.access.bodies(Scope.AGENCY, Role.AGENCY_SUPERVISOR))
        own |= Q(workers__user=user, workers__left_on__isnull=True)
        return self.filter(worker__agency__in=_model("Agency").objects.filter(own).values("pk"))


class PublicListQuerySet(models.QuerySet):
    """Lists of words (types, dossier headings): everybody who is signed in reads them."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()
