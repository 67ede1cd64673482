"""The first picture of a project's page: who led, per quarter, drawn on the server. Widths are in percent, so that the
words in it stay as large as all others on every screen."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from projects.choices import LedBy

SHORT = {
    LedBy.WORKER: pgettext_lazy("led by, short", "worker"),
    LedBy.ASSISTED: pgettext_lazy("led by, short", "assisted"),
    LedBy.ORGANIZATION: pgettext_lazy("led by, short", "organization"),
}
ROW, BAR, TOP = 62, 30, 24  # pixels: a quarter's row, its bar, and where in the row the bar begins
WORDS_FROM, NUMBER_FROM = 30, 11  # percent of the width from which a part has room for its word, its number


def led_by_picture(project, quarters):
    """What ``projects/project_led_by_partial.html`` sets in; None when nobody has told yet who led."""
    told = [quarter for quarter in quarters if quarter["told"]]
    if not told:
        return None
    listed = reverse("projects:activity-list")
    rows = []
    for number, quarter in enumerate(told):
        name = _("%(year)s Q%(quarter)s") % {"year": quarter["year"], "quarter": quarter["quarter"]}
        parts, begin = [], 0
        for code, share in quarter["shares"].items():
            query = {
                "project": project.uuid, "led_by": code, "quarter": f"{quarter['year']}-Q{quarter['quarter']}",
                "status": "counted",
            }  # fmt: skip
            parts.append({
                "code": code, "label": LedBy(code).label, "share": share, "number": quarter["numbers"][code],
                "x": begin, "middle": begin + share / 2, "url": f"{listed}?{urlencode(query)}",
                "text": _text(code, share),
            })  # fmt: skip
            begin += share
        rows.append({
            "name": name, "told": quarter["told"], "untold": quarter["untold"], "parts": parts,
            "word_y": number * ROW + TOP - 8, "bar_y": number * ROW + TOP, "text_y": number * ROW + TOP + BAR * 2 // 3,
        })  # fmt: skip
    return {
        "rows": rows, "height": len(rows) * ROW, "bar": BAR, "finding": _finding(told), "key": list(SHORT.items()),
        "untold": sum(quarter["untold"] for quarter in quarters),
    }  # fmt: skip


def _text(code, share):
    if share >= WORDS_FROM:
        return _("%(who)s %(share)s%%") % {"who": SHORT[code], "share": share}
    return _("%(share)s%%") % {"share": share} if share >= NUMBER_FROM else ""


def _finding(told):
    first, last = told[0]["shares"][LedBy.ORGANIZATION], told[-1]["shares"][LedBy.ORGANIZATION]
    if len(told) == 1:
        return _("The organization led %(share)s%% of its activities by itself") % {"share": last}
    values = {"first": first, "last": last}
    if last > first:
        return _("More in the organization's own hands: from %(first)s%% to %(last)s%%") % values
    if last < first:
        return _("Less in the organization's own hands: from %(first)s%% to %(last)s%%") % values
    return _("The organization leads %(share)s%% by itself, as at the beginning") % {"share": last}
