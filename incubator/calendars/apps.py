from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "incubator.calendars"
    label = "calendars"
    verbose_name = _("calendars")

    def ready(self):
        from incubator.calendars import audit_verbs  # noqa: F401, PLC0415 - apps are loaded first
