"""Who may keep an agency's list of social workers."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organizations.policies.agency import check_update_agency, check_view_agency


def check_view_social_worker(user, worker):
    """The same rule as ``SocialWorker.objects.visible_to``: whoever sees the agency."""
    check_view_agency(user, worker.agency)


def check_see_worker_phones(user, agency):
    """Others read the numbers masked."""
    check_update_agency(user, agency)


def check_add_social_worker(user, agency):
    check_update_agency(user, agency)
    if not agency.is_active:
        raise PermissionDenied(_("This agency does not work any more; nobody can be added."))


def check_update_social_worker(user, worker):
    check_update_agency(user, worker.agency)
    if worker.left_on is not None:
        raise PermissionDenied(
            _("This person has left; the entry is kept as it was. Add them again if they came back.")
        )


def check_end_social_worker(user, worker):
    check_update_social_worker(user, worker)


def check_link_social_worker(user, worker):
    """Linking shows the agency to the account's person; the account has to be one that the linking person sees."""
    check_update_social_worker(user, worker)


def check_unlink_social_worker(user, worker):
    check_update_social_worker(user, worker)
    if worker.user_id is None:
        raise PermissionDenied(_("No account is linked."))
