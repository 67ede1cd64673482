from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "incubator.base"
    label = "base"

    def ready(self):
        from django.db.models.signals import post_migrate, pre_migrate  # noqa: PLC0415

        from incubator.base import triggers  # noqa: PLC0415 - apps are loaded first

        pre_migrate.connect(triggers.before_migrating, sender=self)
        post_migrate.connect(triggers.after_migrating, sender=self)
