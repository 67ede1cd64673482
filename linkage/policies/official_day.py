from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in

ENTERERS = (Role.PLATFORM_ADMIN, Role.DISTRICT_ADMIN)


def check_list_official_days(user):
    signed_in(user)


def check_add_official_days(user):
    signed_in(user)
    if not user.access.has(*ENTERERS):
        raise PermissionDenied(_("A new holiday notice is entered by the district's or the platform's admin."))
