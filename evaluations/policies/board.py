"""Who sees the growth board, and who what fades. Where an organization stands is seen by whoever sees the organization;
what it did lately is casework."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.base.policies import signed_in
from organizations.models import SocialOrganization
from projects.querysets.reach import CASE_READERS, case_places, led_by


def check_view_board(user):
    signed_in(user)


def check_list_moves(user):
    signed_in(user)


def check_list_fading(user):
    signed_in(user)
    if not user.access.has(*CASE_READERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER):
        raise PermissionDenied(_("What an organization does is read by those who accompany it and its offices."))


def organizations_read(user):
    """Organizations, not dissolved, whose activities the person reads."""
    found = SocialOrganization.objects.existing()
    if not user.access.has(Role.ORGANIZATION_LEADER):
        return found.in_places(case_places(user))
    here = found.in_places(case_places(user)).values("pk")
    return found.filter(Q(pk__in=here) | Q(pk__in=led_by(user).values("pk")))


def codes_read(user):
    """Codes of the places in which these organizations are."""
    codes = [place.code for place in case_places(user)]
    if user.access.has(Role.ORGANIZATION_LEADER):
        codes += led_by(user).order_by().values_list("community__code", flat=True)
    return codes
