"""The questionnaires that ship with the platform, each with its first edition. They are data: what is there is never
touched. An edition and its scales are never updated, whoever writes: the database itself refuses it."""

import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

from evaluations.validators import normalized, scales_of
from incubator.base.hashes import content_sha256

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "instruments"
FROZEN = {"evaluations_instrumentversion": "edition", "evaluations_scale": "scale"}


def add_questionnaires(apps, schema_editor):
    instruments = apps.get_model("evaluations", "Instrument")
    versions = apps.get_model("evaluations", "InstrumentVersion")
    scales = apps.get_model("evaluations", "Scale")
    for path in sorted(SHIPPED.glob("*.json")):
        shipped = json.loads(path.read_text(encoding="utf-8"))
        content = normalized(shipped["content"])
        instrument, is_new = instruments.objects.get_or_create(
            code=shipped["code"],
            defaults={
                "title": content["title"]["zh-hans"],
                "title_en": content["title"]["en"],
                "subject": shipped["subject"],
                "source": shipped["source"],
                "draft": content,
            },
        )
        if not is_new:
            continue
        version = versions.objects.create(
            instrument=instrument, number=1, content=content, sha256=content_sha256(content), published_at=timezone.now()
        )
        for facts in scales_of(content):
            scales.objects.create(
                version=version,
                code=facts.code,
                label=facts.label,
                level=facts.level,
                items=list(facts.items),
                reverse=list(facts.reverse),
                points=facts.points,
                min_answered=facts.min_answered,
                higher_is_better=facts.higher_is_better,
                fingerprint=facts.fingerprint,
            )
        instrument.current = version
        instrument.save(update_fields=["current"])


def freeze(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION evaluations_frozen() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'a published questionnaire never changes' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$ LANGUAGE plpgsql"
        )
        for table in FROZEN:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION evaluations_frozen()"
            )
        return
    for table in FROZEN:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'a published questionnaire never changes'); END"
        )


def thaw(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in FROZEN:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen" + (f" ON {table}" if is_postgresql else ""))
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS evaluations_frozen()")


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_measurement_and_growth")]
    # Backwards nothing is removed: surveys may ask these questionnaires by then.
    operations = [
        migrations.RunPython(add_questionnaires, migrations.RunPython.noop),
        migrations.RunPython(freeze, thaw),
    ]
