"""Who may do what with the joint meetings of a place. The message is the sentence the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.accounts.models import RoleGrant
from incubator.base.policies import signed_in
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from linkage.choices import Party
from linkage.models import SeriesMember
from organizations.models import SocialOrganization
from organizations.policies.organization import supervises_place
from organizations.querysets import COMMUNITY_READERS, served_divisions
from projects.querysets.reach import led_by

# Who keeps the joint meetings of a community; besides them the supervisors of agencies that serve there.
COMMUNITY_KEEPERS = (Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.HUB_CENTER, Role.SOCIAL_WORKER)
STREET_KEEPERS = (Role.STREET_STAFF, Role.HUB_CENTER)
OFFICES = (Role.COMMUNITY_STAFF, Role.STREET_STAFF)  # of the place: they stand in for a chair who has left
LEVELS = (Level.STREET, Level.COMMUNITY)
READERS = (*COMMUNITY_READERS, Role.AGENCY_SUPERVISOR, Role.ORGANIZATION_LEADER)

# For whom the holder of a role speaks who does not stand on the roster.
PARTY_OF_ROLE = (
    (Role.COMMUNITY_STAFF, Party.COMMUNITY),
    (Role.SOCIAL_WORKER, Party.SOCIAL_WORKER),
    (Role.AGENCY_SUPERVISOR, Party.SOCIAL_WORKER),
    (Role.STREET_STAFF, Party.STREET),
    (Role.HUB_CENTER, Party.STREET),
    (Role.ORGANIZATION_LEADER, Party.ORGANIZATION),
    (Role.GRID_WORKER, Party.COMMUNITY),
)


def keeps(user, division):
    """Whether the person keeps the joint meetings of this place. A street's are not kept by its communities."""
    if division.level == Level.STREET:
        return user.access.covers(division, *STREET_KEEPERS)
    return user.access.covers(division, *COMMUNITY_KEEPERS) or supervises_place(user, division)


def places_to_keep(user):
    """The streets and communities whose joint meetings the person keeps, in code order."""
    streets = Division.objects.within(user.access.divisions(*STREET_KEEPERS)).filter(level=Level.STREET)
    below = [*user.access.divisions(*COMMUNITY_KEEPERS), *served_divisions(user)]
    communities = Division.objects.within(below).filter(level=Level.COMMUNITY)
    found = Division.objects.current().filter(pk__in=streets.values("pk"))
    return (found | Division.objects.current().filter(pk__in=communities.values("pk"))).order_by("code")


def party_of(user, series):
    """For which party the person speaks in this series: as the roster says, else by their role."""
    member = SeriesMember.objects.current().filter(series=series, user=user).values_list("party", flat=True).first()
    if member:
        return Party(member)
    return next((party for role, party in PARTY_OF_ROLE if user.access.has(role)), Party.OTHER)


def has_left(person, series):
    """Whether somebody named for the series is gone: the account is closed, or has no role any more and does not stand
    on the roster either."""
    if not person.is_active:
        return True
    if RoleGrant.objects.active().filter(user=person).exists():
        return False
    return not SeriesMember.objects.current().filter(series=series, user=person).exists()


def check_list_series(user):
    signed_in(user)
    if not user.access.has(*READERS) and not SeriesMember.objects.current().filter(user=user).exists():
        raise PermissionDenied(_("Joint meetings are read by those who work in the place or stand on a roster."))


def check_view_series(user, series=None):
    """The same rule as ``MeetingSeries.objects.visible_to``; a test holds them against each other."""
    signed_in(user)
    if series is None or user.access.covers(series.division, *COMMUNITY_READERS):
        return
    if supervises_place(user, series.division):
        return
    if SeriesMember.objects.current().filter(series=series, user=user).exists():
        return
    if not led_by(user).filter(community=series.division_id).exists():
        raise PermissionDenied(_("This joint meeting is held in a place that you have no role in."))


def check_create_series(user, division=None):
    """``division`` None: whether there is any place at all in which the person may."""
    signed_in(user)
    if not user.access.has(*COMMUNITY_KEEPERS, Role.AGENCY_SUPERVISOR):
        raise PermissionDenied(
            _("Joint meetings are set up by communities, streets, centres, social workers and their supervisors.")
        )
    if division is None:
        return
    if division.level not in LEVELS:
        raise PermissionDenied(_("Please choose a community or a street."))
    if not keeps(user, division):
        raise PermissionDenied(_("This is another place. Its own people keep the joint meetings there."))


def check_keep_series(user, series=None):
    """Change, end, roster, meetings by hand."""
    signed_in(user)
    if series is None:
        return
    check_view_series(user, series)
    if not keeps(user, series.division):
        raise PermissionDenied(_("The community, its social workers or the street see to this."))


def check_update_series(user, series=None):
    check_keep_series(user, series)


def check_end_series(user, series=None):
    check_keep_series(user, series)


def check_make_series_feed(user, series=None):
    check_keep_series(user, series)


def check_add_member(user, series=None):
    check_keep_series(user, series)


def check_view_member(user, member=None):
    check_view_series(user, member.series if member else None)


def check_update_member(user, member=None):
    check_keep_series(user, member.series if member else None)


def check_leave_member(user, member=None):
    """Those who keep the series, and everybody for themselves."""
    signed_in(user)
    if member is not None and member.user_id != user.pk:
        check_keep_series(user, member.series)


def organizations_of(division):
    """The organizations that may send somebody to the joint meeting of this place."""
    return SocialOrganization.objects.existing().in_places([division]).order_by("name", "pk")
