"""Who writes down, does and reads what is left to do."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.policies.activity import check_log_activity, check_view_activity
from projects.querysets import CASE_READERS, LOGGERS


def check_list_follow_ups(user):
    signed_in(user)


def check_view_follow_up(user, follow_up=None):
    """The same rule as ``FollowUp.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if follow_up is None or follow_up.owner_id == user.pk:
        return
    if follow_up.organization is not None and leads(user, follow_up.organization):
        return
    place = follow_up.community
    if place is None or not (user.access.covers(place, *CASE_READERS) or supervises_place(user, place)):
        raise PermissionDenied(_("This is somebody else's task."))


def check_create_follow_up(user, organization=None):
    """Whoever records an organization's activities writes down what is left to do."""
    check_log_activity(user, organization)


def check_promise_follow_up(user, activity=None):
    """The next step of a record: by who recorded it and by those who serve its place."""
    signed_in(user)
    if activity is None:
        return
    check_view_activity(user, activity)
    if activity.is_draft:
        raise PermissionDenied(_("A draft is read only by the person who is writing it."))
    if activity.recorded_by_id != user.pk:
        check_log_activity(user, activity.organization)


def _check_do(user, follow_up):
    """Its owner, and those who serve the place; the street reads along."""
    signed_in(user)
    if follow_up is None:
        return
    check_view_follow_up(user, follow_up)
    if follow_up.owner_id == user.pk:
        return
    place, organization = follow_up.community, follow_up.organization
    serves = place is not None and (user.access.covers(place, *LOGGERS) or supervises_place(user, place))
    leads_it = follow_up.owner_id is None and organization is not None and leads(user, organization)
    if not serves and not leads_it:
        raise PermissionDenied(_("This is done by its owner or by those who serve the place."))


def check_finish_follow_up(user, follow_up=None):
    _check_do(user, follow_up)


def check_drop_follow_up(user, follow_up=None):
    _check_do(user, follow_up)


def check_reopen_follow_up(user, follow_up=None):
    _check_do(user, follow_up)


def check_postpone_follow_up(user, follow_up=None):
    _check_do(user, follow_up)


def role_of_place(user):
    """Whether the person has tasks of places beside their own."""
    return user.access.has(*CASE_READERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER)
