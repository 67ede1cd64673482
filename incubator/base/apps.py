from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "incubator.base"
    label = "base"
