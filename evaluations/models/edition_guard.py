"""Editions that people answered or were judged by never change, whoever writes: the database itself refuses it."""

from incubator.base.triggers import Trigger, register_triggers

register_triggers(
    *(
        Trigger(
            name=f"{table}_frozen",
            table=table,
            when="BEFORE UPDATE",
            refuse_if="",
            message="A published edition never changes.",
        )
        for table in ("evaluations_instrumentversion", "evaluations_scale", "evaluations_standardversion")
    )
)
