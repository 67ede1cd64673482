from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in


def check_list_notifications(user, thing=None):
    signed_in(user)


def check_open_notification(user, notification):
    signed_in(user)
    if notification.recipient_id != user.pk:
        raise PermissionDenied(_("This notice is for somebody else."))


def check_edit_preferences(user, thing=None):
    signed_in(user)
