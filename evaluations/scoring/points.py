"""From facts to points, a total and a band."""

from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from math import ceil, floor

from evaluations.scoring.facts import (
    ZERO,
    CircularStandardError,
    Fact,
    as_number,
    as_points,
    fact_in,
    holds,
    is_true,
    shown,
)
from evaluations.scoring.results import DimensionResult, FiredRule, IndicatorResult, Result, VetoResult


def score(standard, facts):
    """The Result of these facts by this standard (plain data, see the package). Raises CircularStandardError only; a
    standard with other problems (``check_standard``) is scored as far as it goes, within 0 and full."""
    indicators = {one["code"]: one for one in (*_indicators(standard), *(standard.get("bonus") or ()))}
    scored = {}
    for code in _in_order(indicators):
        scored[code] = _score_indicator(indicators[code], facts, scored)

    dimensions = tuple(_dimension(standard, dimension, scored) for dimension in standard.get("dimensions") or ())
    bonus_indicators = tuple(scored[indicator["code"]] for indicator in standard.get("bonus") or ())
    full = whole_of(standard)
    total = sum((dimension.counted for dimension in dimensions), ZERO)
    before_cap = sum((indicator.points for indicator in bonus_indicators), ZERO)
    cap = as_points(standard.get("bonus_cap"))
    bonus = before_cap if cap is None else min(before_cap, max(cap, ZERO))
    final = _final(standard, total, bonus)
    best = sum((_best(standard, dimension) for dimension in dimensions), ZERO)

    vetoes, unknown = _vetoes(standard, facts, scored)
    at_least = _band(standard, final)
    at_most = _band(standard, _final(standard, best, bonus))
    return Result(
        full=full,
        total=total,
        bonus=bonus,
        bonus_before_cap=before_cap,
        final=final,
        dimensions=dimensions,
        bonus_indicators=bonus_indicators,
        vetoes=vetoes,
        vetoes_unknown=unknown,
        band=at_least if at_least == at_most and not vetoes else None,
        band_at_least=None if vetoes else at_least,
        band_at_most=None if vetoes else at_most,
        missing=tuple(one.code for dimension in dimensions for one in dimension.indicators if one.missing),
        bonus_unclaimed=tuple(one.code for one in bonus_indicators if one.missing),
    )


def _indicators(standard):
    return [
        indicator for dimension in standard.get("dimensions") or () for indicator in dimension.get("indicators") or ()
    ]


def references_of(indicator):
    """Codes of the other indicators that this one reads."""
    named = (indicator.get("source"), (indicator.get("mode") or {}).get("of"))
    return [name.removeprefix("indicator:") for name in named if str(name).startswith("indicator:")]


