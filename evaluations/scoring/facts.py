"""Facts as they are given, and how they are compared: exactly, with "unknown" as a third answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from math import floor

ZERO = Decimal("0.00")
MOST_POINTS = 1_000_000
# A number with more digits than this before or after the point is no fact of an organization.
MOST_DIGITS = 60
RATIO = re.compile(r"-?[0-9]{1,60}/0*[1-9][0-9]{0,59}")


class CircularStandardError(ValueError):
    """A rule refers to itself, directly or through others; ``circle`` names the nodes."""

    def __init__(self, circle):
        self.circle = tuple(circle)
        super().__init__("The standard is circular: " + " → ".join(self.circle))


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with the keys of its evidence. ``points``: a person's, in place of what the rule would give."""

    value: object = None
    evidence: tuple = ()
    points: object = None

    def __post_init__(self):
        object.__setattr__(self, "evidence", tuple(str(key) for key in self.evidence))


def fact_in(facts, code):
    """The fact under that code; one that tells nothing when there is none."""
    given = facts.get(code)
    if isinstance(given, Fact):
        return given
    if isinstance(given, Mapping):
        return Fact(given.get("value"), tuple(given.get("evidence") or ()), given.get("points"))
    return Fact(given)


def facts_of(manifest):
    """{code: Fact} of the facts of a manifest, {code: {"value", "evidence": [[kind, uuid], …]}}; evidence is named
    ``kind:uuid``."""
    return {
        code: Fact(fact["value"], tuple(f"{kind}:{key}" for kind, key in fact["evidence"]))
        for code, fact in manifest.items()
    }


def freeze_facts(facts):
    """The facts as plain data that score to the same result, for keeping beside a decision."""
    frozen = {}
    for code in sorted(facts):
        fact = fact_in(facts, code)
        frozen[code] = {"value": plain(fact.value), "evidence": list(fact.evidence)}
        if fact.points is not None:
            frozen[code]["points"] = plain(fact.points)
    return frozen


def as_data(facts):
    """{code: {"value", "evidence": [[kind, uuid], …]}}: facts as a manifest keeps them."""
    return {
        code: {"value": plain(fact.value), "evidence": [[kind, str(key)] for kind, key in fact.evidence]}
        for code, fact in sorted(facts.items())
    }


def as_decimal(value):
    """An exact, finite decimal of ordinary size, or None. A float counts as the digits it is written with."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    if isinstance(value, str) and len(value) > 2 * MOST_DIGITS:
        return None
    return _decimal(value)


# A street scores a thousand organizations by the same standard; its numbers are read once.
@lru_cache(maxsize=4096, typed=True)
def _decimal(value):
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except (InvalidOperation, ValueError):  # also an int too long to be written
        return None
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS or len(number.as_tuple().digits) > MOST_DIGITS:
        return None
    return number


def as_number(value):
    """An exact fraction, or None when it is no number. True is 1; a list counts its entries; "2/3" is a fraction."""
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, Fraction):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return Fraction(len(value))
    if isinstance(value, str) and RATIO.fullmatch(value):
        return Fraction(value)
    number = as_decimal(value)
    return None if number is None else _fraction(number)


_fraction = lru_cache(maxsize=4096)(Fraction)


def as_points(value):
    """Points of two decimals (halves go up), or None when it is no number or beyond all scales."""
    number = None if isinstance(value, bool | list | tuple | set | frozenset) else as_number(value)
    return None if number is None else _points(number)


@lru_cache(maxsize=4096)
def _points(number):
    if abs(number) > MOST_POINTS:
        return None
    cents = floor(abs(number) * 100 + Fraction(1, 2))
    return Decimal(cents if number >= 0 else -cents).scaleb(-2)


def plain(value):
    """Plain data for JSON: whole numbers as int, others as text, lists as lists, sets sorted."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, set | frozenset):
        return sorted((plain(entry) for entry in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in value}
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    number = as_decimal(value)
    if number is None:
        return str(value)
    if number == number.to_integral_value():
        return int(number)
    return format(number, "f").rstrip("0")


def shown(number):
    """A number for a sentence: four decimals at most."""
    return Decimal(round(number * 10_000)).scaleb(-4)


def points_text(points):
    """Points as one canonical text: "6", "5.5"."""
    return str(plain(points))


def is_true(value):
    """True, False, or None when unknown. A count is true from 1; so is a text, a list that is not empty."""
    if value is None:
        return None
    number = as_number(value)
    return bool(number) if number is not None else bool(value)


def _same(have, need):
    if isinstance(need, bool):
        return is_true(have) is need
    one, other = (None if isinstance(side, list | tuple) else as_number(side) for side in (have, need))
    if one is not None and other is not None:
        return one == other
    return have == need


def _entries(value):
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


ORDERED = {
    ">=": lambda have, need: have >= need,
    ">": lambda have, need: have > need,
    "<=": lambda have, need: have <= need,
    "<": lambda have, need: have < need,
}
LISTED = {
    "in": lambda have, need: any(_same(have, entry) for entry in need),
    "any_of": lambda have, need: any(_same(one, entry) for one in _entries(have) for entry in need),
    "all_of": lambda have, need: all(any(_same(one, entry) for one in _entries(have)) for entry in need),
}
OPERATORS = (*ORDERED, "==", "!=", *LISTED)


def holds(have, op, need):
    """Whether the fact fulfils the condition; None when it cannot be told."""
    if have is None:
        return None
    if op in ORDERED:
        one, other = as_number(have), as_number(need)
        return None if one is None or other is None else ORDERED[op](one, other)
    if op in LISTED:
        return LISTED[op](have, _entries(need))
    if op in {"==", "!="}:
        return _same(have, need) is (op == "==")
    return None
