"""Who may do what with activities. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.policies.organization import leads, supervises_place
from projects.choices import ActivityStatus, Source
from projects.querysets import CASE_READERS, LOGGERS, reads_after_handover

READERS = (*CASE_READERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER)
REVIEWERS = (Role.STREET_STAFF, Role.HUB_CENTER)


def check_list_activities(user):
    signed_in(user)


def check_count_activities(user):
    signed_in(user)
    if not user.access.has(*READERS):
        raise PermissionDenied(_("Activities are counted for people with a role in a place or an organization."))


def check_export_activities(user):
    check_count_activities(user)


def check_view_activity(user, activity=None):
    """The same rule as ``Activity.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if activity is None:
        return
    if activity.is_draft:
        if activity.recorded_by_id != user.pk:
            raise PermissionDenied(_("A draft is read only by the person who is writing it."))
        return
    if not _reaches(user, activity) and not reads_after_handover(user, activity):
        raise PermissionDenied(_("This activity is in a place that you have no role in."))


def _reaches(user, activity):
    place = activity.community
    if leads(user, activity.organization) or user.access.covers(place, *CASE_READERS) or supervises_place(user, place):
        return True
    return _served_within_reach(user, activity)


def _served_within_reach(user, activity):
    """Whether the activity also served an organization that the person leads, or one in another of their places."""
    if not activity.reaches_out and not user.access.has(Role.ORGANIZATION_LEADER):
        return False
    for link in activity.served_links:
        if link.is_main:
            continue
        place = link.community
        if leads(user, link.organization):
            return True
        if activity.reaches_out and (user.access.covers(place, *CASE_READERS) or supervises_place(user, place)):
            return True
    return False


def check_view_activities_of(user, organization):
    """Whether the person reads the activities of this organization; the rule of :func:`check_view_activity`."""
    signed_in(user)
    place = organization.community
    if not (leads(user, organization) or user.access.covers(place, *CASE_READERS) or supervises_place(user, place)):
        raise PermissionDenied(_("You have no role for the activities of this organization."))


def check_log_activity(user, organization=None):
    """``organization`` None: whether there is any organization at all that the person may record activities of."""
    signed_in(user)
    if not user.access.has(*LOGGERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER):
        raise PermissionDenied(
            _("Activities are recorded by social workers, communities, service centres and the organizations' leaders.")
        )
    if organization is None:
        return
    if organization.state == "dissolved":
        raise PermissionDenied(_("The organization is dissolved; its file is closed."))
    if leads(user, organization) or user.access.covers(organization.community, *LOGGERS):
        return
    if not supervises_place(user, organization.community):
        raise PermissionDenied(_("You cannot record activities of this organization. Please choose one of your own."))


def _check_put_right(user, activity):
    """The author; of what an organization told itself also the workers who serve the place and its community."""
    check_view_activity(user, activity)
    if activity.recorded_by_id == user.pk:
        return
    if activity.source != Source.ORGANIZATION:
        raise PermissionDenied(_("Only the person who recorded the activity changes it."))
    place = activity.community
    if not user.access.covers(place, Role.SOCIAL_WORKER, Role.COMMUNITY_STAFF) and not supervises_place(user, place):
        raise PermissionDenied(
            _("What an organization recorded is put right by itself, its social workers or its community.")
        )


def check_update_activity(user, activity=None):
    signed_in(user)
    if activity is None:
        return
    _check_put_right(user, activity)
    if not activity.is_draft and not _reaches(user, activity):
        raise PermissionDenied(
            _("Your agency handed this place over. You can still read what you wrote, not change it.")
        )
    if activity.status == ActivityStatus.ACCEPTED:
        raise PermissionDenied(_("The record has been accepted and stays as it is."))
    if activity.status == ActivityStatus.LOCKED:
        raise PermissionDenied(_("The month is closed. Put it right instead: the old value stays beside the new one."))


def check_correct_activity(user, activity=None):
    signed_in(user)
    if activity is None:
        return
    _check_put_right(user, activity)
    if activity.status not in (ActivityStatus.ACCEPTED, ActivityStatus.LOCKED):
        raise PermissionDenied(_("This record can still be changed itself; no correction is needed."))


def check_log_ours(user):
    signed_in(user)
    if not user.access.has(Role.ORGANIZATION_LEADER):
        raise PermissionDenied(_("This page is for the leaders of organizations."))


def check_discard_activity(user, activity=None):
    signed_in(user)
    if activity is None:
        return
    check_view_activity(user, activity)
    if not activity.is_draft:
        raise PermissionDenied(_("It has been recorded already; only drafts can be thrown away."))


def _check_review(user, activity):
    signed_in(user)
    if not user.access.has(*REVIEWERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(_("Records are looked through by supervisors, service centres and street offices."))
    if activity is None:
        return
    check_view_activity(user, activity)
    if activity.recorded_by_id == user.pk:
        raise PermissionDenied(_("Nobody looks through their own record. Please ask a colleague."))
    place = activity.community
    if not user.access.covers(place, *REVIEWERS) and not supervises_place(user, place):
        raise PermissionDenied(_("Records are looked through by supervisors, service centres and street offices."))


def check_return_activity(user, activity=None):
    _check_review(user, activity)


def check_accept_activity(user, activity=None):
    _check_review(user, activity)
