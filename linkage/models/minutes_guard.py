"""Confirmed minutes stay as they were confirmed, whoever writes: the database itself refuses to change the meeting, who
attended, what was said and resolved, who took what on until when, and how earlier actions stood. A later resolution
supersedes; nothing is mended.

Deleting is refused on PostgreSQL alone: on SQLite emptying a database for the next test is deleting too.
"""

# ruff: noqa: S608 - texts of triggers, put together from our own names alone

from incubator.base.triggers import Trigger, register_triggers

MEETING = "linkage_jointmeeting"
ACTION = "linkage_actionitem"
# How an action stands goes on; what was resolved about it does not.
TOLD = ("title", "owner_party", "helpers", "due_on", "series_id", "resolution_id")
TOLD_OR_NOBODY = ("owner_id", "organization_id")
PARTS = ("linkage_meetingattendance", "linkage_itemopinion", "linkage_resolution", "linkage_actionreview")


def _confirmed(row):
    return (
        f"EXISTS (SELECT 1 FROM {MEETING} minutes "  # nosec B608
        f"WHERE minutes.id = {row}.meeting_id AND minutes.status = 'confirmed')"
    )


def _resolved(row):
    return (
        f"EXISTS (SELECT 1 FROM linkage_resolution resolved JOIN {MEETING} minutes "  # nosec B608
        f"ON minutes.id = resolved.meeting_id WHERE resolved.id = {row}.resolution_id AND minutes.status = 'confirmed')"
    )


_RETOLD = " OR ".join(
    [
        *(f"NEW.{name} <> OLD.{name}" for name in TOLD),
        *(f"COALESCE(NEW.{name}, 0) <> COALESCE(OLD.{name}, 0)" for name in TOLD_OR_NOBODY),
    ]
)


def _closed(table, confirmed, changed=""):
    """Nothing is added to, changed in (if ``changed``) or taken from what belongs to confirmed minutes."""
    yield Trigger(
        name=f"{table}_closed",
        table=table,
        when="BEFORE INSERT",
        refuse_if=confirmed("NEW"),
        message="Nothing is added to confirmed minutes.",
    )
    yield Trigger(
        name=f"{table}_stays",
        table=table,
        when="BEFORE UPDATE",
        refuse_if=f"{changed}({confirmed('OLD')} OR {confirmed('NEW')})",
        message="Confirmed minutes never change.",
    )
    yield Trigger(
        name=f"{table}_kept",
        table=table,
        when="BEFORE DELETE",
        refuse_if=confirmed("OLD"),
        message="Confirmed minutes are never deleted.",
        vendors=("postgresql",),
    )


register_triggers(
    Trigger(
        name=f"{MEETING}_stays",
        table=MEETING,
        when="BEFORE UPDATE",
        refuse_if="OLD.status = 'confirmed'",
        message="Confirmed minutes never change.",
    ),
    Trigger(
        name=f"{MEETING}_kept",
        table=MEETING,
        when="BEFORE DELETE",
        refuse_if="OLD.status = 'confirmed'",
        message="Confirmed minutes are never deleted.",
        vendors=("postgresql",),
    ),
    *(trigger for table in PARTS for trigger in _closed(table, _confirmed)),
    *_closed(ACTION, _resolved, changed=f"({_RETOLD}) AND "),
)
