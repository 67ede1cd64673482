"""Pictures of a survey's results, drawn on the server: how a scale spreads, how people answered, what they wish for. What
lies along a bar is in percent, so that words stay as large as all others on every screen."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.services.effect_words import figure

FULL = 100
EDGE, INNER = 3, 94  # percent: room left and right for what lies at the ends of a scale
TONES = {
    2: ("low1", "high1"),
    3: ("low2", "mid", "high2"),
    4: ("low2", "low1", "high1", "high2"),
    5: ("low2", "low1", "mid", "high1", "high2"),
    6: ("low3", "low2", "low1", "high1", "high2", "high3"),
    7: ("low3", "low2", "low1", "mid", "high1", "high2", "high3"),
}
BINS_A_POINT, BAR = 2, 34


def along(value, lowest, highest):
    """Where a value of the scale lies, in percent of the width."""
    return round(EDGE + INNER * (value - lowest) / (highest - lowest), 2)


def percent(share):
    return round(share * FULL)


def ticks(points):
    return [{"x": along(value, 1, points), "text": value} for value in range(1, points + 1)]


def bins(values, points):
    number = (points - 1) * BINS_A_POINT
    counts = [0] * number
    for value in values:
        counts[min(int((value - 1) * BINS_A_POINT), number - 1)] += 1
    return counts


def columns(values, points, height, *, most=0):
    """Bars of a distribution, half a point each; the highest (or ``most``, for two beside each other) fills the height."""
    counts = bins(values, points)
    most = most or max(counts, default=0) or 1
    return [
        {
            "x": along(1 + place / BINS_A_POINT, 1, points), "width": round(INNER / len(counts) - 0.4, 2), "count": count,
            "height": round(height * count / most, 1), "top": round(height - height * count / most, 1),
            "from": figure(1 + place / BINS_A_POINT), "until": figure(1 + (place + 1) / BINS_A_POINT),
        }
        for place, count in enumerate(counts)
    ]  # fmt: skip


def scale_rows(scales, *, digits):
    """Each scale with its numbers as text and its strip: columns behind, quartiles as a box, the mean as a dot; what is
    hidden is left out. ``digits`` of the numbers."""
    return [
        {
            "scale": scale,
            "mean": figure(scale.scores.mean, digits), "sd": figure(scale.scores.sd, digits),
            "median": figure(scale.scores.median, digits), "lower": figure(scale.scores.lower_quartile, digits),
            "upper": figure(scale.scores.upper_quartile, digits), "alpha": figure(scale.alpha, 2),
            "has_alpha": scale.alpha is not None, "has_spread": scale.scores.median is not None,
            "strip": _strip(scale) if scale.scores.n else None,
        }
        for scale in scales
    ]  # fmt: skip


def _strip(scale):
    strip = {
        "columns": columns(scale.values, scale.points, BAR), "mean": along(scale.scores.mean, 1, scale.points),
        "ticks": ticks(scale.points),
    }  # fmt: skip
    if scale.scores.median is None:
        return strip
    low, high = (along(getattr(scale.scores, name), 1, scale.points) for name in ("lower_quartile", "upper_quartile"))
    return strip | {
        "box": low, "box_width": max(round(high - low, 2), 0.6), "median": along(scale.scores.median, 1, scale.points),
    }  # fmt: skip


def answer_rows(items, ages, turned, into):
    """Each question with its bar on both sides of a middle: what does not agree to the left, what agrees to the right; where
    single answers are hidden in two parts, and in one where those are hidden too."""
    return [
        {
            "need": item, "place": place, "mean": figure(item.mean), "sd": figure(item.sd), "parts": _parts(item),
            "is_split": item.below is not None, "percent": None if item.below is None else percent(item.below_share),
            "finding": below_words(item), "ages": _ages(item.ages, ages), **_state(item, turned, into),
        }
        for place, item in enumerate(items, start=1)
    ]  # fmt: skip


def below_words(item):
    """How many do not agree yet, or, of a statement that is no good sign, how many have to say so."""
    if item.below is None:
        return ""
    values = {"number": item.below, "all": item.number}
    if item.is_reverse:
        return (
            ngettext("%(number)s of %(all)s has to say so", "%(number)s of %(all)s have to say so", item.below) % values
        )
    return ngettext(
        "%(number)s of %(all)s does not agree yet", "%(number)s of %(all)s do not agree yet", item.below
    ) % values  # fmt: skip


def _parts(item):
    counts, labels, is_ours = _told(item)
    parts, x = [], _start(counts, item.number) if len(counts) > 1 else 0
    room = FULL / 2 if len(counts) > 1 else FULL
    for count, label, tone in zip(counts, labels, TONES.get(len(counts), ("hidden",)), strict=True):
        width = count * room / item.number
        parts.append({
            "label": label, "count": count, "tone": tone, "x": round(x, 2), "width": round(width, 2),
            "share": percent(count / item.number), "is_ours": is_ours,
        })  # fmt: skip
        x += width
    return parts


def _told(item):
    """(how many, of what, whether the words are ours) from what does not agree on."""
    if None not in item.counts:
        order = slice(None, None, -1) if item.is_reverse else slice(None)
        return item.counts[order], item.labels[order], False
    if item.below is None:
        return [item.number], [_("hidden, since too few people")], True
    sides = [_("do not agree yet"), _("already agree")]
    if item.is_reverse:
        sides = [_("have to say so"), _("do not have to say so")]
    return [item.below, item.number - item.below], sides, True


def _start(counts, number):
    """Where a bar begins so that its middle answer lies across the middle of the picture."""
    half = len(counts) // 2
    left = sum(counts[:half]) + (counts[half] / 2 if len(counts) % 2 else 0)
    return FULL / 2 - left * FULL / 2 / number


def option_rows(choice, turned, into):
    """Options that no service could ever answer (when people have time, where they live) are no needs."""
    if not any(option.services for option in choice.options):
        into = None
    return [
        {
            "need": option, "percent": None if option.share is None else percent(option.share),
            "low": option.interval and percent(option.interval.low),
            "high": option.interval and percent(option.interval.high),
            "reach": option.interval and percent(option.interval.high) - percent(option.interval.low),
            "ages": _ages(option.ages, [label for label, _size in choice.ages]),
            **_state(option, turned, into),
        }
        for option in choice.options
    ]  # fmt: skip


def _ages(cells, labels):
    """The cells of a table by age; empty where they are hidden."""
    return [
        {"label": label, "count": count, "percent": share} for (count, share), label in zip(cells, labels, strict=False)
    ]


def _state(need, turned, into):
    projects = turned.get((need.item, need.option), [])
    return {"projects": projects, "can_turn": into is not None and into not in projects}
