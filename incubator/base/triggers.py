"""Rules that only a trigger can hold: those that look into other tables, and rows that are never changed.

A trigger is kept by the database, so it holds for shells and scripts too. It is put in when migrating ends, and on SQLite
it is taken out when migrating begins: there a migration may build a table anew, which forgets the triggers on it and
fails while one of another table speaks of it.
"""

from dataclasses import dataclass

from django.db import connections

_triggers = {}


@dataclass(frozen=True)
class Trigger:
    """``when`` like "BEFORE UPDATE" or "BEFORE INSERT"; ``refuse_if``: a condition in the SQL that SQLite and PostgreSQL
    share, with NEW and OLD ("" refuses always). ``vendors``: where it is put in."""

    name: str
    table: str
    when: str
    refuse_if: str
    message: str
    vendors: tuple = ("sqlite", "postgresql")

    def statements(self, vendor):
        """What puts it in, for one that is not there."""
        condition = self.refuse_if or ("1" if vendor == "sqlite" else "true")
        if vendor == "sqlite":
            # fmt: off
            return [
                f'CREATE TRIGGER "{self.name}" {self.when} ON "{self.table}" FOR EACH ROW WHEN {condition} '
                f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            ]
            # fmt: on
        answer = "OLD" if "DELETE" in self.when else "NEW"
        return [
            f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF {condition} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN {answer}; END $$",
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"',
            f'CREATE TRIGGER "{self.name}" {self.when} ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION "{self.name}"()',
        ]


def register_triggers(*triggers):
    """Once, beside the model that they guard."""
    for trigger in triggers:
        _triggers[trigger.name] = trigger


def put_in(using):
    """All that are not there yet and whose table is; on PostgreSQL those that are there are renewed."""
    connection = connections[using]
    wanted = [trigger for trigger in _triggers.values() if connection.vendor in trigger.vendors]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        there = _names(connection, cursor) if connection.vendor == "sqlite" else set()
        for trigger in wanted:
            if trigger.table in tables and trigger.name not in there:
                for statement in trigger.statements(connection.vendor):
                    cursor.execute(statement)


def missing(using):
    """Names of those that should stand in the database and do not, in order: a migration died between taking them out
    and putting them in again, or somebody dropped them."""
    connection = connections[using]
    wanted = {trigger.name for trigger in _triggers.values() if connection.vendor in trigger.vendors}
    with connection.cursor() as cursor:
        return sorted(wanted - _names(connection, cursor))


def take_out(using):
    """All of ours."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in sorted(_names(connection, cursor) & set(_triggers)):
            table = "" if connection.vendor == "sqlite" else f' ON "{_triggers[name].table}"'
            cursor.execute(f'DROP TRIGGER "{name}"{table}')


def _names(connection, cursor):
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
    return {name for (name,) in cursor.fetchall()}


def before_migrating(sender, using, **kwargs):
    if connections[using].vendor == "sqlite":
        take_out(using)


def after_migrating(sender, using, **kwargs):
    put_in(using)
