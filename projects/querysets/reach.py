"""How far a person's roles reach into casework, and which roles do what."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incubator.accounts.choices import Role, Scope
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.querysets import NAME_READERS, served_divisions

# Roles on a place that read the projects and activities of the organizations there. The platform admin is not among
# them: who runs the platform does not read casework.
CASE_READERS = (
    Role.SOCIAL_WORKER,
    Role.STREET_STAFF,
    Role.COMMUNITY_STAFF,
    Role.HUB_CENTER,
    Role.EVALUATOR,
    Role.DISTRICT_ADMIN,
)
# Roles on a place that record activities of the organizations there; besides them supervisors and leaders.
LOGGERS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF, Role.HUB_CENTER)

# Offices that read the service contracts of their places.
CONTRACT_READERS = (Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN, Role.FINANCE)

# Offices that check and review applications for incubation; besides them the supervisors of agencies that serve there.
ADMITTERS = (Role.HUB_CENTER, Role.STREET_STAFF)
# Offices that hand the work of an agency over to another, and read the lists of it.
HANDOVER_OFFICES = (Role.STREET_STAFF, Role.HUB_CENTER, Role.DISTRICT_ADMIN)

OPENERS = (Role.SOCIAL_WORKER, Role.HUB_CENTER)  # who opens projects; besides them supervisors


def case_places(user):
    """The places whose activities the person reads by a role, as subtree roots."""
    return [*user.access.divisions(*CASE_READERS), *served_divisions(user)]


def led_by(user):
    """The organizations that the person leads."""
    own = user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
    return _organizations().filter(uuid__in=own) if own else _organizations().none()


def _organizations():
    return apps.get_model("organizations", "SocialOrganization").objects


def _agencies():
    return apps.get_model("organizations", "Agency").objects


def _model(name):
    return apps.get_model("projects", name)


def _reach(user):
    """Q for rows whose community or organization the person's roles reach."""
    places, wanted = case_places(user), Q(pk__in=[])
    if places:
        wanted |= Q(community__in=Division.objects.within(places).values("pk"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(organization__in=led_by(user).values("pk"))
    return wanted


def _served_reach(user):
    """Q for activities that stand under another organization and served one within the person's reach as well: the
    leaders of all organizations served read them, and the places of those that lie in another community."""
    links, wanted = _model("ActivityLink").objects.filter(is_main=False), Q(pk__in=[])
    if places := case_places(user):
        outside = links.filter(community__in=Division.objects.within(places).values("pk"))
        wanted |= Q(reaches_out=True, pk__in=outside.values("activity_id"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(pk__in=links.filter(organization__in=led_by(user).values("pk")).values("activity_id"))
    return wanted


def organizations_in_roles(user, roles):
    """Organizations, not dissolved, in the places that the person holds one of ``roles`` in or supervises."""
    places = [*user.access.divisions(*roles), *served_divisions(user)]
    return _organizations().existing().in_places(places)


def organizations_to_log(user):
    """Organizations that the person may record an activity of; the same rule as ``check_log_activity``."""
    reached = organizations_in_roles(user, LOGGERS)
    if user.access.has(Role.ORGANIZATION_LEADER):
        own = _organizations().existing().filter(pk__in=led_by(user).values("pk"))
        return _organizations().filter(Q(pk__in=reached.values("pk")) | Q(pk__in=own.values("pk")))
    return reached


def counted_communities(user):
    """Communities that the person reads activities of, in code order; those of a past edition stay."""
    wanted = Q(pk__in=[])
    if places := case_places(user):
        wanted |= Q(pk__in=Division.objects.within(places).filter(level=Level.COMMUNITY).values("pk"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(pk__in=led_by(user).values("community_id"))
    return Division.objects.filter(wanted).order_by("code")


class ReachQuerySet(models.QuerySet):
    """Rows with a ``community`` and an ``organization`` of their own."""

    def visible_to(self, user):
        return self.filter(_reach(user)) if user.is_authenticated else self.none()


def _open_handovers(user):
    """Hand-overs of which the person's agency still reads what it wrote."""
    found = _model("AgencyHandover").objects.open(timezone.localdate())
    return found.filter(from_agency__in=_agencies().of_person(user).values("pk"))


def _may_have_agency(user):
    return user.is_authenticated and (
        not user.access.grants or user.access.has(Role.SOCIAL_WORKER, Role.AGENCY_SUPERVISOR)
    )


def _wrote_before_handover(user):
    """Q for what the person wrote in a place that their agency handed over, while it may be read. Part of the same query:
    lists ask nothing extra, and only the person's own rows are looked at: they are named by their keys, since a condition
    on the joined place would keep both databases from using an index for the rest. People of offices have no agency."""
    if not _may_have_agency(user):
        return Q(pk__in=[])
    code = models.ExpressionWrapper(models.OuterRef("community__code"), output_field=models.CharField())
    here = _open_handovers(user).annotate(code=code)
    own = _model("Activity").objects.filter(recorded_by=user)
    own = own.filter(models.Exists(here.filter(code__startswith=models.F("division__code"))))
    return Q(pk__in=own.order_by().values("pk"))


def reads_after_handover(user, activity):
    """Whether the person reads this record only because they wrote it before their agency handed the place over."""
    if activity.recorded_by_id != user.pk or not _may_have_agency(user):
        return False
    codes = _open_handovers(user).values_list("division__code", flat=True)
    return any(activity.community.code.startswith(code) for code in codes.order_by("pk"))


def name_reach(user):
    """Q for rows of activities whose participants the person may know by name: those who serve the place, and leaders of
    the organization that the record stands under. A street sees numbers."""
    places = [*user.access.divisions(*NAME_READERS), *served_divisions(user)]
    wanted = Q(activity__community__in=Division.objects.within(places).values("pk"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(activity__organization__in=led_by(user).values("pk"))
    return wanted
