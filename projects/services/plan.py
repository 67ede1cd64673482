"""Verbs of a project's plan: needs → objectives with indicators → planned activities. The project is the target of the
history, so that its page tells the whole story. Each locks the project first; a project that is over stays as it is."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.months import add_months
from projects.choices import IndicatorUnit, Rhythm
from projects.models import ActivityPlan, IncubationProject, Objective, ObjectiveIndicator, ProjectNeed

NEED_FIELDS = ("level", "text", "seen_at")
OBJECTIVE_FIELDS = ("level", "text", "order")
INDICATOR_FIELDS = ("name", "unit", "kinds", "target", "due_on")
PLAN_FIELDS = (
    "objective", "kind", "title", "planned_on", "starts_time", "place_text", "expected_participants", "responsible",
)  # fmt: skip
MOST_AT_ONCE = 60
DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}


def rhythm_days(first, rhythm, times):
    """``times`` days from ``first`` on; monthly ones stay on the day of the month, or its last one."""
    if rhythm in DAYS:
        return [first + datetime.timedelta(days=DAYS[rhythm] * number) for number in range(times)]
    return [add_months(first, number) for number in range(times)]


# --- needs ---


@transaction.atomic
def add_need(*, project_id, uuid, actor, level, text, seen_at=""):
    """Write a need down. Audit (without its words, which may be a resident's)."""
    project = _lock_project(project_id)
    need = ProjectNeed.objects.create(uuid=uuid, project=project, level=level, text=text, seen_at=seen_at)
    _record("need.added", project, actor, {"level": level})
    return need


@transaction.atomic
def update_need(*, need_id, actor, edition="", **values):
    """Change level, words or source; StaleEdition over an older edition. Audit with the words masked."""
    need = _locked(ProjectNeed, need_id)
    return _update(
        need, NEED_FIELDS, values, edition, "need.updated", actor, need.project, personal={"text", "seen_at"}
    )


@transaction.atomic
def turn_need(*, need_id, actor):
    """Make an objective of a need, with its level and words, once: the objective that is there already is given back.
    Audit."""
    need = _locked(ProjectNeed, need_id)
    if existing := need.objectives.filter(dropped_at__isnull=True).first():
        return existing
    objective = Objective.objects.create(
        project=need.project, need=need, level=need.level, text=need.text, order=_next_order(need.project)
    )
    _record("need.turned", need.project, actor, {"objective": objective.text})
    return objective


# --- objectives ---


@transaction.atomic
def add_objective(*, project_id, uuid, actor, level, text, need=None):
    """Set an objective, perhaps from one of the project's needs (RuleViolation for another's). Audit."""
    project = _lock_project(project_id)
    if need and need.project_id != project.pk:
        raise RuleViolation(_("This need belongs to another project."))
    objective = Objective.objects.create(
        uuid=uuid, project=project, need=need, level=level, text=text, order=_next_order(project)
    )
    _record("objective.added", project, actor, {"objective": text})
    return objective


@transaction.atomic
def update_objective(*, objective_id, actor, edition="", **values):
    """Change level, words or order; StaleEdition over an older edition. Audit with what changed."""
    objective = _locked(Objective, objective_id)
    _demand_kept(objective)
    about = {"objective": values.get("text", objective.text)}
    return _update(
        objective, OBJECTIVE_FIELDS, values, edition, "objective.updated", actor, objective.project, about=about
    )


@transaction.atomic
def drop_objective(*, objective_id, actor, reason):
    """Give an objective up, with the reason; it stays on the page among the dropped ones, with what was done for it.
    Audit."""
    objective = _locked(Objective, objective_id)
    _demand_kept(objective)
    objective.dropped_at, objective.dropped_reason = timezone.now(), reason
    objective.save(update_fields=["dropped_at", "dropped_reason", "updated_at"])
    _record("objective.dropped", objective.project, actor, {"objective": objective.text, "reason": reason})
    return objective


# --- indicators ---


@transaction.atomic
def add_indicator(*, objective_id, uuid, actor, **values):
    """Say what shows that the objective is reached. Audit."""
    objective = _locked(Objective, objective_id)
    _demand_kept(objective)
    indicator = ObjectiveIndicator.objects.create(uuid=uuid, objective=objective, **values)
    _record(
        "indicator.added", objective.project, actor, {"indicator": indicator.name, "number": indicator.target}
    )  # fmt: skip
    return indicator


@transaction.atomic
def update_indicator(*, indicator_id, actor, edition="", **values):
    """Change what is counted or its target; a measured value falls away when the unit is no longer an own measure.
    StaleEdition over an older edition. Audit with what changed."""
    indicator = _locked(ObjectiveIndicator, indicator_id)
    _demand_kept(indicator.objective)
    if values.get("unit", indicator.unit) != IndicatorUnit.OWN:
        indicator.own_value = indicator.own_value_on = None
    about = {"indicator": values.get("name", indicator.name)}
    return _update(
        indicator, INDICATOR_FIELDS, values, edition, "indicator.updated", actor, indicator.objective.project,
        about=about, more=("own_value", "own_value_on"),
    )  # fmt: skip


@transaction.atomic
def measure_indicator(*, indicator_id, actor, value, on):
    """Write the value of an own measure with its day; all other units are counted (RuleViolation). Audit keeps every
    value."""
    indicator = _locked(ObjectiveIndicator, indicator_id)
    _demand_kept(indicator.objective)
    if indicator.unit != IndicatorUnit.OWN:
        raise RuleViolation(_("This indicator is counted from the activities; nobody types it."))
    indicator.own_value, indicator.own_value_on = value, on
    indicator.save(update_fields=["own_value", "own_value_on", "updated_at"])
    _record(
        "indicator.measured", indicator.objective.project, actor,
        {"indicator": indicator.name, "value": value, "day": on.isoformat()},
    )  # fmt: skip
    return indicator


# --- planned activities ---


@transaction.atomic
def add_plans(*, project_id, actor, rows):
    """Plan several activities, all or none; ``rows`` are dicts of ``PLAN_FIELDS`` and ``uuid``. An objective of another
    project is refused (RuleViolation). One event of the history for all."""
    project = _lock_project(project_id)
    if not rows:
        raise RuleViolation(_("Please fill in at least one row."))
    if len(rows) > MOST_AT_ONCE:
        raise RuleViolation(_("Please plan at most %(number)s activities at a time.") % {"number": MOST_AT_ONCE})
    for row in rows:
        _demand_own_objective(project, row.get("objective"))
    plans = ActivityPlan.objects.bulk_create(ActivityPlan(project=project, **row) for row in rows)
    _record("plan.added", project, actor, {"number": len(plans)})
    return plans


@transaction.atomic
def update_plan(*, plan_id, actor, edition="", **values):
    """Change a planned activity; StaleEdition over an older edition. Audit with what changed."""
    plan = _locked(ActivityPlan, plan_id)
    _demand_in_force(plan)
    _demand_own_objective(plan.project, values.get("objective"))
    about = {"title": values.get("title", plan.title)}
    return _update(plan, PLAN_FIELDS, values, edition, "plan.updated", actor, plan.project, about=about)


@transaction.atomic
def cancel_plan(*, plan_id, actor, reason):
    """It will not be held, with the reason; it stays in the plan as cancelled. One that was held is refused. Audit."""
    plan = _locked(ActivityPlan, plan_id)
    _demand_in_force(plan)
    if plan.activities.counted().exists():
        raise RuleViolation(_("It was held already; its record says so."))
    plan.cancelled_at, plan.cancelled_reason = timezone.now(), reason
    plan.save(update_fields=["cancelled_at", "cancelled_reason", "updated_at"])
    _record("plan.cancelled", plan.project, actor, {"title": plan.title, "reason": reason})
    return plan


# --- what they share ---


def _lock_project(project_id):
    project = IncubationProject.objects.select_for_update(of=("self",)).select_related("community").get(pk=project_id)
    if not project.is_running:
        raise RuleViolation(_("The project is over; its file is closed."))
    return project


def _locked(model, pk):
    """The row, locked after its project."""
    path = "objective__project" if model is ObjectiveIndicator else "project"
    project_id = model.objects.values_list(path, flat=True).get(pk=pk)
    _lock_project(project_id)
    return model.objects.select_for_update(of=("self",)).select_related(f"{path}__community").get(pk=pk)


def _update(thing, fields, values, edition, verb, actor, project, *, about=None, personal=(), more=()):
    """Write the given ``fields``; nothing changed, no trace."""
    before = audit.snapshot(thing, fields)
    for name in fields:
        if name in values:
            setattr(thing, name, values[name])
    found = audit.changes(thing, before, personal=personal)
    if found["changes"]:
        thing.check_edition(edition)
        thing.save(update_fields=[*fields, *more, "updated_at"])
        _record(verb, project, actor, found | (about or {}))
    return thing


def _record(verb, project, actor, data):
    audit.record(verb, target=project, actor=actor, area=project.community, data=data)


def _next_order(project):
    last = project.objectives.order_by("-order", "-pk").values_list("order", flat=True).first()
    return min((last or 0) + 10, 30_000)


def _demand_kept(objective):
    if objective.dropped_at:
        raise RuleViolation(_("This objective was dropped; it stays as it is."))


def _demand_in_force(plan):
    if plan.cancelled_at:
        raise RuleViolation(_("This planned activity was cancelled."))


def _demand_own_objective(project, objective):
    if objective and objective.project_id != project.pk:
        raise RuleViolation(_("This objective belongs to another project."))
