"""Who hands over the work of an agency, and who reads of it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.base.policies import signed_in
from organizations.policies.agency import supervises
from projects.querysets import HANDOVER_OFFICES


def works_for(user, agency):
    return supervises(user, agency) or agency.workers.filter(user=user, left_on__isnull=True).exists()


def check_list_handovers(user, thing=None):
    signed_in(user)


def check_view_handover(user, handover=None):
    """The same rule as ``AgencyHandover.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if handover is None or user.access.covers(handover.division, *HANDOVER_OFFICES):
        return
    if not works_for(user, handover.from_agency) and not works_for(user, handover.to_agency):
        raise PermissionDenied(_("This hand-over is between other agencies, in a place that you have no role in."))


def check_add_handover(user, division=None):
    """``division`` None: whether the person hands over work anywhere."""
    signed_in(user)
    if not user.access.has(*HANDOVER_OFFICES):
        raise PermissionDenied(_("Work is handed over by street offices, service centres and districts."))
    if division is not None and not user.access.covers(division, *HANDOVER_OFFICES):
        raise PermissionDenied(_("You have no role in this place."))


def check_export_own_records(user, handover=None):
    """People of the old agency, as long as they may read."""
    check_view_handover(user, handover)
    if handover is None:
        return
    if not works_for(user, handover.from_agency):
        raise PermissionDenied(_("Here the people of the old agency save what they wrote."))
    if handover.reads_until < timezone.localdate():
        raise PermissionDenied(_("The time in which the old agency reads is over."))
