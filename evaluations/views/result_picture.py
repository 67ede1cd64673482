"""Pictures of a survey's results, drawn on the server: how a scale spreads, how people answered, what they wish for. What
lies along a bar is in percent, so that words stay as large as all others on every screen."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.services.effect_words import figure

FULL = 100
EDGE, INNER = 3, 94  # percent: room left and right for what lies at the ends of a scale
TONES = {
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


def scale_rows(scales, *, shows_columns=True):
    """Each scale with its numbers as text and its strip: columns behind, quartiles as a box, the mean as a dot."""
    return [
        {
            "scale": scale,
            "mean": figure(scale.scores.mean, 2), "sd": figure(scale.scores.sd, 2),
            "median": figure(scale.scores.median, 2), "lower": figure(scale.scores.lower_quartile, 2),
            "upper": figure(scale.scores.upper_quartile, 2), "alpha": figure(scale.alpha, 2),
            "has_alpha": scale.alpha is not None,
            "strip": _strip(scale, shows_columns) if scale.scores.n else None,
        }
        for scale in scales
    ]  # fmt: skip


def _strip(scale, shows_columns):
    low, high = (along(getattr(scale.scores, name), 1, scale.points) for name in ("lower_quartile", "upper_quartile"))
    return {
        "columns": columns(scale.values, scale.points, BAR) if shows_columns else [], "box": low,
        "box_width": max(round(high - low, 2), 0.6), "median": along(scale.scores.median, 1, scale.points),
        "mean": along(scale.scores.mean, 1, scale.points), "ticks": ticks(scale.points),
    }  # fmt: skip


def answer_rows(items, turned, into):
    """Each question with its bar. Without hidden numbers the bar stands on both sides of a middle: what does not agree to
    the left, what agrees to the right; else it begins at the left and ends with what is hidden."""
    return [
        {
            "need": item, "place": place, "mean": figure(item.mean), "sd": figure(item.sd), "parts": _parts(item),
            "is_split": None not in item.counts, "percent": None if item.below is None else percent(item.below_share),
            "finding": below_words(item), **_state(item, turned, into),
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
    tones, order = TONES[len(item.counts)], range(len(item.counts))
    places = list(reversed(order)) if item.is_reverse else list(order)
    counts = [item.counts[place] for place in places]
    labels = [item.labels[place] for place in places]
    hidden = item.number - sum(count for count in counts if count is not None)
    is_split = None not in counts
    parts, x = [], _start(counts, item.number) if is_split else 0
    for count, label, tone in zip(counts, labels, tones, strict=True):
        width = (count or 0) * (FULL / 2 if is_split else FULL) / item.number
        parts.append({
            "label": label, "count": count, "tone": tone, "x": round(x, 2), "width": round(width, 2),
            "share": None if count is None else percent(count / item.number),
        })  # fmt: skip
        x += width
    if not is_split:
        parts.append({
            "label": _("answers of fewer than five people each"), "count": hidden, "tone": "hidden", "is_rest": True,
            "x": round(x, 2), "width": round(FULL - x, 2), "share": percent(hidden / item.number),
        })  # fmt: skip
    return parts


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
            "ages": [
                {"label": label, "count": count, "percent": share}
                for (label, _size), (count, share) in zip(choice.ages, option.ages, strict=True)
            ],
            **_state(option, turned, into),
        }
        for option in choice.options
    ]  # fmt: skip


def _state(need, turned, into):
    projects = turned.get((need.item, need.option), [])
    return {"projects": projects, "can_turn": into is not None and into not in projects}
