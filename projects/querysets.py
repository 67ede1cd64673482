"""What each person may see of projects and activities."""

import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from incubator.accounts.choices import Role, Scope
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.querysets import served_divisions
from projects.choices import COUNTED, HANDED_IN, RUNNING

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


class SeriesQuerySet(ReachQuerySet):
    def with_done(self):
        """``done``: how many times took place."""
        held = _model("Activity").objects.counted().filter(series=models.OuterRef("pk")).order_by().values("series")
        number = models.Subquery(held.annotate(number=models.Count("pk")).values("number"))
        return self.annotate(done=Coalesce(number, 0))


class ProjectQuerySet(models.QuerySet):
    def running(self):
        return self.filter(stage__in=RUNNING)

    def visible_to(self, user):
        """By place or organization; the leaders of all its organizations read a project."""
        if not user.is_authenticated:
            return self.none()
        wanted = _reach(user)
        if user.access.has(Role.ORGANIZATION_LEADER):
            rows = _model("ProjectPartner").objects.filter(organization__in=led_by(user).values("pk"))
            wanted |= Q(pk__in=rows.values("project_id"))
        return self.filter(wanted)

    def of_organization(self, organization):
        rows = _model("ProjectPartner").objects.filter(organization=organization)
        return self.filter(Q(organization=organization) | Q(pk__in=rows.values("project_id")))

    def with_names(self):
        return self.select_related("organization", "community__parent", "lead")


class OfProjectQuerySet(models.QuerySet):
    """Rows of a project: whoever reads the project reads them."""

    project_field = "project"

    def visible_to(self, user):
        return self.filter(
            **{f"{self.project_field}__in": _model("IncubationProject").objects.visible_to(user).values("pk")}
        )


class ObjectiveIndicatorQuerySet(OfProjectQuerySet):
    project_field = "objective__project"


class ActivityPlanQuerySet(OfProjectQuerySet):
    def in_force(self):
        return self.filter(cancelled_at__isnull=True)

    def with_held(self):
        """``is_held``: whether a counted activity that took place names the plan."""
        held = _model("Activity").objects.counted().filter(plan=models.OuterRef("pk"))
        return self.annotate(is_held=models.Exists(held))

    def due(self, today):
        """Planned for a day that has come, not cancelled and not held."""
        return self.in_force().with_held().filter(planned_on__lte=today, is_held=False)


class OfActivityQuerySet(models.QuerySet):
    """Rows of an activity: whoever reads the activity reads them."""

    def visible_to(self, user):
        return self.filter(activity__in=_model("Activity").objects.visible_to(user).values("pk"))


class SignedInQuerySet(models.QuerySet):
    """Lists of words and questions: everybody who is signed in reads them."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class StageRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rules of the places that one works in."""
        places = [*user.access.divisions(), *served_divisions(user)]
        return self.filter(division__in=Division.objects.within(places).values("pk"))


class WorkRuleQuerySet(StageRuleQuerySet):
    pass


class AnnouncementQuerySet(ReachQuerySet):
    def waiting(self):
        return self.filter(status="filed")

    def taken_as_known(self, now):
        """逾期未回复，视为已知悉."""
        return self.filter(status="filed", needs_answer=False, due_at__lte=now)

    def with_names(self):
        return self.select_related("organization", "community__parent", "filed_by")


class FollowUpQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status="open")

    def due(self, today):
        return self.open().filter(due_on__lte=today)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def visible_to(self, user):
        """One's own, and those of the places whose casework one reads; a leader's own organization's."""
        return self.filter(_reach(user) | Q(owner=user)) if user.is_authenticated else self.none()

    def of_worker(self, user):
        """What shows on the worker's home: one's own, and the place's without an owner where one serves."""
        places = user.access.divisions(*LOGGERS)
        nobodys = Q(owner__isnull=True, community__in=Division.objects.within(places).values("pk"))
        return self.filter(Q(owner=user) | nobodys) if places else self.filter(owner=user)

    def with_names(self):
        return self.select_related("organization", "community", "project", "owner")


