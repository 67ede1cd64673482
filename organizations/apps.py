from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = _("communities and organizations")

    def ready(self):
        from organizations import audit_verbs, bodies, notifications, papers  # noqa: F401, PLC0415 - they register themselves
