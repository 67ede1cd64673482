from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "incubator.notifications"
    label = "notifications"
    verbose_name = _("notifications")

    def ready(self):
        from incubator.notifications import tasks  # noqa: F401, PLC0415 - models are not ready before
