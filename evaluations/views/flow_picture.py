"""The board's picture: how many organizations stood at each stage at the end of each quarter, drawn on the server, and
the moves in between. Widths are in percent, so that the words stay as large as all others on every screen."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.choices import RATED_CHOICES, RATED_STAGES, GrowthStage
from organizations.filters import UNRATED

ROW, BAR, TOP = 62, 30, 24  # pixels: a quarter's row, its bar, and where in the row the bar begins
NUMBER_FROM = 7  # percent of the width from which a part has room for its number
GROWN = (GrowthStage.SAPLING, GrowthStage.TREE)


def flow_picture(quarters, query):
    """What ``evaluations/board_flow_partial.html`` sets in; None when nothing was decided yet. ``query``: the filters in
    use, which the lists behind the numbers keep."""
    if not quarters:
        return None
    widest = max(quarter.total for quarter in quarters) or 1
    rows = [_row(number, quarter, widest, query) for number, quarter in enumerate(quarters)]
    return {
        "rows": rows, "height": len(rows) * ROW, "bar": BAR, "finding": _finding(quarters),
        "key": RATED_CHOICES,
    }  # fmt: skip


def _row(number, quarter, widest, query):
    parts, begin = [], 0
    for stage in RATED_STAGES:
        held = quarter.stock[stage]
        share = round(100 * held / widest, 2)
        parts.append({
            "code": stage.value, "label": stage.label, "number": held, "x": begin, "share": share,
            "middle": begin + share / 2, "text": held if share >= NUMBER_FROM else "",
        })  # fmt: skip
        begin = round(begin + share, 2)
    return {
        "name": _("%(year)s Q%(quarter)s") % {"year": quarter.first.year, "quarter": (quarter.first.month + 2) // 3},
        "total": quarter.total, "parts": parts, "moves": _moves(quarter, query),
        "word_y": number * ROW + TOP - 8, "bar_y": number * ROW + TOP, "text_y": number * ROW + TOP + BAR * 2 // 3,
    }  # fmt: skip


def _moves(quarter, query):
    order, listed = list(GrowthStage.values), reverse("evaluations:board-moves")
    found = []
    for before, after in sorted(quarter.moves, key=lambda move: (order.index(move[0]), order.index(move[1]))):
        asked = query | {"quarter": quarter.code, "before": before or UNRATED, "after": after}
        found.append({
            "before": GrowthStage(before).label, "after": GrowthStage(after).label,
            "number": quarter.moves[before, after], "url": f"{listed}?{urlencode(asked)}",
        })  # fmt: skip
    return found


def _finding(quarters):
    first, last = (sum(quarter.stock[stage] for stage in GROWN) for quarter in (quarters[0], quarters[-1]))
    if len(quarters) == 1:
        return _("At sapling or tree now: %(number)s") % {"number": last}
    values = {"first": first, "last": last}
    if last > first:
        return _("More at sapling or tree: from %(first)s to %(last)s") % values
    if last < first:
        return _("Fewer at sapling or tree: from %(first)s to %(last)s") % values
    return _("At sapling or tree: %(number)s, as at the beginning") % {"number": last}