class ContractQuerySet(models.QuerySet):
    def running(self, today):
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def visible_to(self, user):
        """The agency's own people, and the offices that a contract's place lies with."""
        if not user.is_authenticated:
            return self.none()
        agencies = apps.get_model("organizations", "Agency").objects.filter(
            Q(uuid__in=user.access.bodies(Scope.AGENCY, Role.AGENCY_SUPERVISOR))
            | Q(pk__in=_workers().filter(user=user, left_on__isnull=True).values("agency_id"))
        )
        wanted = Q(agency__in=agencies.values("pk"))
        if offices := user.access.divisions(*CONTRACT_READERS):
            wanted |= Q(
                pk__in=self.model.places.through.objects.filter(
                    division__in=Division.objects.within(offices).values("pk")
                ).values("servicecontract_id")
            )
        return self.filter(wanted)


class ContractIndicatorQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(contract__in=_model("ServiceContract").objects.visible_to(user).values("pk"))


class AgencyHandoverQuerySet(models.QuerySet):
    def open(self, today):
        """While the old agency may still read."""
        return self.filter(reads_until__gte=today)

    def visible_to(self, user):
        """Both agencies' people, and the offices of the place."""
        if not user.is_authenticated:
            return self.none()
        agencies = Q(uuid__in=user.access.bodies(Scope.AGENCY, Role.AGENCY_SUPERVISOR))
        agencies |= Q(pk__in=_workers().filter(user=user, left_on__isnull=True).values("agency_id"))
        own = apps.get_model("organizations", "Agency").objects.filter(agencies).values("pk")
        wanted = Q(from_agency__in=own) | Q(to_agency__in=own)
        if offices := user.access.divisions(*CONTRACT_READERS):
            wanted |= Q(division__in=Division.objects.within(offices).values("pk"))
        return self.filter(wanted)


def _workers():
    return apps.get_model("organizations", "SocialWorker").objects


class ActivityQuerySet(models.QuerySet):
    def counted(self):
        """What reports count: handed in, not returned, and really held."""
        return self.filter(status__in=COUNTED, outcome="held")

    def handed_in(self):
        """Everything but drafts; said positively, so that an index can serve it."""
        return self.filter(status__in=HANDED_IN)

    def drafts_of(self, user):
        return self.filter(status="draft", recorded_by=user)

    def in_month(self, month):
        """Activities that began in the calendar month of the date ``month``, local time, half-open."""
        first = month.replace(day=1)
        after = (first + datetime.timedelta(days=32)).replace(day=1)
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def serving(self, *organizations):
        """Every activity that has a link to one of the organizations, each once."""
        wanted = {"organization": organizations[0]} if len(organizations) == 1 else {"organization__in": organizations}
        return self.filter(pk__in=_model("ActivityLink").objects.filter(**wanted).values("activity_id"))

    def organizations_served(self, organizations):
        """The keys of those of ``organizations`` that one of these activities served."""
        links = _model("ActivityLink").objects.filter(organization__in=organizations, activity__in=self.values("pk"))
        return set(links.order_by().values_list("organization_id", flat=True).distinct())

    def serving_project(self, project):
        return self.filter(pk__in=_model("ActivityLink").objects.filter(project=project).values("activity_id"))

    def search(self, text):
        return self.filter(Q(title__icontains=text) | Q(summary__icontains=text))

    def visible_to(self, user, *, drafts=True):
        """Records that the person's roles reach; drafts only to who is writing them."""
        if not user.is_authenticated:
            return self.none()
        reached = Q(status__in=HANDED_IN) & (_reach(user) | _served_reach(user))
        return self.filter(reached | Q(status="draft", recorded_by=user) if drafts else reached)

    def with_names(self):
        return self.select_related("organization", "community__parent", "recorded_by")
