from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinkageConfig(AppConfig):
    name = "linkage"
    verbose_name = _("three-society linkage")

    def ready(self):
        from incubator.base.registry import discover  # noqa: PLC0415 - apps are loaded first

        for plugins in ("audit_verbs", "notifications", "indicators", "papers", "panels", "tie_sources"):
            discover(f"linkage.{plugins}")
