from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from incubator.base.registry import discover


class NotificationsConfig(AppConfig):
    name = "incubator.notifications"
    label = "notifications"
    verbose_name = _("notifications")

    def ready(self):
        from incubator.notifications import audit_verbs  # noqa: F401, PLC0415 - apps are loaded first

        discover("incubator.notifications.channels")
