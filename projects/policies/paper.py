"""Who prints and hands on what."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.policies.activity import READERS, check_view_activity
from projects.policies.project import check_view_project
from projects.querysets import CASE_READERS


def check_print_batch(user, thing=None):
    signed_in(user)
    if not user.access.has(*READERS):
        raise PermissionDenied(_("Record forms are printed by people with a role in a place or an organization."))


def check_share_activity(user, activity=None):
    check_view_activity(user, activity)


def check_print_brief(user, activity=None):
    check_view_activity(user, activity)


def check_share_plan(user, plan=None):
    """Whoever reads the project, as in ``ActivityPlan.objects.visible_to``."""
    check_view_project(user, plan and plan.project)


def check_share_announcement(user, announcement=None):
    """The same rule as ``Announcement.objects.visible_to``."""
    signed_in(user)
    if announcement is None or leads(user, announcement.organization):
        return
    place = announcement.community
    if not user.access.covers(place, *CASE_READERS) and not supervises_place(user, place):
        raise PermissionDenied(_("This announcement is in a place that you have no role in."))
