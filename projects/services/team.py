"""Verbs about who works on a project: join, leave, hand over the lead."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role, Scope
from incubator.accounts.models import RoleGrant, User
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.notifications.services import notify
from organizations.models import Agency
from projects.choices import FollowUpStatus, TeamRole
from projects.models import ActivityPlan, FollowUp, IncubationProject, ProjectWorker


def social_workers_at(community):
    """People with a social-worker grant that reaches the community."""
    grants = RoleGrant.objects.active().filter(
        role=Role.SOCIAL_WORKER, scope=Scope.DIVISION, division__code__in=community.ancestor_codes
    )
    return User.objects.filter(pk__in=grants.order_by().values("user_id"), is_active=True).order_by("name", "pk")


def supervisors_at(community):
    """Supervisors of the agencies that serve the community, and experienced workers of the place."""
    agencies = Agency.objects.filter(service_areas__division__code__in=community.ancestor_codes)
    grants = RoleGrant.objects.active().filter(
        Q(role=Role.AGENCY_SUPERVISOR, scope=Scope.AGENCY, body_uuid__in=agencies.order_by().values("uuid"))
        | Q(
            role__in=(Role.SOCIAL_WORKER, Role.HUB_CENTER),
            scope=Scope.DIVISION,
            division__code__in=community.ancestor_codes,
        )
    )
    return User.objects.filter(pk__in=grants.order_by().values("user_id"), is_active=True).order_by("name", "pk")


def able(project, role):
    """Whom one may choose for a role in the team; also those who are in it."""
    return supervisors_at(project.community) if role == TeamRole.SUPERVISOR else social_workers_at(project.community)


@transaction.atomic
def add_project_worker(*, project_id, uuid, user, role, from_on, actor):
    """Somebody joins as a member or supervisor; who is in the team already, or serves another place, is refused. Audit;
    notice to them."""
    project = _lock(project_id)
    if role not in (TeamRole.MEMBER, TeamRole.SUPERVISOR):
        raise RuleViolation(_("The lead changes by handing over."))
    _demand_serves(project, user, role)
    if project.team.filter(user=user, until_on__isnull=True).exists() or user.pk == project.lead_id:
        raise RuleViolation(_("This person works on the project already."))
    row = ProjectWorker.objects.create(uuid=uuid, project=project, user=user, role=role, from_on=from_on)
    event = audit.record(
        "project.worker_added", target=project, actor=actor, area=project.community,
        data={"person": str(user), "role": role},
    )  # fmt: skip
    if user.pk != actor.pk:
        notify(
            "project.worker_added", recipient=user, dedup_key=f"project.worker_added:{event.pk}",
            link=project.get_absolute_url(),
            data={"name": project.name, "organization": str(project.organization), "actor": str(actor)},
        )  # fmt: skip
    return row


@transaction.atomic
def end_project_worker(*, row_id, actor, reason, today):
    """Somebody's work on the project ends today; the row stays. The lead's does not end but by handing over. What they
    were to see to falls to the lead. Audit."""
    row = ProjectWorker.objects.select_for_update(of=("self",)).select_related("project", "user").get(pk=row_id)
    project = _lock(row.project_id)
    if row.until_on is not None:
        raise RuleViolation(_("This person's work on the project has ended already."))
    if row.role == TeamRole.LEAD:
        raise RuleViolation(_("The lead worker hands the project over to somebody else."))
    _end(row, today, reason)
    _move_tasks(project, row.user, project.lead)
    audit.record(
        "project.worker_ended", target=project, actor=actor, area=project.community,
        data={"person": str(row.user), "reason": reason},
    )  # fmt: skip
    return row


@transaction.atomic
def hand_over_project(*, project_id, to, reason, note, actor, today, edition=""):
    """The lead goes to another worker of the place, in one act: ends the old lead's row with the reason and what was
    handed over, begins the new one's, writes the project's lead and their agency (a contract of another agency falls
    away), and moves open follow-ups and what the old lead was to see to. Audit; notices to both."""
    project = _lock(project_id)
    project.check_edition(edition)
    old = project.lead
    if not project.is_running:
        raise RuleViolation(_("The project is over; its file is closed."))
    if to.pk == old.pk:
        raise RuleViolation(_("This person leads the project already."))
    _demand_serves(project, to, TeamRole.LEAD)
    open_rows = list(project.team.filter(until_on__isnull=True).select_related("user"))
    if not any(row.role == TeamRole.LEAD for row in open_rows):  # opened before teams were written down
        open_rows.append(ProjectWorker(project=project, user=old, role=TeamRole.LEAD, from_on=project.starts_on))
    for row in open_rows:
        if row.role == TeamRole.LEAD:
            row.note = note
            _end(row, today, reason)
        elif row.user_id == to.pk:
            _end(row, today, _("leads the project now"))
    ProjectWorker.objects.create(project=project, user=to, role=TeamRole.LEAD, from_on=today)
    agency = Agency.objects.employing(to).first()
    project.lead = to
    if agency:
        project.agency = agency
        if project.contract and project.contract.agency_id != agency.pk:
            project.contract = None
    project.save(update_fields=["lead", "agency", "contract", "updated_at"])
    moved = _move_tasks(project, old, to)
    event = audit.record(
        "project.handed_over", target=project, actor=actor, area=project.community,
        data={"from": str(old), "to": str(to), "reason": reason, **moved},
    )  # fmt: skip
    data = {
        "name": project.name, "organization": str(project.organization), "from": str(old), "to": str(to),
        "reason": reason, "note": note,
    }  # fmt: skip
    for person in (old, to):
        notify(
            "project.handed_over", recipient=person, dedup_key=f"project.handed_over:{event.pk}",
            link=project.get_absolute_url(), data=data,
        )  # fmt: skip
    return project


def _lock(project_id):
    queryset = IncubationProject.objects.select_for_update(of=("self",))
    return queryset.select_related("organization", "community", "lead", "contract").get(pk=project_id)


def _end(row, today, reason):
    row.until_on, row.ended_reason = max(today, row.from_on), reason
    row.save()


def _move_tasks(project, old, new):
    """Open follow-ups and planned activities still to be held go from one person to another: {"follow_ups": n,
    "plans": n}."""
    follow_ups = FollowUp.objects.filter(project=project, owner=old, status=FollowUpStatus.OPEN)
    plans = ActivityPlan.objects.filter(project=project, responsible=old).in_force().with_held()
    unheld = [plan.pk for plan in plans.filter(is_held=False)]
    return {
        "follow_ups": follow_ups.update(owner=new),
        "plans": ActivityPlan.objects.filter(pk__in=unheld).update(responsible=new),
    }


def _demand_serves(project, user, role):
    if not able(project, role).filter(pk=user.pk).exists():
        raise RuleViolation(_("This person does not serve the project's community."))
