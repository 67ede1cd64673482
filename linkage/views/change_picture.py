"""The four things of study 001 before the project and at its end, or so far, as bars.

Two bars for each measure, drawn on the server; widths are in percent, so that the words stay as large as all others on
every screen. No sentence says why anything differs."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linkage.services.project_change import FEWEST

WIDEST = 78  # percent: the number stands behind the bar
WHOLE = 100


def change_picture(project, change):
    """{finding, measures: [{label, note, bars}]}; None when nothing was recorded in either time."""
    before, after = change.before, change.after
    if not before.records and not after.records:
        return None
    listed = reverse("linkage:project-change-records", args=[project.uuid])

    def url(measure, span):
        return f"{listed}?{urlencode({'measure': measure, 'span': span})}"

    measures = [
        _measure(_("Fields of service"), "services", len(before.fields), len(after.fields), url,
                 notes=(_listed(before.fields), _listed(after.fields))),
        _measure(_("Resources linked"), "resources", len(before.resources), len(after.resources), url),
        _measure(_("Residents taking part"), "services", before.residents, after.residents, url,
                 notes=(_untold(before), _untold(after))),
        _share(_("Led by the organization itself"), "led", before.led, after.led, url),
        _share(_("Share of its main field"), "main", before.main, after.main, url),
    ]  # fmt: skip
    return {"finding": _finding(before, after), "measures": measures, "is_thin": _is_thin(before, after)}


def _is_thin(before, after):
    return min(before.records, after.records) < FEWEST


def _finding(before, after):
    """Two counts beside each other; of few records only how many there are."""
    if _is_thin(before, after):
        return _("Records before the start: %(before)s, in the same time now: %(after)s") % {
            "before": before.records, "after": after.records,
        }  # fmt: skip
    return _("Fields of service %(before)s and %(after)s, residents taking part %(people)s and %(people_after)s") % {
        "before": len(before.fields), "after": len(after.fields),
        "people": before.residents, "people_after": after.residents,
    }  # fmt: skip


def _measure(label, code, before, after, url, notes=("", "")):
    most = max(before, after) or 1
    return {
        "label": label,
        "bars": [_bar(span, number, WIDEST * number / most, str(number), url(code, span), note)
                 for span, number, note in (("before", before, notes[0]), ("after", after, notes[1]))],
    }  # fmt: skip


def _share(label, code, before, after, url):
    bars = []
    for span, share in (("before", before), ("after", after)):
        percent = share.percent
        text = _("%(share)s%%") % {"share": percent} if percent is not None else "–"
        bars.append(_bar(span, percent or 0, WIDEST * (percent or 0) / WHOLE, text, url(code, span), _of(share)))
    return {"label": label, "bars": bars}


def _bar(span, number, width, text, url, note):
    return {"span": span, "number": number, "width": f"{width:.1f}", "text": text, "url": url, "note": note}


def _listed(names):
    return pgettext("between the items of a list", ", ").join(names)


def _untold(span):
    if not span.untold:
        return ""
    return ngettext(
        "of %(number)s activity nobody told how many came", "of %(number)s activities nobody told how many came",
        span.untold,
    ) % {"number": span.untold}  # fmt: skip


def _of(share):
    """What the percentage is of; of few records that they are few."""
    values = {"number": share.number, "told": share.told, "fewest": FEWEST, "field": share.word}
    if share.told < FEWEST:
        few = ngettext(
            "%(told)s record: fewer than %(fewest)s, no share is told",
            "%(told)s records: fewer than %(fewest)s, no share is told",
            share.told,
        )
        return few % values
    if share.word:
        return _("%(field)s: %(number)s of %(told)s") % values
    return _("%(number)s of %(told)s") % values
