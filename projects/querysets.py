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
from organizations.querysets import NAME_READERS, served_divisions
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

    def worked_on_by(self, user):
        """Projects that the person leads, is or was in the team of, or recorded or took part in an activity of."""
        along = _model("ActivityWorker").objects.filter(user=user).values("activity_id")
        done = _model("Activity").objects.handed_in().filter(Q(recorded_by=user) | Q(pk__in=along)).order_by()
        links = _model("ActivityLink").objects.filter(activity__in=done.values("pk"), project__isnull=False)
        return self.filter(
            Q(lead=user)
            | Q(pk__in=_model("ProjectWorker").objects.filter(user=user).values("project_id"))
            | Q(pk__in=done.filter(project__isnull=False).values("project_id"))
            | Q(pk__in=links.order_by().values("project_id"))
        )

    def of_organization(self, organization):
        rows = _model("ProjectPartner").objects.filter(organization=organization)
        return self.filter(Q(organization=organization) | Q(pk__in=rows.values("project_id")))

    def with_names(self):
        return self.select_related("organization", "community__parent", "lead")

    def with_progress(self):
        """``plans_number`` in force, ``plans_held`` of them, and ``last_at``: when the last counted activity began."""
        plans = _model("ActivityPlan").objects.in_force().with_held().filter(project=models.OuterRef("pk")).order_by()
        number = models.Count("pk", distinct=True)
        served = _model("Activity").objects.counted().filter(links__project=models.OuterRef("pk"))
        return self.annotate(
            plans_number=_counted(plans.values("project").annotate(number=number)),
            plans_held=_counted(plans.filter(is_held=True).values("project").annotate(number=number)),
            last_at=models.Subquery(served.order_by("-starts_at", "-pk").values("starts_at")[:1]),
        )


def _counted(grouped):
    return Coalesce(models.Subquery(grouped.values("number")), 0)


class AdmissionQuerySet(ReachQuerySet):
    def under_way(self):
        """Of an organization there is at most one of these."""
        return self.filter(status__in=["applied", "screened", "admitted"])

    def waiting_for(self, user):
        """What this person is the next to look at: first checks and reviews in the places where they make them, but
        not of what they applied for themselves."""
        places = [*user.access.divisions(*ADMITTERS), *served_divisions(user)]
        inside = Division.objects.within(places).values("pk")
        return self.filter(status__in=["applied", "screened"], community__in=inside).exclude(applied_by=user)

    def overdue(self, today):
        """Applications whose first check should have been made by now."""
        return self.filter(status="applied", check_due_on__lt=today)

    def search(self, text):
        return self.filter(organization__name__icontains=text)

    def with_names(self):
        return self.select_related("organization__community__parent", "community__parent", "applied_by")


class OfProjectQuerySet(models.QuerySet):
    """Rows of a project: whoever reads the project reads them."""

    project_field = "project"

    def visible_to(self, user):
        return self.filter(
            **{f"{self.project_field}__in": _model("IncubationProject").objects.visible_to(user).values("pk")}
        )


