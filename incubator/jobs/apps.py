from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "incubator.jobs"
    label = "jobs"
    verbose_name = _("background jobs")

    def ready(self):
        # Every app's handlers have to be known wherever jobs are asked for, not in the worker alone.
        autodiscover_modules("tasks")
