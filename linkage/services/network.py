"""Ties of organizations per quarter, from what is recorded anyway (``linkage.registries.tie_sources``).

The numbers are the same for every reader: they count everything that was recorded. Which other organizations are named,
and which records can be opened, depends on what the reader sees.
"""

from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from incubator.divisions.models import Division
from linkage.choices import Party
from linkage.network import (
    ORGANIZATION,
    Numbers,
    after_quarter,
    by_quarter,
    density,
    numbers_of,
    organization_end,
    quarters_until,
    shared_pairs,
    ties_of,
)
from linkage.registries import tie_sources
from organizations.models import Agency, SocialOrganization

QUARTERS = 8
TOKEN = 12  # letters of an end's name in addresses


@dataclass(frozen=True)
class EndName:
    """How an end is called: ``token`` names it in addresses without saying who it is."""

    text: str
    token: str
    url: str = ""
    is_hidden: bool = False


@dataclass
class Quarter:
    """One organization's ties {end: Tie} in the quarter that begins with ``first``. ``density``: of the organizations it
    is tied with, the share of pairs that are tied themselves; None below two. ``new`` and ``lost`` are ends."""

    first: object
    ties: dict
    numbers: Numbers
    new: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    density: float | None = None
    alters: int = 0

    @property
    def code(self):
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"


@dataclass
class Network:
    """``ends``: everybody it was tied with in any of the quarters, by party and name; ``names`` says how they are called."""

    quarters: list
    ends: list
    names: dict


def occasions_of(organizations, begin, after, source=""):
    """[Occasion] of the organizations with these keys, of one source or of all."""
    keys = set(organizations)
    if not keys:
        return []
    wanted = [plugin for plugin in tie_sources if source in ("", plugin.code)]
    return [one for plugin in wanted for one in plugin.occasions(keys, begin, after)]


def network_of(organization, user, *, until, number=QUARTERS):
    """:class:`Network` of one organization in the ``number`` quarters up to the one of the day ``until``, in a fixed
    number of queries. One quarter more is read, so that the first one knows what is new."""
    firsts = quarters_until(until, number + 1)
    begin, after = firsts[0], after_quarter(firsts[-1])
    found = occasions_of([organization.pk], begin, after)
    per_quarter = [ties_of(part).get(organization.pk, {}) for part in by_quarter(found, firsts)]
    alters = {end.key for ties in per_quarter[1:] for end in ties if end.is_organization}
    among = [ties_of(part) for part in by_quarter(occasions_of(alters, begin, after), firsts)]
    quarters = []
    for place, ties in enumerate(per_quarter[1:], start=1):
        before = per_quarter[place - 1]
        around = {end.key for end in ties if end.is_organization}
        quarters.append(
            Quarter(
                firsts[place], ties, numbers_of(ties, before), [end for end in ties if end not in before],
                [end for end in before if end not in ties], density(around, shared_pairs(among[place], around)),
                len(around),
            )
        )  # fmt: skip
    ends = {end for quarter in quarters for end in (*quarter.ties, *quarter.lost)}
    names = names_of(ends, user)
    return Network(quarters, sorted(ends, key=lambda end: _place_of(end, names)), names)


def names_of(ends, user):
    """{end: EndName}, three queries. An organization that the reader does not see is not named, nor is its address."""
    keys = {kind: {end.key for end in ends if end.kind == kind} for kind in (ORGANIZATION, "agency", "division")}
    seen = SocialOrganization.objects.visible_to(user).filter(pk__in=keys[ORGANIZATION]).order_by("pk")
    known = {organization_end(one.pk): (one.name, one.get_absolute_url()) for one in seen}
    agencies = {one.pk: one.name for one in Agency.objects.filter(pk__in=keys["agency"]).order_by("pk")}
    places = {one.pk: one.name for one in Division.objects.filter(pk__in=keys["division"]).order_by("pk")}
    found = {}
    for end in ends:
        token = token_of(end)
        if end.is_organization:
            text, url = known.get(end, (_("an organization of another place"), ""))
            found[end] = EndName(text, token, url, is_hidden=end not in known)
        elif end.kind == "party":
            found[end] = EndName(str(Party(end.key).label), token)
        else:
            written = {"agency": agencies, "division": places}.get(end.kind, {})
            found[end] = EndName(written.get(end.key, str(end.key)), token)
    return found


def token_of(end):
    """Names the end in an address; nobody can tell from it who it is."""
    return salted_hmac("linkage.network", f"{end.party} {end.kind} {end.key}").hexdigest()[:TOKEN]


def _place_of(end, names):
    return Party.values.index(end.party), names[end].is_hidden, names[end].text, names[end].token


# --- what stands behind a number ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A record behind a number, with the ends that it ties the organization to."""

    record: object
    ends: list


def records_behind(ties, user):
    """([Told] newest first, how many more the reader may not open) of these ties; per source a fixed number of queries.
    A record that ties to several ends is told once."""
    ends = {}
    for tie in ties:
        for name in tie.records:
            ends.setdefault(name, []).append(tie.end)
    keys = {}
    for name in ends:
        kind, _colon, key = name.partition(":")
        keys.setdefault(kind, {})[int(key)] = name
    read = []
    for plugin in tie_sources:
        if plugin.record_kind in keys:
            here = keys[plugin.record_kind]
            read += [(here[key], record) for key, record in plugin.records(set(here), user).items()]
    found = [Told(record, ends[name]) for name, record in read]
    found.sort(key=lambda told: told.record.title)
    found.sort(key=lambda told: told.record.on, reverse=True)
    return found, len(ends) - len(found)
