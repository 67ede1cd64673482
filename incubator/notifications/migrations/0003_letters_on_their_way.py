"""What waited to be sent when deliveries became rows of their own: each such job gets one, under the same identifier."""

from django.db import migrations

NAME = "notifications.deliver"


def give_rows(apps, schema_editor):
    job, delivery = apps.get_model("jobs", "Job"), apps.get_model("notifications", "Delivery")
    for row in job.objects.filter(name=NAME).exclude(state="done").order_by("pk").iterator():
        if "notification_id" not in row.arguments:
            continue
        notice = apps.get_model("notifications", "Notification").objects.filter(pk=row.arguments["notification_id"])
        if not notice.exists():
            continue
        is_dead = row.state == "dead"
        made = delivery.objects.create(
            uuid=notice.get().uuid, notification=notice.get(), channel="email", due_at=row.run_at,
            state="dead" if is_dead else "queued", error=(row.error or "?") if is_dead else "",
        )  # fmt: skip
        row.arguments = {"delivery_id": made.pk}
        row.save(update_fields=["arguments"])


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_deliveries_and_group_robots"),
        ("jobs", "0002_dead_jobs_are_counted"),
    ]

    operations = [migrations.RunPython(give_rows, migrations.RunPython.noop)]
