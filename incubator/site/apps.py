from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "incubator.site"
    label = "site"
