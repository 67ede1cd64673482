"""Who adds photos and files to an activity, and who reads them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from projects.choices import EvidenceKind
from projects.policies.activity import check_view_activity
from projects.policies.attendance import check_see_attendance, keeps_activity


def check_view_evidence(user, evidence):
    """The same rule as ``Evidence.objects.visible_to``; a test holds them against each other."""
    check_view_activity(user, evidence.activity)
    if evidence.kind == EvidenceKind.SHEET:
        check_see_attendance(user, evidence.activity)


def check_add_evidence(user, activity):
    check_view_activity(user, activity)
    if activity.is_draft:
        raise PermissionDenied(_("Hand the record in first; photos and files are added afterwards."))
    if not keeps_activity(user, activity):
        raise PermissionDenied(
            _(
                "Photos and files are added by the person who recorded the activity, by those who worked along, by the "
                "organization's leader and by the community."
            )
        )


def check_update_evidence(user, evidence):
    check_view_evidence(user, evidence)
    check_add_evidence(user, evidence.activity)
    if evidence.withdrawn_at:
        raise PermissionDenied(_("It was taken back already."))


def check_withdraw_evidence(user, evidence):
    check_update_evidence(user, evidence)
