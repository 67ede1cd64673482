"""Pictures of support networks, drawn on the server: the same people at the same place in every quarter, so that what
grows is seen by looking from one picture to the next. Numbers are pixels of the picture's own box."""

import math
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from linkage.choices import Party

WIDTH, RING, NODE = 860, 150, 12  # of the large picture: its width, the circle of the ends, one end
LINE, HEADER = 24, 28  # heights of a name and of the word of its sector, in the columns beside
LEAD, COLUMN = 34, 64  # from the circle to the bend of a leader line, and to the names
SMALL, SMALL_RING, SMALL_NODE = 120, 44, 4.5  # the small ones
MOST = 40  # ends; beyond that the table says it alone
LONGEST = 13  # letters of a name; the whole one stands in the list
THINNEST, THICKEST = 1.5, 8.0

ICONS = {
    Party.COMMUNITY: "house", Party.ORGANIZATION: "people", Party.SOCIAL_WORKER: "person-badge",
    Party.VOLUNTEERS: "heart", Party.CHARITY: "gift", Party.STREET: "building", Party.RESIDENTS: "house-heart",
    Party.POLICE: "shield-check", Party.HOSPITAL: "life-preserver", Party.SCHOOL: "mortarboard",
    Party.ENTERPRISE: "shop", Party.OTHER: "three-dots",
}  # fmt: skip


@dataclass
class Spot:
    """One end on the circle. ``names`` and ``leader`` are set for those that are named in the picture."""

    thing: object
    group: str
    number: int
    angle: float
    column: dict = field(default_factory=dict)

    def at(self, middle, reach):
        return middle[0] + reach * math.cos(self.angle), middle[1] + reach * math.sin(self.angle)

    @property
    def side(self):
        return 1 if math.cos(self.angle) >= -1e-9 else -1


def thickness(occasions):
    """Of the line: one more step for twice as many occasions."""
    return text_of(min(THICKEST, THINNEST + 1.6 * math.log2(max(1, occasions))))


def text_of(value):
    """A number as SVG wants it, in every language."""
    return f"{value:.1f}"


def spots_of(things):
    """[Spot] of (thing, group) pairs around the circle, clockwise from the top, a gap between groups."""
    groups = []
    for _thing, group in things:
        if not groups or groups[-1] != group:
            groups.append(group)
    gap = 0.6 if len(groups) > 1 else 0
    whole = len(things) + gap * len(groups)
    found, place, last = [], 0.0, None
    for number, (thing, group) in enumerate(things, start=1):
        if last is not None and group != last:
            place += gap
        angle = 2 * math.pi * (place + 0.5) / whole - math.pi / 2
        found.append(Spot(thing, group, number, angle))
        place, last = place + 1, group
    return found


def columns_of(spots, labels):
    """Names in two columns beside the circle, in the order of the circle, each sector under its word; sets ``column`` of
    the spots. ``labels``: {group: word}. Returns (headers, height of the picture)."""
    sides = {
        1: [spot for spot in spots if spot.side == 1],
        -1: [spot for spot in reversed(spots) if spot.side == -1],
    }
    heights = {side: _height(rows, labels) for side, rows in sides.items()}
    height = max(2 * RING + 5 * NODE, *heights.values()) + 2 * NODE
    headers, middle = [], (WIDTH / 2, height / 2)
    for side, rows in sides.items():
        y, last = (height - heights[side]) / 2, None
        x = middle[0] + side * (RING + COLUMN)
        anchor = "start" if side == 1 else "end"
        for spot in rows:
            if labels.get(spot.group) and spot.group != last:
                y += HEADER
                headers.append({
                    "x": text_of(x), "y": text_of(y - 7), "anchor": anchor, "group": spot.group,
                    "text": labels[spot.group],
                })  # fmt: skip
            last = spot.group
            y += LINE
            start, bend = spot.at(middle, RING + NODE), (middle[0] + side * (RING + LEAD), y - 8)
            spot.column = {
                "x": text_of(x), "y": text_of(y - 3), "anchor": anchor,
                "leader": f"{text_of(start[0])},{text_of(start[1])} {text_of(bend[0])},{text_of(bend[1])} "
                f"{text_of(x - side * 5)},{text_of(y - 8)}",
            }  # fmt: skip
    return headers, height


def _height(rows, labels):
    """Of a column; its last row needs a little room below."""
    groups = {spot.group for spot in rows if labels.get(spot.group)}
    return len(rows) * LINE + len(groups) * HEADER


def arc_of(spots, middle, reach):
    """The path along the circle behind the spots of one sector."""
    room = math.pi / max(8, 2 * len(spots)) if len(spots) == 1 else 0
    half = (spots[-1].angle - spots[0].angle) / max(1, len(spots) - 1) / 2 if len(spots) > 1 else min(0.16, room)
    begin, end = spots[0].angle - half * 0.8, spots[-1].angle + half * 0.8
    if end - begin >= 2 * math.pi - 0.05:
        end = begin + 2 * math.pi - 0.05
    start = (middle[0] + reach * math.cos(begin), middle[1] + reach * math.sin(begin))
    stop = (middle[0] + reach * math.cos(end), middle[1] + reach * math.sin(end))
    large = 1 if end - begin > math.pi else 0
    return f"M{text_of(start[0])} {text_of(start[1])}A{reach} {reach} 0 {large} 1 {text_of(stop[0])} {text_of(stop[1])}"


def chord_of(one, other, middle, reach):
    """A line between two spots, bent towards the middle."""
    a, b = one.at(middle, reach), other.at(middle, reach)
    pull = 0.35
    bend = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    bend = (bend[0] + (middle[0] - bend[0]) * (1 - pull), bend[1] + (middle[1] - bend[1]) * (1 - pull))
    points = (text_of(value) for point in (a, bend, b) for value in point)
    return "M{} {}Q{} {} {} {}".format(*points)


def short(name):
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def sectors_of(spots, middle, reach):
    """[{group, path}] of the arcs behind the groups, which stand together."""
    groups = {}
    for spot in spots:
        groups.setdefault(spot.group, []).append(spot)
    return [{"group": group, "path": arc_of(rows, middle, reach)} for group, rows in groups.items()]


def percent_of(share):
    """A density as people read it; a dash where there is none."""
    return "–" if share is None else _("%(share)s%%") % {"share": round(100 * share)}
