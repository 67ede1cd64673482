"""Editions that people answered or were judged by never change and never go, whoever writes: the database itself refuses
it. Deleting is refused on PostgreSQL alone: on SQLite emptying a database for the next test is deleting too."""

from incubator.base.triggers import Trigger, register_triggers

TABLES = ("evaluations_instrumentversion", "evaluations_scale", "evaluations_standardversion")

register_triggers(
    *(
        Trigger(
            name=f"{table}_frozen",
            table=table,
            when="BEFORE UPDATE",
            refuse_if="",
            message="A published edition never changes.",
        )
        for table in TABLES
    ),
    *(
        Trigger(
            name=f"{table}_kept",
            table=table,
            when="BEFORE DELETE",
            refuse_if="",
            message="A published edition is never deleted.",
            vendors=("postgresql",),
        )
        for table in TABLES
    ),
)
