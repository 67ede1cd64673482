"""Records and projects from before had one organization and one lead: the same, as rows."""

from django.db import migrations

BATCH = 2000


def write_rows(apps, schema_editor):
    Activity, Link = apps.get_model("projects", "Activity"), apps.get_model("projects", "ActivityLink")
    rows = []
    found = Activity.objects.exclude(status="draft").order_by("pk")
    for activity in found.only("organization_id", "community_id", "project_id", "minutes").iterator(BATCH):
        rows.append(
            Link(
                activity_id=activity.pk, organization_id=activity.organization_id, community_id=activity.community_id,
                project_id=activity.project_id, minutes=activity.minutes, is_main=True,
            )  # fmt: skip
        )
        if len(rows) == BATCH:
            Link.objects.bulk_create(rows)
            rows = []
    Link.objects.bulk_create(rows)
    Project, Worker = apps.get_model("projects", "IncubationProject"), apps.get_model("projects", "ProjectWorker")
    Worker.objects.bulk_create(
        Worker(project_id=project.pk, user_id=project.lead_id, role="lead", from_on=project.starts_on)
        for project in Project.objects.order_by("pk").iterator(BATCH)
    )


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_cultivation")]

    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]
