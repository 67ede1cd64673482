"""The questionnaires that ship with the platform, each with its first edition. They are data: what is there is never
touched."""

import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

from evaluations.validators import normalized, scales_of
from incubator.base.hashes import content_sha256

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "instruments"


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


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_measurement_and_growth")]
    # Backwards nothing is removed: surveys may ask these questionnaires by then.
    operations = [
        migrations.RunPython(add_questionnaires, migrations.RunPython.noop),
    ]
