"""Who announces, answers and reads announcements (报备)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.policies.activity import READERS, check_log_activity
from projects.querysets import CASE_READERS

ANSWERERS = (Role.COMMUNITY_STAFF, Role.STREET_STAFF)


def check_list_announcements(user):
    signed_in(user)


def check_count_announcements(user):
    signed_in(user)
    if not user.access.has(*READERS):
        raise PermissionDenied(_("Announcements are counted for people with a role in a place or an organization."))


def check_view_announcement(user, announcement=None):
    """The same rule as ``Announcement.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if announcement is None or leads(user, announcement.organization):
        return
    place = announcement.community
    if not user.access.covers(place, *CASE_READERS) and not supervises_place(user, place):
        raise PermissionDenied(_("This announcement is in a place that you have no role in."))


def check_file_announcement(user, organization=None):
    """Whoever records an organization's activities announces them too."""
    check_log_activity(user, organization)


def check_answer_announcement(user, announcement=None):
    signed_in(user)
    if not user.access.has(*ANSWERERS):
        raise PermissionDenied(_("Announcements are answered by the staff of the community or its street."))
    if announcement is None:
        return
    check_view_announcement(user, announcement)
    if not user.access.covers(announcement.community, *ANSWERERS):
        raise PermissionDenied(_("Announcements are answered by the staff of the community or its street."))
    if announcement.filed_by_id == user.pk:
        raise PermissionDenied(_("Nobody answers their own announcement. Please ask a colleague."))


def check_agree_announcement(user, announcement=None):
    check_answer_announcement(user, announcement)


def check_object_announcement(user, announcement=None):
    check_answer_announcement(user, announcement)


def check_withdraw_announcement(user, announcement=None):
    signed_in(user)
    if announcement is None:
        return
    check_view_announcement(user, announcement)
    if announcement.filed_by_id != user.pk:
        raise PermissionDenied(_("Only the person who announced it withdraws it."))


def check_record_announcement(user, announcement=None):
    signed_in(user)
    if announcement is None:
        return
    check_view_announcement(user, announcement)
    if announcement.filed_by_id != user.pk:
        check_log_activity(user, announcement.organization)
