"""Verbs of incubation projects. The stage is moved by gate decisions alone."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.notifications.services import notify
from projects.models import IncubationProject

EDITABLE = ("name", "goal", "starts_on", "ends_on")


@transaction.atomic
def open_project(*, uuid, organization, name, lead, starts_on, actor, ends_on=None, goal=""):
    """Open a project in its preparation; one running project per organization (RuleViolation). Audit; notice to the
    lead worker when it is somebody else."""
    _demand_order(starts_on, ends_on)
    if IncubationProject.objects.running().filter(organization=organization).exists():
        raise RuleViolation(_("The organization is in a running project already."))
    try:
        with transaction.atomic():
            project = IncubationProject.objects.create(
                uuid=uuid, organization=organization, community=organization.community, name=name, lead=lead,
                starts_on=starts_on, ends_on=ends_on, goal=goal, created_by=actor,
            )  # fmt: skip
    except IntegrityError as error:
        if IncubationProject.objects.filter(uuid=uuid).exists():
            raise  # the other of two clicks won; the page leads to its project
        raise RuleViolation(_("The organization is in a running project already.")) from error
    event = audit.record("project.opened", target=project, actor=actor, area=project.community)
    if lead.pk != actor.pk:
        notify(
            "project.opened", recipient=lead, dedup_key=f"project.opened:{event.pk}", link=project.get_absolute_url(),
            data={"name": project.name, "organization": str(organization), "opener": str(actor)},
        )  # fmt: skip
    return project


@transaction.atomic
def update_project(*, project_id, actor, name, goal, starts_on, ends_on=None, edition=""):
    """Change name, goal and days; StaleEdition when the person saw an older one. Audit with the changed fields; no
    change, no trace."""
    project = IncubationProject.objects.select_for_update(of=("self",)).get(pk=project_id)
    _demand_order(starts_on, ends_on)
    before = audit.snapshot(project, EDITABLE)
    project.name, project.goal, project.starts_on, project.ends_on = name, goal, starts_on, ends_on
    found = audit.changes(project, before)
    if found["changes"]:
        project.check_edition(edition)
        project.save(update_fields=[*EDITABLE, "updated_at"])
        audit.record("project.updated", target=project, actor=actor, area=project.community, data=found)
    return project


def _demand_order(starts_on, ends_on):
    if ends_on and ends_on < starts_on:
        raise RuleViolation(_("The end cannot be before the start."))
