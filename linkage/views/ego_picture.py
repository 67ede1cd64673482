"""The picture of one organization's support network: itself in the middle, the parties as sectors around it."""

from linkage.choices import Party
from linkage.views.network_picture import (
    ICONS,
    MOST,
    NODE,
    RING,
    SMALL,
    SMALL_NODE,
    SMALL_RING,
    WIDTH,
    columns_of,
    sectors_of,
    short,
    spots_of,
    text_of,
    thickness,
)


def party_key(ends):
    """[{code, label, icon}] of the parties among the ends, in the order of the parties."""
    present = {end.party for end in ends}
    return [{"code": code, "label": Party(code).label, "icon": ICONS[code]} for code in Party.values if code in present]


def small_pictures(network):
    """[what ``linkage/network_small_partial.html`` sets in] per quarter; [] when there are too many ends."""
    if len(network.ends) > MOST:
        return []
    spots = spots_of([(end, end.party) for end in network.ends])
    middle = (SMALL / 2, SMALL / 2)
    found = []
    for quarter in network.quarters:
        lines = []
        for spot in spots:
            if tie := quarter.ties.get(spot.thing):
                x, y = spot.at(middle, SMALL_RING)
                lines.append({
                    "x": text_of(x), "y": text_of(y), "width": text_of(float(thickness(tie.occasions)) / 2),
                    "group": spot.group, "is_new": spot.thing in quarter.new,
                })  # fmt: skip
        found.append({
            "size": SMALL, "middle": text_of(SMALL / 2), "ring": SMALL_RING, "node": SMALL_NODE, "lines": lines,
        })  # fmt: skip
    return found


def large_picture(network, quarter, url_of, *, with_names=True):
    """What ``linkage/network_ego_partial.html`` sets in; None when nothing is to be drawn. Ends that were tied in other
    quarters keep their place, faintly. ``url_of(end)``: where the records of a tie are."""
    if not quarter.ties or len(network.ends) > MOST:
        return None
    spots = spots_of([(end, end.party) for end in network.ends])
    told = [spot for spot in spots if spot.thing in quarter.ties or spot.thing in quarter.lost]
    headers, height = columns_of(told, {code: Party(code).label for code in Party.values})
    width = WIDTH
    if not with_names:
        width = height = 2 * (RING + 3 * NODE)
    middle = (width / 2, height / 2)
    nodes = []
    for spot in spots:
        tie, (x, y) = quarter.ties.get(spot.thing), spot.at(middle, RING)
        name = network.names[spot.thing]
        nodes.append({
            "x": text_of(x), "y": text_of(y), "number_y": text_of(y + 4), "number": spot.number, "group": spot.group,
            "text": short(name.text), "name": name, "tie": tie, "column": spot.column,
            "is_new": spot.thing in quarter.new, "is_lost": spot.thing in quarter.lost,
            "width": thickness(tie.occasions) if tie else "", "url": url_of(spot.thing) if tie else "",
        })  # fmt: skip
    return {
        "width": width, "height": text_of(height), "x": text_of(middle[0]), "y": text_of(middle[1]), "node": NODE,
        "ring": RING, "nodes": nodes, "headers": headers if with_names else [], "names": with_names,
        "sectors": sectors_of(told, middle, RING + NODE + 8),
    }  # fmt: skip
