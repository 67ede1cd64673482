"""The picture of what the organizations of a place share: all of them on one circle, lines between those that did
something together."""

from linkage.views.network_picture import (
    MOST,
    NODE,
    RING,
    SMALL,
    SMALL_NODE,
    SMALL_RING,
    WIDTH,
    chord_of,
    columns_of,
    sectors_of,
    short,
    spots_of,
    text_of,
    thickness,
)


def _spots(network):
    """Sectors are communities, counted in the order of their codes; one alone needs no word."""
    return spots_of([(one, one.community.code) for one in network.organizations])


def _words(network):
    names = {one.community.code: one.community.name for one in network.organizations}
    return names if len(names) > 1 else {}


def small_circles(network):
    """[what ``linkage/network_circle_small_partial.html`` sets in] per quarter; [] when there are too many."""
    if not 1 < len(network.organizations) <= MOST:
        return []
    middle = (SMALL / 2, SMALL / 2)
    by_key = {spot.thing.pk: spot for spot in _spots(network)}
    return [_small(quarter, by_key, middle) for quarter in network.quarters]


def _small(quarter, by_key, middle):
    nodes, tied = [], quarter.tied
    for key, spot in by_key.items():
        x, y = spot.at(middle, SMALL_RING)
        nodes.append({"x": text_of(x), "y": text_of(y), "is_tied": key in tied})
    lines = [
        {
            "path": chord_of(by_key[a], by_key[b], middle, SMALL_RING),
            "width": text_of(float(thickness(len(records))) / 2),
        }
        for (a, b), records in quarter.pairs.items()
    ]
    return {"size": SMALL, "node": SMALL_NODE - 1, "lines": lines, "nodes": nodes}


def circle_picture(network, quarter, before, url_of, *, with_names=True):
    """What ``linkage/network_circle_partial.html`` sets in; None when there is nothing to draw or too much. Lines that were
    not there in the quarter ``before`` are new."""
    if not 1 < len(network.organizations) <= MOST:
        return None
    spots = _spots(network)
    headers, height = columns_of(spots, _words(network))
    width = WIDTH
    if not with_names:
        width = height = 2 * (RING + 3 * NODE)
    middle, tied = (width / 2, height / 2), quarter.tied
    by_key = {spot.thing.pk: spot for spot in spots}
    return {
        "width": width, "height": text_of(height), "node": NODE, "ring": RING, "names": with_names,
        "headers": headers if with_names else [],
        "sectors": sectors_of(spots, middle, RING + NODE + 8) if _words(network) else [],
        "lines": [
            {
                "path": chord_of(by_key[a], by_key[b], middle, RING - NODE), "width": thickness(len(records)),
                "is_new": before is not None and (a, b) not in before.pairs, "number": len(records),
                "a": by_key[a].thing, "b": by_key[b].thing,
            }
            for (a, b), records in quarter.pairs.items()
        ],
        "nodes": [
            {
                "x": text_of(spot.at(middle, RING)[0]), "y": text_of(spot.at(middle, RING)[1]),
                "number_y": text_of(spot.at(middle, RING)[1] + 4), "number": spot.number, "text": short(spot.thing.name),
                "thing": spot.thing, "column": spot.column, "is_tied": spot.thing.pk in tied, "url": url_of(spot.thing),
            }
            for spot in spots
        ],
    }  # fmt: skip
