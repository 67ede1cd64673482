from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from incubator.base.registry import discover


class ImportingConfig(AppConfig):
    name = "incubator.importing"
    label = "importing"
    verbose_name = _("imports")

    def ready(self):
        for part in ("audit_verbs", "tasks", "panels"):
            import_module(f"{self.name}.{part}")
        for app in apps.get_app_configs():
            if module_has_submodule(app.module, "importers"):
                discover(f"{app.name}.importers")
