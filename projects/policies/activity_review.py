"""Who thanks, comments and looks through records. Returning and accepting stand in activity.py."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import supervises_place
from organizations.querysets import served_divisions
from projects.policies.activity import REVIEWERS, check_view_activity


def review_places(user):
    """The places whose records the person looks through."""
    return [*user.access.divisions(*REVIEWERS), *served_divisions(user)]


def check_list_review(user):
    signed_in(user)
    if not user.access.has(*REVIEWERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Records are looked through by supervisors, service centres and street offices."))


def _looks_through(user, activity):
    place = activity.community
    return user.access.covers(place, *REVIEWERS) or supervises_place(user, place)


def check_thank_activity(user, activity=None):
    check_list_review(user)
    if activity is None:
        return
    check_view_activity(user, activity)
    if activity.is_draft:
        raise PermissionDenied(_("A draft is read only by the person who is writing it."))
    if activity.recorded_by_id == user.pk:
        raise PermissionDenied(_("This is your own record."))
    if not _looks_through(user, activity):
        raise PermissionDenied(_("Records are looked through by supervisors, service centres and street offices."))


def check_comment_activity(user, activity=None):
    """Those who look records through, and the author, who may answer."""
    signed_in(user)
    if activity is None:
        return
    check_view_activity(user, activity)
    if activity.is_draft:
        raise PermissionDenied(_("A draft is read only by the person who is writing it."))
    if activity.recorded_by_id != user.pk and not _looks_through(user, activity):
        raise PermissionDenied(
            _("Comments are written by supervisors, service centres, street offices and the person who recorded it.")
        )
