"""Checks that need no database. ``validate_credit_code`` works without Django settings."""

import re

# GB 32100-2015: 18 characters of this alphabet (no I, O, S, V, Z); weights are 3^(i-1) mod 31; the last character is the
# one whose value makes the weighted sum a multiple of 31.
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18
_WEIGHTS = tuple(pow(3, index, 31) for index in range(CREDIT_CODE_LENGTH - 1))


def validate_credit_code(code):
    """Return None for a right 统一社会信用代码; raise ValueError that names the wrong position (1 is the first).

    Source: GB 32100-2015. Lower-case letters are wrong, so that one body has one spelling; forms upper-case before.
    """
    if len(code) != CREDIT_CODE_LENGTH:
        raise ValueError(f"A unified social credit code has 18 characters; this one has {len(code)}.")
    for position, character in enumerate(code, start=1):
        if character not in CREDIT_CODE_ALPHABET:
            raise ValueError(f"Position {position}: “{character}” cannot stand in a unified social credit code.")
    for position in range(3, 9):
        if not code[position - 1].isdigit():
            raise ValueError(f"Position {position}: positions 3 to 8 are the digits of the division code.")
    total = sum(CREDIT_CODE_ALPHABET.index(c) * w for c, w in zip(code, _WEIGHTS, strict=False))
    if CREDIT_CODE_ALPHABET[(31 - total % 31) % 31] != code[-1]:
        raise ValueError("Position 18: the check character does not fit the other 17; one of them is mistyped.")


# What may stand in a street's form of filing numbers; nothing else of Python's formatting is let in.
_PLACEHOLDER = re.compile(r"\{(street|year|number)(?::0([1-6])d)?\}")
NUMBER_LENGTH = 60


def validate_number_pattern(pattern):
    """Return None for a form of numbers that names the year and the number; raise ValueError that says what is wrong."""
    names = [match[1] for match in _PLACEHOLDER.finditer(pattern)]
    rest = _PLACEHOLDER.sub("", pattern)
    if "{" in rest or "}" in rest:
        raise ValueError("Braces hold only {street}, {year} and {number}; {number:03d} fills up to three digits.")
    for name in ("year", "number"):
        if names.count(name) != 1:
            raise ValueError(f"{{{name}}} has to stand in it once, so that no two numbers are the same.")
    if len(pattern) > NUMBER_LENGTH:
        raise ValueError(f"It is longer than {NUMBER_LENGTH} characters.")


def format_filing_number(pattern, *, street, year, number):
    """The number in the street's form. Only the known placeholders are filled in, so a pattern cannot reach into objects."""
    values = {"street": street, "year": year, "number": number}
    return _PLACEHOLDER.sub(
        lambda match: f"{values[match[1]]:0{match[2]}d}" if match[2] and match[1] != "street" else str(values[match[1]]),
        pattern,
    )[:NUMBER_LENGTH]
