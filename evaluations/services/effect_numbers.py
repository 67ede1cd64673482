"""What two surveys say about each other, in numbers. Pure: the same answers give the same results, in whatever order they
are read. Nobody's key stands in the results: of single people only pairs of scores, sorted for each scale by itself.

``Sheet``: one answer sheet; ``key`` is empty where it cannot be joined with another.
"""

import math
from collections import Counter
from dataclasses import asdict, dataclass, field

from evaluations.small_cells import FEWEST_PAIRS
from evaluations.statistics import (
    attrition,
    bootstrap_mean_change,
    compare_paired,
    compare_unpaired,
    cronbach_alpha,
    describe,
    holm,
)
from evaluations.validators import scale_mean, turned_rows
from incubator.base.hashes import content_sha256

PAIRED, UNPAIRED = "paired", "unpaired"
DIGITS = 10
ANSWERED_ONCE, LEFT, DOUBTFUL, ALONE = "answered_once", "left", "doubtful", "alone"


@dataclass(frozen=True)
class Sheet:
    key: str
    scores: dict
    answers: dict
    state: str = "linked"


@dataclass(frozen=True)
class Side:
    """One wave: its scales {fingerprint: scale}, in their order, and its sheets."""

    scales: dict
    sheets: tuple
    left: frozenset = field(default=frozenset())


def input_of(sides):
    """Plain data of all that goes in, the same in whatever order the sheets come."""
    return [
        {
            "scales": sorted([scale.fingerprint, scale.code] for scale in side.scales.values()),
            "sheets": sorted(
                [sheet.key, sheet.state, sheet.key in side.left, content_sha256([sheet.scores, sheet.answers])]
                for sheet in side.sheets
            ),
        }
        for side in sides
    ]


def hash_of(sides):
    return content_sha256(input_of(sides))


def compare(before, after, comparison=()):
    """The results of an analysis as plain data (the shape: ``AnalysisRun``). ``comparison``: the two sides of a comparison
    group, or nothing."""
    shared = [key for key in before.scales if key in after.scales]
    seed = int(hash_of([before, after, *comparison])[:8], 16)
    keys = _keys(before) & _keys(after)
    mode = PAIRED if keys or (_keys(before) and _keys(after)) else UNPAIRED
    scales = [_scale(before, after, key, mode, seed) for key in shared]
    found = {
        "mode": mode,
        "counts": _counts(before, after, keys),
        "scales": scales,
        "left_out": _left_out(before, after),
    }
    if comparison:
        _add_comparison(found, comparison, keys_of_scales=shared)
    _adjust(found)
    return _rounded(found)


def _keys(side):
    return {sheet.key for sheet in side.sheets if sheet.key}


def _counts(before, after, matched):
    """People: answered before, after, both times; and why the others of the first survey have no second sheet."""
    why = Counter()
    for sheet in before.sheets:
        if sheet.key in matched:
            continue
        if not sheet.key:
            why[DOUBTFUL if sheet.state == DOUBTFUL else ALONE] += 1
        else:
            why[LEFT if sheet.key in before.left else ANSWERED_ONCE] += 1
    return {
        "before": len(before.sheets), "after": len(after.sheets), "matched": len(matched),
        "lost": len(before.sheets) - len(matched), "new": len(after.sheets) - len(matched),
        "reasons": {name: why[name] for name in (ANSWERED_ONCE, LEFT, DOUBTFUL, ALONE)},
    }  # fmt: skip


def _left_out(before, after):
    """Scales that only one of the surveys has, or that were changed in between, by their names."""
    named = []
    old = {scale.code: scale for key, scale in before.scales.items() if key not in after.scales}
    new = {scale.code: scale for key, scale in after.scales.items() if key not in before.scales}
    for code, scale in {**old, **new}.items():
        why = "changed" if code in old and code in new else "before_only" if code in old else "after_only"
        named.append({"code": code, "label": scale.label, "why": why})
    return named


