"""Verbs of incubation projects. The stage is moved by gate decisions alone."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.notifications.services import notify
from organizations.models import Agency
from projects.choices import FollowUpStatus, TeamRole
from projects.models import FollowUp, IncubationProject, ProjectPartner, ProjectWorker

EDITABLE = ("name", "goal", "starts_on", "ends_on", "contract", "needs_admission")
SHORT_REASON = 200  # characters that follow-ups and planned activities keep of a reason


@transaction.atomic
def open_project(
    *, uuid, organization, name, lead, starts_on, actor, ends_on=None, goal="", partners=(), contract=None,
    needs_admission=False,
):  # fmt: skip
    """Open a project in its preparation, with its lead worker's row of the team, the lead's agency and the other
    organizations; one running project per organization, and the contract is one of the lead's agency (RuleViolation).
    Audit; notice to the lead worker when it is somebody else."""
    _demand_order(starts_on, ends_on)
    _demand_partners(organization, partners)
    if IncubationProject.objects.running().filter(organization=organization).exists():
        raise RuleViolation(_("The organization is in a running project already."))
    agency = Agency.objects.employing(lead).first()
    _demand_contract(contract, agency)
    try:
        with transaction.atomic():
            project = IncubationProject.objects.create(
                uuid=uuid, organization=organization, community=organization.community, name=name, lead=lead,
                starts_on=starts_on, ends_on=ends_on, goal=goal, created_by=actor, agency=agency, contract=contract,
                needs_admission=needs_admission,
            )  # fmt: skip
    except IntegrityError as error:
        if IncubationProject.objects.filter(uuid=uuid).exists():
            raise  # the other of two clicks won; the page leads to its project
        raise RuleViolation(_("The organization is in a running project already.")) from error
    ProjectWorker.objects.create(project=project, user=lead, role=TeamRole.LEAD, from_on=starts_on)
    ProjectPartner.objects.bulk_create(ProjectPartner(project=project, organization=partner) for partner in partners)
    event = audit.record("project.opened", target=project, actor=actor, area=project.community)
    if lead.pk != actor.pk:
        notify(
            "project.opened", recipient=lead, dedup_key=f"project.opened:{event.pk}", link=project.get_absolute_url(),
            data={"name": project.name, "organization": str(organization), "opener": str(actor)},
        )  # fmt: skip
    return project


@transaction.atomic
def update_project(*, project_id, actor, edition="", partners=None, **values):
    """Change any of ``EDITABLE`` and (when given) the other organizations; StaleEdition when the person saw an older
    one. Audit with the changed fields; no change, no trace."""
    project = IncubationProject.objects.select_for_update(of=("self",)).get(pk=project_id)
    before = audit.snapshot(project, EDITABLE)
    for name in EDITABLE:
        if name in values:
            setattr(project, name, values[name])
    _demand_order(project.starts_on, project.ends_on)
    _demand_contract(project.contract, project.agency)
    found = audit.changes(project, before)
    rows = {row.organization_id: row for row in project.partner_rows.select_related("organization")}
    wanted = {partner.pk: partner for partner in partners} if partners is not None else None
    if wanted is not None and wanted.keys() != rows.keys():
        _demand_partners(project.organization, partners)
        found["changes"]["partners"] = [
            [str(row.organization) for row in rows.values()],
            [str(partner) for partner in wanted.values()],
        ]
    if not found["changes"]:
        return project
    project.check_edition(edition)
    project.save(update_fields=[*EDITABLE, "updated_at"])
    if "partners" in found["changes"]:
        project.partner_rows.exclude(organization__in=wanted).delete()
        ProjectPartner.objects.bulk_create(
            ProjectPartner(project=project, organization=partner) for key, partner in wanted.items() if key not in rows
        )
    audit.record("project.updated", target=project, actor=actor, area=project.community, data=found)
    return project


@transaction.atomic
def terminate_project(*, project_id, actor, reason, today):
    """End the project before its time. What was planned and not held is cancelled and its open follow-ups are dropped,
    both with this reason; who works on it stays told. Audit; notice to the lead worker and the team."""
    project = IncubationProject.objects.select_for_update(of=("self",)).get(pk=project_id)
    before, now = project.stage, timezone.now()
    project.terminate(on=max(today, project.starts_on), reason=reason)
    project.save(update_fields=["stage", "closed_on", "termination_reason", "updated_at"])
    follow_ups = list(
        FollowUp.objects.select_for_update(of=("self",)).filter(project=project, status=FollowUpStatus.OPEN)
    )
    for follow_up in follow_ups:
        follow_up.drop(by=actor, at=now, reason=reason[:SHORT_REASON])
        follow_up.updated_at = now
    FollowUp.objects.bulk_update(follow_ups, ["status", "closed_by", "closed_at", "dropped_reason", "updated_at"])
    unheld = project.plans.in_force().with_held().filter(is_held=False)
    cancelled = project.plans.filter(pk__in=[plan.pk for plan in unheld]).update(
        cancelled_at=now, cancelled_reason=reason[:SHORT_REASON], updated_at=now
    )
    event = audit.record(
        "project.terminated", target=project, actor=actor, area=project.community,
        data={"from": before, "to": project.stage, "reason": reason, "dropped": len(follow_ups), "cancelled": cancelled},
    )  # fmt: skip
    for person in people_of(project, without=actor):
        notify(
            "project.terminated", recipient=person, dedup_key=f"project.terminated:{event.pk}",
            link=project.get_absolute_url(),
            data={
                "name": project.name, "organization": str(project.organization), "actor": str(actor), "reason": reason,
            },
        )  # fmt: skip
    return project


def people_of(project, *, without=None):
    """The lead worker and who works along today, each once, but for ``without``."""
    rows = sorted((row for row in project.team.all() if row.until_on is None), key=lambda row: row.pk)
    people = {project.lead_id: project.lead} | {row.user_id: row.user for row in rows}
    return [person for key, person in people.items() if without is None or key != without.pk]


def _demand_order(starts_on, ends_on):
    if ends_on and ends_on < starts_on:
        raise RuleViolation(_("The end cannot be before the start."))


def _demand_partners(organization, partners):
    if any(partner.pk == organization.pk for partner in partners):
        raise RuleViolation(_("The organization that the project is for need not be named again."))


def _demand_contract(contract, agency):
    if contract and (agency is None or contract.agency_id != agency.pk):
        raise RuleViolation(_("This contract belongs to another agency than the lead worker's."))
