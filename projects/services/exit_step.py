"""社工退出计划: what the worker does today, who takes it over, and when. Steps may name people, so the history says that
something changed and not what it said."""

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from projects.models import ExitStep, IncubationProject

FIELDS = ("task", "taken_over_by", "due_on")
PERSONAL = {"task", "taken_over_by"}


@transaction.atomic
def add_exit_step(*, project_id, actor, uuid, task, taken_over_by, due_on):
    """Add a step to the exit plan of a running project. Audit on the project."""
    project = _lock_running(project_id)
    step = ExitStep(uuid=uuid, project=project, task=task, taken_over_by=taken_over_by, due_on=due_on)
    step.save(force_insert=True)
    _record("exit_step.added", step, project, actor, due_on=due_on)
    return step


@transaction.atomic
def update_exit_step(*, step_id, actor, task, taken_over_by, due_on, edition=""):
    """Change a step; no change, no trace. Audit on the project."""
    step, project = _lock_step(step_id)
    before = audit.snapshot(step, FIELDS)
    step.task, step.taken_over_by, step.due_on = task, taken_over_by, due_on
    found = audit.changes(step, before, personal=PERSONAL)
    if found["changes"]:
        step.check_edition(edition)
        step.save(update_fields=[*FIELDS, "updated_at"])
        _record("exit_step.updated", step, project, actor, **found)
    return step


@transaction.atomic
def finish_exit_step(*, step_id, actor, on):
    """Tick a step as handed over on the day ``on``. Audit on the project."""
    step, project = _lock_step(step_id)
    if step.done_on:
        raise RuleViolation(_("This step is done already."))
    step.done_on = on
    step.save(update_fields=["done_on", "updated_at"])
    _record("exit_step.finished", step, project, actor, on=on)
    return step


@transaction.atomic
def reopen_exit_step(*, step_id, actor):
    """Take the tick away. Audit on the project."""
    step, project = _lock_step(step_id)
    if not step.done_on:
        raise RuleViolation(_("This step is open already."))
    step.done_on = None
    step.save(update_fields=["done_on", "updated_at"])
    _record("exit_step.reopened", step, project, actor)
    return step


@transaction.atomic
def remove_exit_step(*, step_id, actor):
    """Take an open step off the plan; one that was handed over stays. Audit on the project."""
    step, project = _lock_step(step_id)
    if step.done_on:
        raise RuleViolation(_("What was handed over stays in the plan."))
    _record("exit_step.removed", step, project, actor)
    step.delete()


def _lock_running(project_id):
    project = IncubationProject.objects.select_for_update(of=("self",)).get(pk=project_id)
    if not project.is_running:
        raise RuleViolation(_("The project is over; its file is closed."))
    return project


def _lock_step(step_id):
    project = _lock_running(ExitStep.objects.values_list("project_id", flat=True).get(pk=step_id))
    return ExitStep.objects.select_for_update(of=("self",)).get(pk=step_id), project


def _record(verb, step, project, actor, **data):
    audit.record(verb, target=project, actor=actor, area=project.community, data={"step": step.uuid, **data})
