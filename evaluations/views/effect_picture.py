"""Pictures of a comparison, drawn on the server: each one's change, both distributions, all scales on one axis."""

import math

from evaluations.services.effect_words import figure, interval
from evaluations.views.result_picture import EDGE, INNER, along, bins, columns, ticks

ROW, DOT_ROW, DENSE_ROW, TOP, HALF = 58, 13, 6, 8, 46
DENSE_FROM = 41


def people_picture(scale):
    """Who was low before comes first; a line leads from before to after. For those who serve these people alone: in a
    small group each is recognized without any key."""
    pairs = scale.get("pairs")
    if not pairs:
        return None
    step = DENSE_ROW if len(pairs) >= DENSE_FROM else DOT_ROW
    rows = [
        {
            "y": TOP + step * place + step / 2, "before": along(old, 1, scale["points"]),
            "after": along(new, 1, scale["points"]), "tone": "rose" if new > old else "fell" if new < old else "same",
            "old": figure(old), "new": figure(new),
        }
        for place, (old, new) in enumerate(pairs)
    ]  # fmt: skip
    bottom = TOP + step * len(rows) + 4
    return {
        "rows": rows, "bottom": bottom, "height": bottom + 20, "text_y": bottom + 16, "ticks": ticks(scale["points"]),
        "radius": 2.5 if step == DENSE_ROW else 4.5,
    }  # fmt: skip


def spread_picture(scale):
    """Before above the line, after below it, both with their mean; for those who serve these people alone."""
    if "pairs" in scale:
        if not scale["paired"]:
            return None
        before, after = ([pair[place] for pair in scale["pairs"]] for place in (0, 1))
        means = scale["paired"]["mean_before"], scale["paired"]["mean_after"]
    else:
        if not scale["unpaired"]:
            return None
        before, after = scale["values_before"], scale["values_after"]
        means = scale["unpaired"]["mean_before"], scale["unpaired"]["mean_after"]
    points = scale["points"]
    most = max(*bins(before, points), *bins(after, points))
    return {
        "before": columns(before, points, HALF, most=most), "after": columns(after, points, HALF, most=most),
        "middle": HALF + 2,
        "after_y": HALF + 4, "height": 2 * HALF + 26, "text_y": 2 * HALF + 22, "ticks": ticks(points),
        "mean_before": along(means[0], 1, points), "mean_after": along(means[1], 1, points),
        "told_before": figure(means[0]), "told_after": figure(means[1]), "end": 2 * HALF + 4,
    }  # fmt: skip


def changes_picture(rows, digits):
    """``rows``: (name, estimate with change and interval), one line each, on one axis in points, with so many ``digits``;
    None without any."""
    told = [(name, found) for name, found in rows if found]
    if not told:
        return None
    ends = [abs(value) for _name, found in told for value in found.values() if value is not None]
    reach = max(0.5, math.ceil(max(ends) * 2) / 2)
    lines = [
        {
            "name": name, "text_y": number * ROW + 18, "y": number * ROW + 36,
            "x": along(found["change"], -reach, reach),
            "low": None if found["low"] is None else along(found["low"], -reach, reach),
            "high": None if found["high"] is None else along(found["high"], -reach, reach),
            "text": figure(found["change"], digits, signed=True), "interval": interval(found["low"], found["high"], digits),
        }
        for number, (name, found) in enumerate(told)
    ]  # fmt: skip
    bottom = len(lines) * ROW
    step = 0.5 if reach <= 1 else 1
    marks = [step * number for number in range(math.floor(-reach / step), math.ceil(reach / step) + 1)]
    return {
        "rows": lines, "bottom": bottom, "height": bottom + 22, "text_y": bottom + 18, "zero": EDGE + INNER / 2,
        "ticks": [
            {"x": along(mark, -reach, reach), "text": figure(mark, 0 if step == 1 else 1, signed=True)}
            for mark in marks
            if abs(mark) <= reach
        ],
    }  # fmt: skip
