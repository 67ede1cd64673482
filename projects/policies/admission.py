"""Who applies for incubation, who checks, admits, refuses, extends, and who records that an organization leaves."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.choices import LeaveOutcome
from projects.querysets import ADMITTERS, CASE_READERS

# Roles on a place that apply for the organizations there, besides the organizations' own leaders.
APPLICANTS = (Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF)


def check_list_admissions(user):
    signed_in(user)


def check_view_admissions_of(user, organization=None):
    signed_in(user)
    if organization is None:
        return
    place = organization.community
    if not (leads(user, organization) or user.access.covers(place, *CASE_READERS) or supervises_place(user, place)):
        raise PermissionDenied(_("You have no role for the admission of this organization."))


def check_view_admission(user, admission=None):
    """The same rule as ``Admission.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if admission is None or leads(user, admission.organization):
        return
    place = admission.community
    if not user.access.covers(place, *CASE_READERS) and not supervises_place(user, place):
        raise PermissionDenied(_("This admission is in a place that you have no role in."))


def check_apply_admission(user, organization=None):
    check_view_admissions_of(user, organization)
    if organization is None:
        return
    if organization.state == "dissolved":
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    if not leads(user, organization) and not user.access.covers(organization.community, *APPLICANTS):
        raise PermissionDenied(_("The organization's leader applies, or its social worker or community on its behalf."))


def is_admitter(user, place):
    return user.access.covers(place, *ADMITTERS) or supervises_place(user, place)


def _check_decide(user, admission):
    check_view_admission(user, admission)
    if admission is None:
        return
    if not is_admitter(user, admission.community):
        raise PermissionDenied(_("This is decided by the service centre, the agency supervisor or the street office."))
    if admission.applied_by_id == user.pk:
        raise PermissionDenied(_("You applied for it yourself, so a colleague decides."))


def check_screen_admission(user, admission=None):
    _check_decide(user, admission)


def check_admit_admission(user, admission=None):
    _check_decide(user, admission)


def check_refuse_admission(user, admission=None):
    _check_decide(user, admission)


def check_extend_admission(user, admission=None):
    _check_decide(user, admission)


def outcomes_for(user, admission):
    """How this person may let it end: offices in every way, the organization's leader by its own wish."""
    if is_admitter(user, admission.community):
        return [LeaveOutcome.GRADUATED, LeaveOutcome.ADVISED, LeaveOutcome.WITHDREW]
    return [LeaveOutcome.WITHDREW] if leads(user, admission.organization) else []


def check_leave_admission(user, admission=None):
    check_view_admission(user, admission)
    if admission is not None and not outcomes_for(user, admission):
        raise PermissionDenied(
            _("Leaving is recorded by the service centre, the supervisor or the street, or wished by the leader.")
        )
