"""What people give: points in the columns of the form (self, panel, committee), each with the reason for lost points.

``judged`` is {column: {indicator code: {"points": number or None, "reason": text}}}. A column may also give points for
an indicator that is computed: they take the place of the computed ones in that column.
"""

from evaluations.scoring.facts import ZERO, Fact, as_decimal, as_points, fact_in
from evaluations.scoring.points import read_source, score
from evaluations.scoring.problems import Problem

DEFAULT_COLUMNS = ("self", "panel", "committee")


def _by_code(standard):
    found = [
        indicator for dimension in standard.get("dimensions") or () for indicator in dimension.get("indicators") or ()
    ]
    return {indicator["code"]: indicator for indicator in (*found, *(standard.get("bonus") or ()))}


def _entries(judged):
    return [(column, code, entry or {}) for column, given in judged.items() for code, entry in given.items()]


def check_judged(standard, judged):
    """Problems of what was typed: an unknown column or indicator, no number, outside 0 and full, too many decimals."""
    indicators, columns = _by_code(standard), standard.get("columns") or DEFAULT_COLUMNS
    problems = []
    for column, code, entry in _entries(judged):
        where, given = f"{column}/{code}", entry.get("points")
        if column not in columns:
            problems.append(Problem("unknown_column", where, {"column": column}))
        elif code not in indicators:
            problems.append(Problem("unknown_indicator", where, {"indicator": code}))
        elif given is not None:
            points, full = as_points(given), as_points(indicators[code].get("points")) or ZERO
            if points is None:
                problems.append(Problem("not_a_number", where, {"given": given}))
            elif not 0 <= as_decimal(given) <= full:
                problems.append(Problem("outside_scale", where, {"given": given, "full": full}))
            elif points != as_decimal(given):
                problems.append(Problem("too_many_decimals", where, {"given": given}))
    return problems


def reasons_missing(standard, judged):
    """[(column, indicator code)] in the order of the standard, where a person took points off a dimension's indicator
    and gave no reason. A bonus that was not earned is no loss."""
    columns = standard.get("reason_columns", standard.get("columns") or DEFAULT_COLUMNS)
    missing = []
    for column in (column for column in columns if column in judged):
        for dimension in standard.get("dimensions") or ():
            for indicator in dimension.get("indicators") or ():
                entry = judged[column].get(indicator["code"]) or {}
                points = as_points(entry.get("points"))
                lost = points is not None and points < (as_points(indicator.get("points")) or ZERO)
                if lost and not str(entry.get("reason") or "").strip():
                    missing.append((column, indicator["code"]))
    return missing


def score_columns(standard, facts, judged):
    """{column: Result}: the facts all columns share, with each column's own points."""
    indicators = _by_code(standard)
    results = {}
    for column in standard.get("columns") or DEFAULT_COLUMNS:
        seen = dict(facts)
        for code, entry in (judged.get(column) or {}).items():
            points = as_points((entry or {}).get("points"))
            if points is not None and code in indicators:
                # What the source says stays readable beside the person's points.
                known = read_source(code, indicators[code].get("source"), facts, {})
                seen[code] = Fact(known.value, known.evidence or fact_in(facts, code).evidence, points)
        results[column] = score(standard, seen)
    return results