def _values(scale, side, name):
    """{key: score} from the lowest on; sheets without a key get one of their own: the side's ``name`` and a number."""
    found = []
    for number, sheet in enumerate(side.sheets):
        mean = scale_mean(scale, sheet.scores.get(scale.code))
        if mean is not None:
            found.append((mean, sheet.key or (name, number)))
    return {key: mean for mean, key in sorted(found, key=lambda pair: pair[0])}


def _scale(before, after, key, mode, seed):
    first, second = before.scales[key], after.scales[key]
    old, new = _values(first, before, "before"), _values(second, after, "after")
    found = {
        "code": second.code, "label": second.label, "level": second.level, "points": second.points,
        "higher_is_better": second.higher_is_better, "fingerprint": key,
        "before": asdict(describe(old.values())), "after": asdict(describe(new.values())),
        "alpha_before": _alpha(first, before), "alpha_after": _alpha(second, after),
    }  # fmt: skip
    if mode == UNPAIRED:
        comparison = asdict(compare_unpaired(old.values(), new.values())) if old and new else None
        return found | {
            "unpaired": comparison, "p": comparison and comparison["p"], "values_before": list(old.values()),
            "values_after": list(new.values()),
        }  # fmt: skip
    pairs = sorted((old[person], new[person]) for person in old if person in new)
    lost = asdict(attrition(old, new, 1, second.points)) if old else None
    return found | {"attrition": lost, **_paired(pairs, seed)}


def _paired(pairs, seed):
    differences = [end - start for start, end in pairs]
    found = {
        "pairs": [list(pair) for pair in pairs], "n": len(pairs),
        "rose": sum(value > 0 for value in differences), "fell": sum(value < 0 for value in differences),
        "same": sum(value == 0 for value in differences), "paired": None, "bootstrap": None, "p": None,
    }  # fmt: skip
    if len(pairs) < FEWEST_PAIRS:
        return found
    old, new = zip(*pairs, strict=True)
    comparison = asdict(compare_paired(old, new))
    interval = bootstrap_mean_change(old, new, seed)
    return found | {
        "paired": comparison, "p": comparison["p_wilcoxon"], "bootstrap": list(interval) if interval else None,
    }  # fmt: skip


def _alpha(scale, side):
    rows = sorted(turned_rows(scale, [sheet.answers for sheet in side.sheets]))
    return {"value": cronbach_alpha(rows), "n": len(rows), "items": len(scale.items)}


# --- beside a comparison group ----------------------------------------------------------------------------------------


def _add_comparison(found, sides, *, keys_of_scales):
    """How far the change here differs from the change there: difference in differences, by Welch on the changes of both."""
    before, after = sides
    found["comparison"] = _counts(before, after, _keys(before) & _keys(after))
    here = dict(zip(keys_of_scales, found["scales"], strict=True))
    for key, scale in here.items():
        if key not in before.scales or key not in after.scales or "pairs" not in scale:
            scale["comparison"] = None
            continue
        old, new = _values(before.scales[key], before, "before"), _values(after.scales[key], after, "after")
        changes = sorted(new[person] - old[person] for person in old if person in new)
        own = sorted(end - start for start, end in scale["pairs"])
        scale["comparison"] = {"n": len(changes), "change": None, "did": None, "p": None}
        if min(len(changes), len(own)) >= FEWEST_PAIRS:
            estimate = asdict(compare_unpaired(changes, own))
            scale["comparison"] |= {"change": estimate["mean_before"], "did": estimate, "p": estimate["p"]}


def _adjust(found):
    """Holm over every test of the report, those beside the comparison group included."""
    tests = [scale["p"] for scale in found["scales"]]
    beside = [scale["comparison"] for scale in found["scales"] if scale.get("comparison")]
    adjusted = holm([*tests, *(row["p"] for row in beside)])
    for row, value in zip([*found["scales"], *beside], adjusted, strict=True):
        row["p_holm"] = value
    found["tests"] = sum(value is not None for value in adjusted)


def _rounded(value):
    """Floats to ten digits, so that the last ones never tell one machine from another."""
    if isinstance(value, float):
        return round(value, DIGITS) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, (list, tuple)) else value
