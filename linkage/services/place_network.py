"""What the organizations of a place share with one another, per quarter; and who stands alone."""

from dataclasses import dataclass, field

from linkage.network import (
    after_quarter,
    between_groups,
    by_quarter,
    density,
    quarters_until,
    shared_pairs,
    ties_of,
)
from linkage.services.network import QUARTERS, occasions_of
from organizations.models import SocialOrganization

SAME_TYPE = 3  # proposals beside an organization that stands alone


@dataclass
class PlaceQuarter:
    """``pairs``: {(key, key): names of records}. ``outside``: how many organizations share something with one of another
    place. ``alone``: keys of those that shared nothing with another one of the place, in the order of the list."""

    first: object
    pairs: dict
    density: float | None
    new: int
    lost: int
    outside: int
    alone: list

    @property
    def code(self):
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"

    @property
    def tied(self):
        return {key for pair in self.pairs for key in pair}


@dataclass
class PlaceNetwork:
    """``organizations`` in the order of community codes and names."""

    organizations: list
    quarters: list
    by_key: dict = field(default_factory=dict)


def organizations_of(place, user):
    """Those not dissolved that the reader sees in the place; one query."""
    seen = SocialOrganization.objects.visible_to(user).existing().in_places([place])
    return list(seen.select_related("community", "type").order_by("community__code", "pinyin", "pk"))


def place_network(place, user, *, until, source="", number=QUARTERS):
    """:class:`PlaceNetwork`: one query for the organizations and those of the sources, whatever number of organizations
    and quarters."""
    organizations = organizations_of(place, user)
    keys = [one.pk for one in organizations]
    members, firsts = set(keys), quarters_until(until, number + 1)
    found = occasions_of(keys, firsts[0], after_quarter(firsts[-1]), source)
    quarters, before = [], None
    for first, part in zip(firsts, by_quarter(found, firsts), strict=True):
        ties = ties_of(part)
        pairs = shared_pairs(ties, members)
        if before is not None:
            outside = sum(any(end.is_organization and end.key not in members for end in ends) for ends in ties.values())
            tied = {key for pair in pairs for key in pair}
            quarters.append(
                PlaceQuarter(
                    first, pairs, density(keys, pairs), len(pairs.keys() - before.keys()),
                    len(before.keys() - pairs.keys()), outside, [key for key in keys if key not in tied],
                )
            )  # fmt: skip
        before = pairs
    return PlaceNetwork(organizations, quarters, {one.pk: one for one in organizations})


def communities_shared(network, quarter):
    """Counter {(code, code): tied pairs} between the communities of the place."""
    return between_groups(quarter.pairs, {one.pk: one.community.code for one in network.organizations})


def alone_with_proposals(network, quarter):
    """[(organization, [others])] of those at work that shared nothing in the quarter nor in the one before, each with a few
    others of its community, of its type first: they are proposed because they are near, nothing else was weighed."""
    number = network.quarters.index(quarter)
    earlier = network.quarters[number - 1] if number else None
    alone = [
        network.by_key[key]
        for key in quarter.alone
        if network.by_key[key].state == "active" and (earlier is None or key in earlier.alone)
    ]
    return [(one, _near(one, network.organizations)) for one in alone]


def _near(one, organizations):
    near = [
        other for other in organizations
        if other.pk != one.pk and other.community_id == one.community_id and other.state == "active"
    ]  # fmt: skip
    near.sort(key=lambda other: other.type_id != one.type_id)  # stable: inside, as in the list
    return near[:SAME_TYPE]
