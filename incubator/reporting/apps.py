from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "incubator.reporting"
    label = "reporting"
    verbose_name = _("reports")

    def ready(self):
        from incubator.reporting import audit_verbs  # noqa: F401, PLC0415 - apps are loaded first
