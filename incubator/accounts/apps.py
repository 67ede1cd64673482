from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "incubator.accounts"
    label = "accounts"
    verbose_name = _("people and their roles")

    def ready(self):
        from axes.signals import user_locked_out  # noqa: PLC0415 - models are not ready before
        from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415

        from incubator.accounts import audit_verbs, notifications, receivers  # noqa: F401, PLC0415
        from incubator.accounts.access import Access  # noqa: PLC0415

        # Visitors hold no roles; so whoever asks ``user.access`` need not ask first whether somebody is signed in.
        AnonymousUser.access = Access(())
        user_locked_out.connect(receivers.sign_in_locked_out, dispatch_uid="accounts.sign_in_locked_out")
