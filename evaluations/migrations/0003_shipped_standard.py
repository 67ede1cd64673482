"""The sample standard that holds where nobody made their own, as its first edition, and the headings of the dossier that
it looks at. What is there already is never touched."""

import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

from incubator.base.hashes import content_sha256

FILE = Path(__file__).parents[1] / "data" / "growth_standard_default.json"
HEADINGS = (
    ("finance_rules", "财务制度", "Rules on money", 142),
    ("activity_rules", "活动制度", "Rules on activities", 144),
    ("safety_rules", "安全制度", "Rules on safety", 146),
)


def add_headings(apps, schema_editor):
    heading = apps.get_model("organizations", "DossierHeading")
    for code, name, name_en, order in HEADINGS:
        heading.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en, "order": order})


def add_standard(apps, schema_editor):
    content = json.loads(FILE.read_text(encoding="utf-8"))
    standard, _is_new = apps.get_model("evaluations", "GrowthStandard").objects.get_or_create(
        code=content["code"],
        defaults={
            "title": content["label"]["zh-hans"],
            "title_en": content["label"]["en"],
            "is_sample": True,
            "draft": content,
        },
    )
    if standard.current_id is None:
        version, _is_new = apps.get_model("evaluations", "StandardVersion").objects.get_or_create(
            standard=standard,
            number=1,
            defaults={"content": content, "sha256": content_sha256(content), "published_at": timezone.now()},
        )
        standard.current = version
        standard.save(update_fields=["current"])


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0002_shipped_questionnaires"),
        ("organizations", "0002_default_lists"),
    ]
    # Backwards nothing is removed: reviews may rest on it by then.
    operations = [
        migrations.RunPython(add_headings, migrations.RunPython.noop),
        migrations.RunPython(add_standard, migrations.RunPython.noop),
    ]
