"""Nobody who worked on a project decides on it: kept by the database, whatever way a decision comes in. The same rule as
``IncubationProject.objects.worked_on_by``; a test holds them against each other."""

# ruff: noqa: S608 - texts of triggers, put together from our own names alone

from incubator.base.triggers import Trigger, register_triggers
from projects.choices import HANDED_IN

_HANDED_IN = ", ".join(f"'{status.value}'" for status in HANDED_IN)


def did(person):
    """SQL: the keys of the activities that were handed in and that the person recorded or took part in."""
    return (
        f"SELECT done.id FROM projects_activity done WHERE done.status IN ({_HANDED_IN}) "
        f"AND (done.recorded_by_id = {person} OR EXISTS (SELECT 1 FROM projects_activityworker along "
        f"WHERE along.activity_id = done.id AND along.user_id = {person}))"
    )


def worked_on_project(person, project):
    """SQL: whether the person leads the project, is or was in its team, or did something for it. ``project`` is an
    expression or the text of a subquery."""
    return (
        f"EXISTS (SELECT 1 FROM projects_incubationproject led WHERE led.id IN ({project}) AND led.lead_id = {person}) "
        f"OR EXISTS (SELECT 1 FROM projects_projectworker team WHERE team.project_id IN ({project}) "
        f"AND team.user_id = {person}) "
        f"OR EXISTS (SELECT 1 FROM projects_activity own WHERE own.project_id IN ({project}) "
        f"AND own.id IN ({did(person)})) "
        f"OR EXISTS (SELECT 1 FROM projects_activitylink link WHERE link.project_id IN ({project}) "
        f"AND link.activity_id IN ({did(person)}))"
    )


_DECIDES = "NEW.decided_by_id IS NOT NULL"
_REFUSED = "Whoever worked on the project does not decide on it."

register_triggers(
    Trigger(
        name="projects_stagerequest_decider_added",
        table="projects_stagerequest",
        when="BEFORE INSERT",
        refuse_if=f"{_DECIDES} AND ({worked_on_project('NEW.decided_by_id', 'NEW.project_id')})",
        message=_REFUSED,
    ),
    Trigger(
        name="projects_stagerequest_decider_set",
        table="projects_stagerequest",
        when="BEFORE UPDATE",
        # Who joins the team after the decision decided nothing wrong: only a new decider is asked about.
        refuse_if=(
            f"{_DECIDES} AND (OLD.decided_by_id IS NULL OR OLD.decided_by_id <> NEW.decided_by_id) "
            f"AND ({worked_on_project('NEW.decided_by_id', 'NEW.project_id')})"
        ),
        message=_REFUSED,
    ),
)
