"""What the database itself keeps of a decision on growth: who decides did not work with the organization, does not belong to
it and gave no opinion, and a decision stays as it was taken. The same rules as ``policies.review``; a test holds them
against each other.

Deleting is refused on PostgreSQL alone: on SQLite emptying a database for the next test is deleting too.
"""

# ruff: noqa: S608 - texts of triggers, put together from our own names alone

from incubator.base.triggers import Trigger, register_triggers
from projects.models.decider_guard import belongs_to, did, worked_on_project

_PERSON = "NEW.decided_by_id"
_PROJECTS = (
    "SELECT own.id FROM projects_incubationproject own WHERE own.organization_id = NEW.organization_id "
    "UNION SELECT partner.project_id FROM projects_projectpartner partner "
    "WHERE partner.organization_id = NEW.organization_id"
)
_ACTIVITIES = (
    f"EXISTS (SELECT 1 FROM projects_activity act WHERE act.organization_id = NEW.organization_id "  # nosec B608
    f"AND act.id IN ({did(_PERSON)})) "
    f"OR EXISTS (SELECT 1 FROM projects_activitylink served WHERE served.organization_id = NEW.organization_id "
    f"AND served.activity_id IN ({did(_PERSON)}))"
)
_OPINION = (
    "EXISTS (SELECT 1 FROM evaluations_opinion said WHERE said.review_id = NEW.review_id "  # nosec B608
    f"AND said.status = 'submitted' AND said.author_id = {_PERSON})"
)
_GATE_OPINION = (
    "EXISTS (SELECT 1 FROM evaluations_opinion said JOIN evaluations_growthreview gate ON gate.id = said.review_id "
    "WHERE gate.gate_id = NEW.id AND said.status = 'submitted' AND said.author_id = NEW.decided_by_id)"
)
TABLE = "evaluations_stagedecision"

register_triggers(
    Trigger(
        name="evaluations_stagedecision_decider",
        table=TABLE,
        when="BEFORE INSERT",
        refuse_if=f"({worked_on_project(_PERSON, _PROJECTS)} OR {_ACTIVITIES})",
        message="Whoever worked with the organization does not decide on it.",
    ),
    Trigger(
        name="evaluations_stagedecision_outsider",
        table=TABLE,
        when="BEFORE INSERT",
        refuse_if=f"({belongs_to(_PERSON, 'NEW.organization_id')})",
        message="Whoever belongs to the organization does not decide on it.",
    ),
    Trigger(
        name="evaluations_stagedecision_no_opinion",
        table=TABLE,
        when="BEFORE INSERT",
        refuse_if=_OPINION,
        message="Whoever gave an opinion does not decide.",
    ),
    Trigger(
        name="evaluations_stagerequest_no_opinion",
        table="projects_stagerequest",
        when="BEFORE UPDATE",
        refuse_if=(
            "NEW.decided_by_id IS NOT NULL AND (OLD.decided_by_id IS NULL OR OLD.decided_by_id <> NEW.decided_by_id) "
            f"AND {_GATE_OPINION}"
        ),
        message="Whoever gave an opinion does not decide.",
    ),
    Trigger(
        name="evaluations_stagedecision_stays",
        table=TABLE,
        when="BEFORE UPDATE",
        refuse_if="",
        message="A decision is never changed; a new review may decide otherwise.",
    ),
    Trigger(
        name="evaluations_stagedecision_kept",
        table=TABLE,
        when="BEFORE DELETE",
        refuse_if="",
        message="A decision is never deleted.",
        vendors=("postgresql",),
    ),
)
