"""Whether a mode's parameters make sense for an indicator of so many points. ``check`` gathers what is found."""

from itertools import pairwise

from evaluations.scoring.facts import ZERO, as_decimal, as_number

NOT_DIVISORS = {"dimension", "rule", "stage", "form"}


def check_mode(check, where, mode, full):
    kind = mode.get("kind")
    if not isinstance(kind, str) or kind not in MODE_CHECKS:
        check.add("unknown_mode", where, given=kind)
        return
    MODE_CHECKS[kind](check, where, mode, full)


def _reach(check, where, most, full):
    """The best outcome has to be the full points exactly, or the sums on paper say something else than the scores."""
    if most > full:
        check.add("above_full_points", where, most=most, full=full)
    elif most < full:
        check.add("full_points_out_of_reach", where, most=most, full=full)


def _fixed(check, where, mode, full):
    if mode.get("op") is not None:
        check.condition(where, mode)


def _deduct(check, where, mode, full):
    per = check.points(mode, "per", where)
    if per is None:
        return
    if per <= 0:
        check.add("per_not_positive", where, given=per)
    elif per > full:
        check.add("above_full_points", where, most=per, full=full)


def _steps(check, where, mode, full):
    base = check.points(mode, "base", where, required=False) or ZERO
    cap = check.points(mode, "cap", where, required=False)
    cap = full if cap is None else cap
    step = as_decimal(mode.get("step"))
    if step is None or step <= 0:
        check.add("step_not_positive", where, given=mode.get("step"))
    else:
        check.points(mode, "step", where)
    every = as_number(mode.get("every", 1))
    if every is None or isinstance(mode.get("every", 1), list) or every <= 0:
        check.add("every_not_positive", where, given=mode.get("every"))
    begin = mode.get("from", 1)
    if as_number(begin) is None or isinstance(begin, list | bool):
        check.add("not_a_number", where, given=begin, field="from")
    if cap < base:
        check.add("cap_below_base", where, base=base, cap=cap)
    else:
        _reach(check, where, cap, full)


def _objects(check, where, mode, key):
    given = mode.get(key)
    if isinstance(given, list) and all(isinstance(one, dict) for one in given):
        return given
    if given is not None:
        check.add("wrong_type", f"{where}/{key}", expected="list of objects")
    return []


def _tiers(check, where, mode, full):
    if mode.get("by", "value") not in ("value", "ratio"):
        check.add("wrong_value", where, given=mode.get("by"), expected="value or ratio")
    of = mode.get("of")
    if of is not None and (not isinstance(of, str) or not of):
        check.add("wrong_type", f"{where}/of", expected="fact")
    elif of is not None and (mode.get("by") != "ratio" or of.partition(":")[0] in NOT_DIVISORS):
        check.add("wrong_value", where, given=of, expected="a fact or indicator to divide by")
    tiers = _objects(check, where, mode, "tiers")
    if not tiers:
        check.add("no_tiers", where)
        return
    rest = check.points(mode, "else", where, required=False) or ZERO
    rows = [(as_number(as_decimal(tier.get("at"))), check.points(tier, "points", where)) for tier in tiers]
    if any(at is None for at, _points in rows):
        check.add("not_a_number", where, field="at")
        return
    points = [points for _at, points in rows]
    if None in points:
        return
    thresholds = [at for at, _points in rows]
    falling = all(one > other for one, other in pairwise(thresholds))
    paying = all(one > other for one, other in zip(points, [*points[1:], rest], strict=True))
    if not (falling and paying):
        check.add("tiers_not_descending", where)
    _reach(check, where, max(*points, rest), full)


def _options(check, where, mode, full):
    options = _objects(check, where, mode, "options")
    if len(options) < 2:
        check.add("too_few_options", where)
        return
    points = []
    for option in options:
        if not isinstance(option.get("code"), str):
            check.add("wrong_type", f"{where}/options", expected="object with a code")
            return
        check.named(f"{where}/{option['code']}", option)
        points.append(check.points(option, "points", f"{where}/{option['code']}"))
    check.unique([(f"{where}/{option['code']}", option["code"]) for option in options])
    if None not in points:
        _reach(check, where, max(points), full)


def _judged(check, where, mode, full):
    pass


MODE_CHECKS = {
    "fixed": _fixed,
    "deduct": _deduct,
    "steps": _steps,
    "tiers": _tiers,
    "options": _options,
    "judged": _judged,
}
