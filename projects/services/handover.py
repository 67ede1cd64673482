"""Hand-over of all work of an agency in a place to another, in one act: for a re-tender."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.accounts.models import RoleGrant, User
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from incubator.divisions.models import Division
from incubator.notifications.services import notify
from organizations.models import Agency, SocialWorker
from organizations.services.agency import add_service_area, remove_service_area
from projects.choices import TeamRole
from projects.models import (
    Activity,
    ActivityPlan,
    AgencyHandover,
    Announcement,
    FollowUp,
    IncubationProject,
    ProjectWorker,
    StageRequest,
)

PARTS = ("projects", "follow_ups", "plans", "announcements", "requests")


class Moving:
    """What an agency has open in a place: the rows that a hand-over moves or names, in a fixed number of queries."""

    def __init__(self, agency, division, now):
        self.agency, self.division = agency, division
        self.people = people_of(agency)
        places = Division.objects.within([division]).values("pk")
        mine = Q(agency=agency) | Q(agency__isnull=True, lead__in=self.people)
        projects = IncubationProject.objects.running().filter(mine, community__in=places)
        self.projects = list(
            projects.select_related("organization", "community", "lead").order_by("community__code", "pk")
        )
        keys = [project.pk for project in self.projects]
        owned = FollowUp.objects.open().filter(owner__in=self.people)
        self.follow_ups = list(
            owned.filter(Q(community__in=places) | Q(project__in=keys))
            .select_related("organization", "owner")
            .order_by("due_on", "pk")
        )
        plans = ActivityPlan.objects.in_force().with_held().filter(project__in=keys, is_held=False)
        self.plans = list(plans.select_related("project").order_by("planned_on", "pk"))
        announced = Announcement.objects.filter(community__in=places, filed_by__in=self.people)
        self.announcements = list(
            announced.filter(Q(status="filed") | Q(status="agreed", starts_at__gte=now)).order_by("starts_at", "pk")
        )
        self.requests = list(
            StageRequest.objects.filter(project__in=keys, status="open").select_related("project").order_by("pk")
        )

    @property
    def is_empty(self):
        """Announcements alone move nobody: who filed them stays written there."""
        return not (self.projects or self.follow_ups or self.plans)

    def listing(self):
        """交接清单 as plain data, always in the same order."""
        return {
            "place": {"code": self.division.code, "name": self.division.name},
            "from_agency": {"uuid": str(self.agency.uuid), "name": self.agency.name},
            "projects": [
                {
                    "uuid": str(item.uuid), "name": item.name, "organization": item.organization.name,
                    "community": item.community.name, "stage": item.stage, "lead": str(item.lead),
                }
                for item in self.projects
            ],
            "follow_ups": [
                {
                    "uuid": str(item.uuid), "title": item.title, "organization": str(item.organization or ""),
                    "due": item.due_on.isoformat(), "owner": str(item.owner),
                }
                for item in self.follow_ups
            ],
            "plans": [
                {
                    "uuid": str(item.uuid), "title": item.title, "project": item.project.name,
                    "day": item.planned_on.isoformat(),
                }
                for item in self.plans
            ],
            "announcements": [
                {"uuid": str(item.uuid), "title": item.title, "day": item.starts_at.date().isoformat()}
                for item in self.announcements
            ],
            "requests": [
                {
                    "uuid": str(item.uuid), "title": f"{item.project.name}: {item.from_stage} → {item.to_stage}",
                    "day": item.requested_at.date().isoformat(),
                }
                for item in self.requests
            ],
        }  # fmt: skip


def people_of(agency):
    """Keys of the accounts of all who work or worked for the agency, and of its supervisors."""
    workers = SocialWorker.objects.filter(agency=agency, user__isnull=False)
    return sorted({*workers.values_list("user_id", flat=True), *_supervisors(agency)})


def _supervisors(agency):
    grants = RoleGrant.objects.active().filter(role=Role.AGENCY_SUPERVISOR, body_uuid=agency.uuid)
    return list(grants.order_by("user_id").values_list("user_id", flat=True))


def possible_leads(agencies):
    """Accounts of those who work for one of the agencies now, each with ``agency_name``: who may take over."""
    workers = SocialWorker.objects.current().filter(agency__in=agencies, user__isnull=False, user__is_active=True)
    return workers.select_related("user", "agency").order_by("agency__name", "name", "pk")


@transaction.atomic
def hand_over(
    *, uuid, from_agency, to_agency, division, lead, reads_until, note, seen, actor, now, today
):  # fmt: skip
    """Give all open work of ``from_agency`` in ``division`` to ``to_agency`` and its ``lead``.

    Locks both agencies; refuses (RuleViolation) the same agency, one that does not work, somebody who does not work there,
    a day that is over, an empty list, and a list that is not the one that was looked through (``seen``: its hash). Gives
    the new agency the place where it does not serve it, takes it from the old one; moves projects with their teams, planned
    activities and open follow-ups; freezes the list with its hash; audit; notices to the new lead, the leads until now and
    the supervisors of both. Roles stay: they are the office's to end.
    """
    list(Agency.objects.select_for_update(of=("self",)).filter(pk__in=[from_agency.pk, to_agency.pk]).order_by("pk"))
    moving = Moving(from_agency, division, now)
    keys = [project.pk for project in moving.projects]
    list(IncubationProject.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    _demand(moving, to_agency=to_agency, lead=lead, reads_until=reads_until, today=today)
    listing = moving.listing()
    if content_sha256(listing) != seen:
        raise RuleViolation(_("Something changed since you looked. Please look through the list again."))
    handover = AgencyHandover(
        uuid=uuid, from_agency=from_agency, to_agency=to_agency, division=division, lead=lead, handed_over_on=today,
        reads_until=reads_until, note=note, listing=listing, listing_sha256=seen, done_by=actor,
    )  # fmt: skip
    handover.check_rules()
    handover.save_or_refuse(force_insert=True)
    _move_places(from_agency, to_agency, division, actor=actor)
    _move_projects(moving, to_agency=to_agency, lead=lead, note=note, today=today, now=now)
    ActivityPlan.objects.filter(pk__in=[item.pk for item in moving.plans], responsible__in=moving.people).update(
        responsible=lead, updated_at=now
    )
    FollowUp.objects.filter(pk__in=[item.pk for item in moving.follow_ups]).update(owner=lead, updated_at=now)
    audit.record(
        "handover.done", target=handover, actor=actor, area=division,
        data={
            "from_agency": from_agency.uuid, "to_agency": to_agency.uuid, "lead": lead.uuid, "sha256": seen,
            **{part: len(getattr(moving, part)) for part in PARTS},
        },
    )  # fmt: skip
    if moving.projects:
        data = {"from_agency": from_agency.uuid, "to_agency": to_agency.uuid, "lead": lead.uuid}
        targets = [(project, data) for project in moving.projects]
        audit.record_many("handover.project_moved", targets=targets, actor=actor, area=division)
    _tell(handover, moving, actor=actor)
    return handover


def _demand(moving, *, to_agency, lead, reads_until, today):
    if moving.agency.pk == to_agency.pk:
        raise RuleViolation(_("Please choose another agency."))
    if not to_agency.is_active:
        raise RuleViolation(_("This agency does not work any more."))
    if not possible_leads([to_agency.pk]).filter(user=lead).exists():
        raise RuleViolation(_("Who takes over has to work for the new agency and have an account."))
    if reads_until < today:
        raise RuleViolation(_("The day until which the old agency reads is over already."))
    if moving.is_empty:
        raise RuleViolation(_("This agency has nothing open in this place; there is nothing to hand over."))


def _move_places(from_agency, to_agency, division, *, actor):
    """The new agency serves the place from now on, the old one no longer; a larger place of the old one stays."""
    areas = to_agency.service_areas.select_related("division").order_by("pk")
    if not any(area.division.contains(division) for area in areas):
        add_service_area(agency_id=to_agency.pk, actor=actor, division=division)
    for area in list(from_agency.service_areas.select_related("division").order_by("pk")):
        if division.contains(area.division):
            remove_service_area(area_id=area.pk, actor=actor)


def _move_projects(moving, *, to_agency, lead, note, today, now):
    keys = [project.pk for project in moving.projects]
    IncubationProject.objects.filter(pk__in=keys).update(agency=to_agency, lead=lead, contract=None, updated_at=now)
    leaving = ProjectWorker.objects.filter(project__in=keys, until_on__isnull=True).filter(
        Q(user__in=moving.people) | Q(role=TeamRole.LEAD) | Q(user=lead)
    )
    for row in leaving.select_for_update(of=("self",)).order_by("pk"):
        row.until_on = max(today, row.from_on)
        row.save(update_fields=["until_on", "updated_at"])
    ProjectWorker.objects.bulk_create(
        ProjectWorker(project_id=key, user=lead, role=TeamRole.LEAD, from_on=today, note=note) for key in keys
    )


def _tell(handover, moving, *, actor):
    told = {handover.lead_id, *(project.lead_id for project in moving.projects)}
    told |= {*_supervisors(handover.from_agency), *_supervisors(handover.to_agency)}
    data = {
        "from_agency": str(handover.from_agency), "to_agency": str(handover.to_agency), "place": str(handover.division),
        "reads_until": handover.reads_until.isoformat(), "projects": len(moving.projects), "actor": str(actor),
    }  # fmt: skip
    for person in User.objects.filter(pk__in=told - {actor.pk}, is_active=True).order_by("pk"):
        notify(
            "handover.done", recipient=person, dedup_key=f"handover.done:{handover.uuid}", data=data,
            link=handover.get_absolute_url(),
        )  # fmt: skip


def own_records(user, handover):
    """What the person wrote in the place that was handed over, for their own file."""
    places = Division.objects.within([handover.division]).values("pk")
    found = Activity.objects.visible_to(user, drafts=False).filter(recorded_by=user, community__in=places)
    return found.select_related("organization", "community").order_by("starts_at", "pk")
