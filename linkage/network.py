"""Support networks in numbers: who is tied to whom in a quarter, and what is new. Pure: no Django, no clock, no database.

An *occasion* says that on a day something that was recorded brought an organization together with another end. A *tie*
is all occasions of one organization with one end in one quarter. What several sources say about the same record is one
occasion: a resource linked by an organization that also stands among those served is told once.
"""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

ORGANIZATION = "organization"
MONTHS = 3

# Words in the name of a body that say what it is. The first that fits counts, so the narrower stand before the wider.
WORDS = (
    ("police", ("派出所", "公安", "警务", "警察")),
    ("hospital", ("医院", "卫生院", "卫生服务中心", "卫生服务站", "诊所", "疾控")),
    ("school", ("学校", "小学", "中学", "大学", "学院", "幼儿园", "职高")),
    ("charity", ("基金会", "慈善", "红十字", "爱心会")),
    ("volunteers", ("志愿",)),
    ("street", ("街道办", "镇政府", "乡政府", "街道党工委")),
    ("community", ("居委会", "居民委员会", "村委会", "社区党委", "党群服务中心")),
    ("social_worker", ("社工站", "社工机构", "社会工作服务")),
    (
        "enterprise",
        (
            "公司", "企业", "商会", "超市", "银行", "餐厅", "饭店", "药店", "书店", "商场", "物业", "酒店", "工厂", "店",
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class End:
    """The other end of a tie. ``kind`` says what ``key`` is: the key of an "organization", "agency" or "division", a
    "name" as it was written down, or the "party" itself where nobody wrote which body it was."""

    party: str
    kind: str
    key: int | str

    @property
    def is_organization(self):
        return self.kind == ORGANIZATION


@dataclass(frozen=True, slots=True)
class Occasion:
    """``record`` names what was recorded, like "activity:12"; ``source`` the plug-in that read it."""

    organization: int
    end: End
    source: str
    record: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Tie:
    """``records`` are the occasions in the order of their days, each once, whatever number of sources named it."""

    organization: int
    end: End
    sources: tuple
    records: tuple
    first: datetime.date
    last: datetime.date

    @property
    def occasions(self):
        return len(self.records)


@dataclass(frozen=True, slots=True)
class Numbers:
    """``new`` and ``lost`` against the quarter before; None when that quarter was not looked at."""

    ties: int
    parties: int
    new: int | None = None
    lost: int | None = None


def quarter_of(day):
    """The first day of its quarter."""
    return day.replace(month=day.month - (day.month - 1) % MONTHS, day=1)


def after_quarter(first):
    """The first day of the quarter that follows."""
    return quarter_of(first + datetime.timedelta(days=95))


def quarters_until(last, number):
    """The first days of ``number`` quarters, the last of them the one that ``last`` lies in."""
    found = [quarter_of(last)]
    while len(found) < number:
        found.insert(0, quarter_of(found[0] - datetime.timedelta(days=1)))
    return found


def organization_end(key):
    return End(ORGANIZATION, ORGANIZATION, key)


def as_written(name, length=60):
    """A body's name without the accidents of typing."""
    return " ".join(str(name or "").split())[:length]


def party_of_name(name):
    """The party that a body's name speaks of; "other" when it says nothing."""
    return next((party for party, words in WORDS if any(word in name for word in words)), "other")


def ties_of(occasions):
    """{organization: {end: Tie}}. An organization is not tied to itself."""
    told = defaultdict(lambda: defaultdict(list))
    for one in occasions:
        if one.end != organization_end(one.organization):
            told[one.organization][one.end].append(one)
    return {
        organization: {end: _tie(organization, end, ends[end]) for end in sorted(ends, key=_order)}
        for organization, ends in told.items()
    }


def _order(end):
    return end.party, end.kind, str(end.key).zfill(12)


def _tie(organization, end, found):
    days = {}
    for one in found:
        days[one.record] = min(one.on, days.get(one.record, one.on))
    return Tie(
        organization, end, tuple(sorted({one.source for one in found})),
        tuple(sorted(days, key=lambda record: (days[record], record))), min(days.values()), max(days.values()),
    )  # fmt: skip


def by_quarter(occasions, quarters):
    """[[occasion] of each of ``quarters``]; what lies outside of them is left out."""
    found = {first: [] for first in quarters}
    for one in occasions:
        if (first := quarter_of(one.on)) in found:
            found[first].append(one)
    return [found[first] for first in quarters]


def numbers_of(ties, before=None):
    """:class:`Numbers` of one organization's ties {end: Tie}, against those of the quarter ``before``."""
    new = lost = None
    if before is not None:
        new, lost = len(ties.keys() - before.keys()), len(before.keys() - ties.keys())
    return Numbers(len(ties), len({end.party for end in ties}), new, lost)


def shared_pairs(ties, organizations):
    """{(a, b) with a < b: records} of ties between two of ``organizations``, whichever of the two told them."""
    wanted, found = set(organizations), defaultdict(set)
    for organization, ends in ties.items():
        for end, tie in ends.items():
            if end.is_organization and end.key in wanted and organization in wanted:
                found[min(organization, end.key), max(organization, end.key)].update(tie.records)
    return {pair: frozenset(found[pair]) for pair in sorted(found)}


def density(organizations, pairs):
    """Tied pairs of all possible ones, from 0 to 1; None where there are fewer than two organizations."""
    members = set(organizations)
    if len(members) < 2:
        return None
    tied = sum(1 for pair in combinations(sorted(members), 2) if pair in pairs)
    return tied / (len(members) * (len(members) - 1) // 2)


def between_groups(pairs, group_of):
    """Counter {(group, group) in order: tied pairs}: what communities of a street share with one another."""
    return Counter(tuple(sorted((group_of[a], group_of[b]))) for a, b in pairs)
