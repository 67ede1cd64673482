"""Who may be signed in: an open account, and a demonstration account only where demonstrations are on."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class AccountBackend(AuthenticationBackend):
    """Asked at sign-in and again with each request, so a session ends as soon as its account is closed."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)
