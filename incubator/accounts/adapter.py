"""How sign-in by allauth behaves here: accounts are made by invitation, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SILENT = {"account/messages/logged_in.txt"}  # one sees that one is signed in


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """allauth hands over a person whose password was right even where the backend refused the account."""
        person = super().authenticate(request, **credentials)
        if person is None:
            return None
        if not person.is_active:
            raise ValidationError(_("This account is closed. Ask your street office or district to open it again."))
        if person.is_demo and not settings.DEMO:
            raise ValidationError(
                _("This is a demonstration account, and demonstrations are switched off here. Use your own account.")
            )
        return person

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)
