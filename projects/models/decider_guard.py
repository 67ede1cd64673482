"""Nobody who worked on a project decides on it, nor anybody who belongs to one of its organizations: kept by the database,
whatever way a decision comes in. The same rules as ``IncubationProject.objects.worked_on_by`` and
``SocialOrganization.objects.belonging_to``; tests hold them against each other."""

# ruff: noqa: S608 - texts of triggers, put together from our own names alone

from incubator.accounts.choices import Role, Scope
from incubator.base.triggers import Trigger, register_triggers
from projects.choices import HANDED_IN

_HANDED_IN = ", ".join(f"'{status.value}'" for status in HANDED_IN)


def did(person):
    """SQL: the keys of the activities that were handed in and that the person recorded or took part in."""
    return (
        f"SELECT done.id FROM projects_activity done WHERE done.status IN ({_HANDED_IN}) "  # nosec B608
        f"AND (done.recorded_by_id = {person} OR EXISTS (SELECT 1 FROM projects_activityworker along "
        f"WHERE along.activity_id = done.id AND along.user_id = {person}))"
    )


def worked_on_project(person, project):
    """SQL: whether the person leads the project, is or was in its team, or did something for it. ``project`` is an
    expression or the text of a subquery."""
    return (
        f"EXISTS (SELECT 1 FROM projects_incubationproject led WHERE led.id IN ({project}) "  # nosec B608
        f"AND led.lead_id = {person}) "
        f"OR EXISTS (SELECT 1 FROM projects_projectworker team WHERE team.project_id IN ({project}) "
        f"AND team.user_id = {person}) "
        f"OR EXISTS (SELECT 1 FROM projects_activity own WHERE own.project_id IN ({project}) "
        f"AND own.id IN ({did(person)})) "
        f"OR EXISTS (SELECT 1 FROM projects_activitylink link WHERE link.project_id IN ({project}) "
        f"AND link.activity_id IN ({did(person)}))"
    )


def belongs_to(person, organizations):
    """SQL: whether the person leads or led one of the organizations, or is or was a member of it. ``organizations`` is the
    text of a subquery or an expression, as above."""
    return (
        f"EXISTS (SELECT 1 FROM organizations_membership joined WHERE joined.organization_id IN ({organizations}) "  # nosec B608
        f"AND joined.user_id = {person}) "
        f"OR EXISTS (SELECT 1 FROM accounts_rolegrant held JOIN organizations_socialorganization body "
        f"ON body.uuid = held.body_uuid WHERE body.id IN ({organizations}) AND held.user_id = {person} "
        f"AND held.scope = '{Scope.ORGANIZATION.value}' AND held.role = '{Role.ORGANIZATION_LEADER.value}')"
    )


_DECIDES = "NEW.decided_by_id IS NOT NULL"
_DECIDES_NOW = f"{_DECIDES} AND (OLD.decided_by_id IS NULL OR OLD.decided_by_id <> NEW.decided_by_id)"
_WORKED_ON = worked_on_project("NEW.decided_by_id", "NEW.project_id")
_BELONGS_TO = belongs_to(
    "NEW.decided_by_id",
    "SELECT own.organization_id FROM projects_incubationproject own WHERE own.id = NEW.project_id "
    "UNION SELECT partner.organization_id FROM projects_projectpartner partner WHERE partner.project_id = NEW.project_id",
)
_WORKED = "Whoever worked on the project does not decide on it."
_OWN = "Whoever belongs to an organization of the project does not decide on it."

register_triggers(
    Trigger(
        name="projects_stagerequest_decider_added",
        table="projects_stagerequest",
        when="BEFORE INSERT",
        refuse_if=f"{_DECIDES} AND ({_WORKED_ON})",
        message=_WORKED,
    ),
    Trigger(
        name="projects_stagerequest_decider_set",
        table="projects_stagerequest",
        when="BEFORE UPDATE",
        # Who joins the team after the decision decided nothing wrong: only a new decider is asked about.
        refuse_if=f"{_DECIDES_NOW} AND ({_WORKED_ON})",
        message=_WORKED,
    ),
    Trigger(
        name="projects_stagerequest_outsider_added",
        table="projects_stagerequest",
        when="BEFORE INSERT",
        refuse_if=f"{_DECIDES} AND ({_BELONGS_TO})",
        message=_OWN,
    ),
    Trigger(
        name="projects_stagerequest_outsider_set",
        table="projects_stagerequest",
        when="BEFORE UPDATE",
        refuse_if=f"{_DECIDES_NOW} AND ({_BELONGS_TO})",
        message=_OWN,
    ),
)