class ProjectDocumentQuerySet(OfProjectQuerySet):
    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class StageRequestQuerySet(OfProjectQuerySet):
    def open(self):
        return self.filter(status="open")

    def with_rule(self):
        """``named_roles`` of the nearest rule of the place (None: no rule), ``is_served`` by an agency at work."""
        place = models.ExpressionWrapper(models.OuterRef("project__community__code"), models.CharField())
        rules = _model("StageRule").objects.annotate(place=place).exclude(roles=[])
        rules = rules.filter(from_stage=models.OuterRef("from_stage"), place__startswith=models.F("division__code"))
        areas = apps.get_model("organizations", "AgencyServiceArea").objects.annotate(place=place)
        areas = areas.filter(agency__is_active=True, place__startswith=models.F("division__code"))
        return self.annotate(
            named_roles=models.Subquery(rules.order_by("-division__code").values("roles")[:1]),
            is_served=models.Exists(areas),
        )

    def not_worked_on_by(self, user):
        """Requests that the person neither asked for nor worked towards."""
        worked_on = _model("IncubationProject").objects.worked_on_by(user)
        return self.exclude(requested_by=user).exclude(project__in=worked_on.values("pk"))

    def with_names(self):
        return self.select_related(
            "project__organization", "project__community__parent", "project__lead", "requested_by", "decided_by"
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


def name_reach(user):
    """Q for rows of activities whose participants the person may know by name: those who serve the place, and leaders of
    the organization that the record stands under. A street sees numbers."""
    places = [*user.access.divisions(*NAME_READERS), *served_divisions(user)]
    wanted = Q(activity__community__in=Division.objects.within(places).values("pk"))
    if user.access.has(Role.ORGANIZATION_LEADER):
        wanted |= Q(activity__organization__in=led_by(user).values("pk"))
    return wanted


class AttendanceQuerySet(OfActivityQuerySet):
    """Names: of members to whoever reads that organization's names, of others to whoever :func:`name_reach` says. What
    is only counted is asked of ``activity.attendances`` instead."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        members = apps.get_model("organizations", "Membership").objects.visible_to(user)
        named = Q(membership__in=members.values("pk")) | (Q(membership__isnull=True) & name_reach(user))
        return super().visible_to(user).filter(named)

    def present(self):
        return self.filter(status="present")

    def with_names(self):
        return self.select_related("membership__organization")

    def minutes_by_source(self):
        """{"captured": minutes, "entered_later": minutes} of those who were there: two counters, never one sum. Whoever
        has no minutes of their own was there as long as the activity took."""
        spent = models.Sum(Coalesce("minutes", "activity__minutes"))
        rows = self.present().order_by().values_list("hours_source").annotate(spent=spent)
        return {"captured": 0, "entered_later": 0} | {source: minutes or 0 for source, minutes in rows}


class EvidenceQuerySet(OfActivityQuerySet):
    """A signed sheet is read like the names on it; other pictures and files like the activity."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return super().visible_to(user).filter(~Q(kind="sheet") | name_reach(user))

    def in_use(self):
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class SignedInQuerySet(models.QuerySet):
    """Lists of words and questions: everybody who is signed in reads them."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class StageRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rules of the places that one works in."""
        places = [*user.access.divisions(), *served_divisions(user)]
        return self.filter(division__in=Division.objects.within(places).values("pk"))

    def of(self, division):
        """The rules that can hold in ``division``: its own and those of the places it lies in, the nearest first."""
        return self.filter(division__code__in=division.ancestor_codes).order_by("-division__code", "from_stage")


class WorkRuleQuerySet(StageRuleQuerySet):
    pass


class AnnouncementQuerySet(ReachQuerySet):
    def waiting(self):
        return self.filter(status="filed")

    def taken_as_known(self, now):
        """逾期未回复，视为已知悉."""
        return self.filter(status="filed", needs_answer=False, due_at__lte=now)

    def to_answer(self, now):
        """Silence is no answer yet: within the time, or an answer is needed; the activity is still to come."""
        return self.waiting().filter(Q(needs_answer=True) | Q(due_at__gt=now), starts_at__gt=now)

    def unanswered(self, now):
        """An answer is needed and the time is over."""
        return self.filter(status="filed", needs_answer=True, due_at__lte=now)

    def filed_in(self, month):
        """Announced in the calendar month of the date ``month``, local time, half-open."""
        first = month.replace(day=1)
        after = (first + datetime.timedelta(days=32)).replace(day=1)
        zone = timezone.get_current_timezone()
        begin, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, after))
        return self.filter(filed_at__gte=begin, filed_at__lt=end)

    def coming(self, now):
        return self.filter(status__in=["filed", "agreed"], starts_at__gt=now)

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
        wanted = Q(agency__in=_own_agencies(user).values("pk"))
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
        own = _own_agencies(user).values("pk")
        wanted = Q(from_agency__in=own) | Q(to_agency__in=own)
        if offices := user.access.divisions(*HANDOVER_OFFICES):
            wanted |= Q(division__in=Division.objects.within(offices).values("pk"))
        return self.filter(wanted)


def _workers():
    return apps.get_model("organizations", "SocialWorker").objects


def _own_agencies(user):
    """Agencies that the person supervises or works for."""
    return apps.get_model("organizations", "Agency").objects.filter(
        Q(uuid__in=user.access.bodies(Scope.AGENCY, Role.AGENCY_SUPERVISOR))
        | Q(pk__in=_workers().filter(user=user, left_on__isnull=True).values("agency_id"))
    )


def _open_handovers(user):
    """Hand-overs of which the person's agency still reads what it wrote."""
    found = _model("AgencyHandover").objects.open(timezone.localdate())
    return found.filter(from_agency__in=_own_agencies(user).values("pk"))


def _may_have_agency(user):
    return user.is_authenticated and (
        not user.access.grants or user.access.has(Role.SOCIAL_WORKER, Role.AGENCY_SUPERVISOR)
    )


def _wrote_before_handover(user):
    """Q for what the person wrote in a place that their agency handed over, while it may be read. Part of the same query:
    lists ask nothing extra, and only the person's own rows are looked at. People of offices have no agency."""
    if not _may_have_agency(user):
        return Q(pk__in=[])
    code = models.ExpressionWrapper(models.OuterRef("community__code"), output_field=models.CharField())
    here = _open_handovers(user).annotate(code=code)
    return Q(recorded_by=user) & models.Exists(here.filter(code__startswith=models.F("division__code")))


def reads_after_handover(user, activity):
    """Whether the person reads this record only because they wrote it before their agency handed the place over."""
    if activity.recorded_by_id != user.pk or not _may_have_agency(user):
        return False
    codes = _open_handovers(user).values_list("division__code", flat=True)
    return any(activity.community.code.startswith(code) for code in codes.order_by("pk"))


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
        return self._between(first, (first + datetime.timedelta(days=32)).replace(day=1))

    def in_quarter(self, first):
        """The same of the quarter that begins on the date ``first``."""
        return self._between(first, (first + datetime.timedelta(days=95)).replace(day=1))

    def _between(self, first, after):
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
        reached = Q(status__in=HANDED_IN) & (_reach(user) | _served_reach(user) | _wrote_before_handover(user))
        return self.filter(reached | Q(status="draft", recorded_by=user) if drafts else reached)

    def with_names(self):
        return self.select_related("organization", "community__parent", "recorded_by")
