from django.apps import AppConfig
from django.db import connections
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "incubator.jobs"
    label = "jobs"
    verbose_name = _("background jobs")

    def ready(self):
        from django.db.models.signals import post_migrate  # noqa: PLC0415, TID251 - it says that tables have come

        # Every app's handlers have to be known wherever jobs are asked for, not in the worker alone.
        autodiscover_modules("tasks")
        post_migrate.connect(write_schedules, sender=self)


def write_schedules(sender, using, **kwargs):
    """After migrating: new periodic jobs get their schedule. Nothing while the tables are not all there (migrating to
    an earlier version, or one app alone)."""
    from incubator.jobs import schedules  # noqa: PLC0415 - apps are loaded first

    tables = set(connections[using].introspection.table_names())
    if {"jobs_schedule", "django_celery_beat_periodictask"} <= tables:
        schedules.write_defaults()
