from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "incubator.site"
    label = "site"

    def ready(self):
        import_module("incubator.site.operations.audit_verbs")
