"""Who counts who came, who reads the names, who opens the door for signing in."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from organizations.models import SocialOrganization
from organizations.policies.membership import check_see_names
from organizations.policies.organization import leads, supervises_place
from organizations.querysets import NAME_READERS
from projects.choices import ActivityStatus, StaffRole
from projects.policies.activity import check_view_activity
from projects.policies.project import check_view_project


def keeps_activity(user, activity):
    """Whether the person adds to the record what belongs to it: its author, who worked along, the leaders of the
    organizations that it served, the community for its own."""
    if activity.recorded_by_id == user.pk or leads(user, activity.organization):
        return True
    if user.access.covers(activity.community, Role.COMMUNITY_STAFF):
        return True
    if any(row.user_id == user.pk and row.role == StaffRole.TOOK_PART for row in activity.staff.all()):
        return True
    if not user.access.has(Role.ORGANIZATION_LEADER):
        return False
    served = SocialOrganization.objects.filter(pk__in=activity.links.order_by().values("organization_id"))
    return any(leads(user, organization) for organization in served)


def check_take_attendance(user, activity):
    check_view_activity(user, activity)
    if activity.is_draft:
        raise PermissionDenied(_("Hand the record in first; the list of who came is added afterwards."))
    if not keeps_activity(user, activity):
        raise PermissionDenied(
            _(
                "Who came is noted by the person who recorded the activity, by those who worked along, by the "
                "organization's leader and by the community."
            )
        )
    if not activity.took_place:
        raise PermissionDenied(_("The activity did not take place, so nobody came."))
    if activity.status == ActivityStatus.LOCKED:
        raise PermissionDenied(_("The month is closed, and the numbers with it."))


def check_fill_attendance(user, activity):
    check_take_attendance(user, activity)


def check_follow_attendance(user, activity):
    check_take_attendance(user, activity)


def check_complete_attendance(user, activity):
    check_take_attendance(user, activity)


def check_add_attendance_sheet(user, activity):
    check_take_attendance(user, activity)


def check_see_attendance(user, activity):
    """Names of those who came by; the same rule as ``querysets.name_reach``. Members' names have their own rule."""
    check_view_activity(user, activity)
    place = activity.community
    if not (
        leads(user, activity.organization) or user.access.covers(place, *NAME_READERS) or supervises_place(user, place)
    ):
        raise PermissionDenied(_("Names are shown to those who serve these people. You see how many there were."))


def check_view_attendance(user, attendance):
    """The same rule as ``Attendance.objects.visible_to``; a test holds them against each other."""
    check_view_activity(user, attendance.activity)
    if attendance.membership_id:
        check_see_names(user, attendance.membership.organization)
    else:
        check_see_attendance(user, attendance.activity)


def check_remove_attendance(user, attendance):
    check_take_attendance(user, attendance.activity)
    check_view_attendance(user, attendance)
    if attendance.membership_id:
        raise PermissionDenied(_("Members stay on the list. Mark the person as not there instead."))


def check_print_sign_in_sheet(user, activity):
    check_view_activity(user, activity)
    if activity.is_draft:
        raise PermissionDenied(_("Hand the record in first; the list of who came is added afterwards."))


def check_print_sign_in_names(user, activity):
    check_print_sign_in_sheet(user, activity)
    check_see_names(user, activity.organization)


def check_print_plan_sign_in_sheet(user, plan):
    check_view_project(user, plan.project)
