from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("projects and activities")

    def ready(self):
        from incubator.base.registry import discover  # noqa: PLC0415 - apps are loaded first

        for plugins in ("audit_verbs", "notifications", "activity_kinds", "papers", "panels"):
            discover(f"projects.{plugins}")
