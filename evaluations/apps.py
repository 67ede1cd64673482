from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = _("evaluation")

    def ready(self):
        from importlib import import_module  # noqa: PLC0415

        from incubator.base.registry import discover  # noqa: PLC0415 - apps are loaded first

        for plugins in ("audit_verbs", "notifications", "indicators", "papers", "panels"):
            discover(f"evaluations.{plugins}")
        for listeners in ("policies.gate", "receivers"):  # who does not decide, and what happens with a request
            import_module(f"evaluations.{listeners}")