def _in_order(indicators):
    """Codes so that each comes after those it reads."""
    graph = {code: [name for name in references_of(one) if name in indicators] for code, one in indicators.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise CircularStandardError(f"indicator:{code}" for code in reversed(error.args[1])) from None


def read_source(code, source, facts, scored):
    """The fact of an indicator or veto: under its own code first, then under what its source names."""
    own = fact_in(facts, code)
    if own.value is not None or own.points is not None:
        return own
    kind, _, name = str(source or "").partition(":")
    if kind == "auto":
        return fact_in(facts, name)
    if kind == "document":
        return fact_in(facts, f"document:{name}")
    if kind == "indicator":
        return _earned(name, scored)
    return own


def _earned(code, scored):
    other = scored.get(code)
    if other is None or other.missing:
        return Fact()
    return Fact(other.points, other.evidence)


def _score_indicator(indicator, facts, scored):
    full = as_points(indicator.get("points")) or ZERO
    mode = indicator.get("mode") or {}
    fact = read_source(indicator["code"], indicator.get("source"), facts, scored)
    evidence = fact.evidence
    value, of = fact.value, mode.get("of")
    if mode.get("by") == "ratio" and value is not None:
        if of:
            whole = (
                _earned(of.removeprefix("indicator:"), scored) if of.startswith("indicator:") else fact_in(facts, of)
            )
            evidence = tuple(dict.fromkeys((*evidence, *whole.evidence)))
            value = (value, whole.value)
        value = _ratio(value)
    answer = MODES[mode["kind"]](value, full, mode) if value is not None and mode.get("kind") in MODES else None
    points, rule = answer if answer else (ZERO, FiredRule("unknown", {"source": indicator.get("source")}))
    # A choice that is not on the list is no answer.
    missing = rule.code in {"unknown", "unknown_option"}
    given = as_points(fact.points)
    if given is not None:
        if mode.get("kind") == "judged":
            rule = FiredRule("judged", {"given": given, "of": full})
        else:
            rule = FiredRule("overruled", {"given": given, "computed": None if missing else points, "by": rule.code})
        points, missing = given, False
    points = min(max(points, ZERO), full)
    return IndicatorResult(indicator["code"], points, full, rule, fact.value, evidence, missing)


def _ratio(value):
    """A pair [part, whole] divided; None when that cannot be told. What is no pair is a ratio already."""
    if not isinstance(value, list | tuple):
        return value
    parts = [None if isinstance(part, list | tuple) else as_number(part) for part in value]
    if len(parts) != 2 or None in parts or parts[1] <= 0:
        return None
    return parts[0] / parts[1]


def _fixed(value, full, mode):
    op, need = mode.get("op"), mode.get("value")
    met = is_true(value) if op is None else holds(value, op, need)
    if met is None:
        return None
    return full if met else ZERO, FiredRule("met" if met else "not_met", {"value": value, "op": op, "need": need})


def _deduct(value, full, mode):
    count = as_number(value)
    if count is None:
        return None
    # What is partly missing is missing.
    missing = max(ceil(count), 0)
    per = as_points(mode.get("per")) or ZERO
    if not missing:
        return full, FiredRule("nothing_missing", {})
    lost = min(per * missing, full)
    return full - lost, FiredRule("deducted", {"missing": missing, "per": per, "lost": lost})


def _steps(value, full, mode):
    number, begin, every = as_number(value), as_number(mode.get("from", 1)), as_number(mode.get("every", 1))
    if number is None or begin is None or not every or every < 0:
        return None
    cap = as_points(mode.get("cap"))
    cap = full if cap is None else cap
    if number < begin:
        return ZERO, FiredRule("below_base", {"value": shown(number), "from": shown(begin)})
    base, step = as_points(mode.get("base")) or ZERO, as_points(mode.get("step")) or ZERO
    # No more steps than can count, so that a slip of the key in a fact cannot overflow.
    steps = min(floor((number - begin) / every), 10**9)
    points = min(base + step * steps, cap)
    params = {"value": shown(number), "from": shown(begin), "every": shown(every), "steps": steps}
    return points, FiredRule("base_and_steps", params | {"base": base, "step": step, "cap": cap})


def _tiers(value, full, mode):
    number = as_number(value)
    if number is None:
        return None
    for tier in mode.get("tiers") or ():
        at = as_number(tier.get("at"))
        if at is not None and number >= at:
            return as_points(tier.get("points")) or ZERO, FiredRule("tier", {"value": shown(number), "at": shown(at)})
    return as_points(mode.get("else")) or ZERO, FiredRule("no_tier", {"value": shown(number)})


def _options(value, full, mode):
    for option in mode.get("options") or ():
        if option.get("code") == value:
            return as_points(option.get("points")) or ZERO, FiredRule("option", {"option": value})
    return ZERO, FiredRule("unknown_option", {"option": value})


def _judged(value, full, mode):
    given = None if isinstance(value, bool) else as_points(value)
    return None if given is None else (given, FiredRule("judged", {"given": given, "of": full}))


MODES = {
    "fixed": _fixed,
    "deduct": _deduct,
    "steps": _steps,
    "tiers": _tiers,
    "options": _options,
    "judged": _judged,
}


def whole_of(standard):
    """The declared total; what the dimensions add up to when none is declared."""
    declared = as_points(standard.get("total"))
    if declared is not None:
        return declared
    return sum((_full_of(dimension) for dimension in standard.get("dimensions") or ()), ZERO)


def _full_of(dimension):
    declared = as_points(dimension.get("points"))
    if declared is not None:
        return declared
    return sum((as_points(indicator.get("points")) or ZERO for indicator in dimension.get("indicators") or ()), ZERO)


def _weighed(standard, dimension, points):
    weight, full = as_points(dimension.get("weight")), _full_of(dimension)
    if weight is None:
        return points
    if not full:
        return ZERO
    exact = Fraction(points) / Fraction(full) * Fraction(whole_of(standard)) * Fraction(weight) / 100
    return as_points(exact)


def _dimension(standard, dimension, scored):
    indicators = tuple(scored[indicator["code"]] for indicator in dimension.get("indicators") or ())
    points = sum((indicator.points for indicator in indicators), ZERO)
    counted = _weighed(standard, dimension, points)
    return DimensionResult(dimension["code"], points, _full_of(dimension), counted, indicators)


def _best(standard, dimension):
    """What the dimension would count if all that is unknown had its full points."""
    given = next(one for one in standard["dimensions"] if one["code"] == dimension.code)
    most = sum((one.full if one.missing else one.points for one in dimension.indicators), ZERO)
    return _weighed(standard, given, most)


def _final(standard, total, bonus):
    return total + bonus if standard.get("bonus_beyond_total") else min(total + bonus, whole_of(standard))


def _vetoes(standard, facts, scored):
    fired, unknown = [], []
    for veto in standard.get("vetoes") or ():
        fact = read_source(veto["code"], veto.get("source"), facts, scored)
        op = veto.get("op")
        verdict = is_true(fact.value) if op is None else holds(fact.value, op, veto.get("value"))
        if verdict is None:
            unknown.append(veto["code"])
        elif verdict:
            fired.append(VetoResult(veto["code"], fact.evidence))
    return tuple(fired), tuple(unknown)


def in_band(points, band):
    low, high = as_points(band.get("from")), as_points(band.get("to"))
    above = low is not None and (points > low or (points == low and bool(band.get("from_closed"))))
    below = high is not None and (points < high or (points == high and bool(band.get("to_closed"))))
    return above and below


def _band(standard, points):
    return next((band["code"] for band in standard.get("bands") or () if in_band(points, band)), None)
