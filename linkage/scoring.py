"""How well an organization or a resource fits a need: pure, and explainable. Points say the order alone; the reasons are
what people read and decide by.

Points: what it is for (0, 30 or 40), how near it is (10 to 30), whether it is there in time (0 to 10), whether something
is left of it (0 to 10), and how often it met such a need (0 to 20).
"""

import datetime
from dataclasses import dataclass, field

NEAR = {"community": 30, "street": 20, "district": 10}
FITS, FITS_PERHAPS = 40, 30
SOON = datetime.timedelta(days=30)
PER_MET, MOST_MET = 5, 4
RESTS = -15


@dataclass(frozen=True)
class Wanted:
    """What is needed: codes of places, the kind of need, and the types of organizations that serve it."""

    community: str
    category: str
    types: frozenset = frozenset()


@dataclass(frozen=True)
class Candidate:
    """``place`` is a code; ``types``: of an organization its own, of a resource its owner's; ``categories``: the kinds of
    needs that a resource names. ``left`` None: as often as one likes. ``met``: similar needs met by it."""

    key: object
    place: str
    types: frozenset = frozenset()
    categories: frozenset = frozenset()
    valid_until: datetime.date | None = None
    left: int | None = None
    met: int = 0
    rests: bool = False


@dataclass(frozen=True)
class Score:
    key: object
    points: int
    reasons: tuple = field(default=())  # ((code, value), …), the strongest first


def nearness(community, place):
    """ "community", "street", "district", or "" when it is further away. A place that holds the community counts as the
    community's own step: a street's hall is the street's."""
    if place == community:
        return "community"
    if place[:9] == community[:9]:
        return "street"
    return "district" if place[:6] == community[:6] else ""


def score(wanted, candidate, today):
    """Score of one candidate, or None: it is for something else, too far away, over, or used up."""
    near = nearness(wanted.community, candidate.place)
    if not near or candidate.left == 0 or (candidate.valid_until and candidate.valid_until < today):
        return None
    if wanted.category in candidate.categories:
        fit = (FITS, "category")
    elif candidate.types & wanted.types:
        fit = (FITS_PERHAPS, "type")
    elif candidate.met:
        fit = (0, "")
    else:
        return None
    parts = [(fit[0], fit[1], "")] if fit[1] else []
    parts.append((NEAR[near], near, ""))
    if candidate.met:
        parts.append((PER_MET * min(candidate.met, MOST_MET), "met", candidate.met))
    if candidate.valid_until is None or candidate.valid_until - today >= SOON:
        parts.append((10, "", ""))
    else:
        parts.append((0, "ends", candidate.valid_until.isoformat()))
    if candidate.left is not None:
        parts.append((5, "left", candidate.left))
    else:
        parts.append((10, "", ""))
    if candidate.rests:
        parts.append((RESTS, "rests", ""))
    told = sorted((part for part in parts if part[1]), key=lambda part: -part[0])
    return Score(
        candidate.key, max(0, sum(part[0] for part in parts)), tuple((code, value) for _p, code, value in told)
    )


def rank(wanted, candidates, today, most=6):
    """The best, in order; the same for the same input whatever its order."""
    scores = [found for one in candidates if (found := score(wanted, one, today)) is not None]
    return sorted(scores, key=lambda one: (-one.points, str(one.key)))[:most]
