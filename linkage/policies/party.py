"""For which parties a person speaks in a series: by the roster, and by the roles they hold in its place."""

from incubator.accounts.choices import Role, Scope
from incubator.divisions.choices import Level
from linkage.choices import Party
from linkage.models import SeriesMember
from organizations.policies.organization import supervises_place


def parties_of(user, series):
    """The set of parties, one query. Leaders speak for the organizations of a community, not for a street's."""
    place, found = series.division, set()
    if user.access.covers(place, Role.COMMUNITY_STAFF) and place.level == Level.COMMUNITY:
        found.add(Party.COMMUNITY)
    if user.access.covers(place, Role.SOCIAL_WORKER) or supervises_place(user, place):
        found.add(Party.SOCIAL_WORKER)
    if user.access.covers(place, Role.STREET_STAFF):
        found.add(Party.STREET)
    listed = SeriesMember.objects.current().filter(series=series, user=user)
    return found | {Party(party) for party in listed.order_by().values_list("party", flat=True)}


def organizations_led(user):
    """Public identifiers of the organizations that the person leads."""
    return user.access.bodies(Scope.ORGANIZATION, Role.ORGANIZATION_LEADER)
