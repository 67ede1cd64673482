from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def check_list_events(user, thing=None):
    """The whole log is read by platform admins; a record's own history stands on its page."""
    if not user.is_authenticated or not user.access.is_platform_admin:
        raise PermissionDenied(_("The whole history is open to platform admins. Each record shows its own history."))
