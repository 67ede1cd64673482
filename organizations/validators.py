"""Checks that need no database. ``validate_credit_code`` works without Django settings."""

import re

# GB 32100-2015: 18 characters of this alphabet (no I, O, S, V, Z); weights are 3^(i-1) mod 31; the last character is
# the one whose value makes the weighted sum a multiple of 31.
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18
_WEIGHTS = tuple(pow(3, index, 31) for index in range(CREDIT_CODE_LENGTH - 1))

_PHONE_NOISE = re.compile(r"[\s\-–—()（）.]+")
# A mobile number, or a landline with or without its area code and an extension.
_PHONE = re.compile(r"(?:1[3-9]\d{9}|0\d{9,11}(?:[#转]\d{1,6})?|[2-9]\d{6,7}(?:[#转]\d{1,6})?|400\d{7})")


class CreditCodeError(ValueError):
    """What is wrong with a credit code and where: ``position`` (1 is the first) and ``reason``, one of "short", "long",
    "character", "division", "check". ``str()`` is an English sentence; forms say it in the person's language."""

    SENTENCES = {
        "short": "Position {position} is missing: a credit code has 18 characters, this one has {length}.",
        "long": "Position {position} is too much: a credit code has 18 characters, this one has {length}.",
        "character": "Position {position}: “{character}” cannot stand in a unified social credit code.",
        "division": "Position {position}: positions 3 to 8 are the digits of the division code.",
        "check": "Position {position}: the check character does not fit the other 17; one of them is mistyped.",
    }

    def __init__(self, reason, position, code):
        self.reason, self.position, self.length = reason, position, len(code)
        self.character = code[position - 1 : position]
        super().__init__(self.SENTENCES[reason].format(position=position, length=self.length, character=self.character))


def validate_credit_code(code):
    """Return None for a right 统一社会信用代码; raise CreditCodeError (a ValueError) that names the wrong position.

    Source: GB 32100-2015. Lower-case letters are wrong, so that one body has one spelling; forms upper-case before.
    """
    for position, character in enumerate(code[:CREDIT_CODE_LENGTH], start=1):
        if character not in CREDIT_CODE_ALPHABET:
            raise CreditCodeError("character", position, code)
    if len(code) < CREDIT_CODE_LENGTH:
        raise CreditCodeError("short", len(code) + 1, code)
    if len(code) > CREDIT_CODE_LENGTH:
        raise CreditCodeError("long", CREDIT_CODE_LENGTH + 1, code)
    for position in range(3, 9):
        if not code[position - 1].isdigit():
            raise CreditCodeError("division", position, code)
    total = sum(CREDIT_CODE_ALPHABET.index(c) * w for c, w in zip(code, _WEIGHTS, strict=False))
    if CREDIT_CODE_ALPHABET[(31 - total % 31) % 31] != code[-1]:
        raise CreditCodeError("check", CREDIT_CODE_LENGTH, code)


def tidy_phone(text):
    """The digits of a phone number as people type it ("138-1234 5678", "0571-8765 4321", "+86 138…"); "" for nothing.
    Raises ValueError for what no phone in the country looks like."""
    digits = _PHONE_NOISE.sub("", text).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if digits.startswith("+86"):
        digits = digits[3:]
    if digits and not _PHONE.fullmatch(digits):
        raise ValueError(text)
    return digits


# What may stand in a street's form of filing numbers; nothing else of Python's formatting is let in.
_PLACEHOLDER = re.compile(r"\{(street|year|number)(?::0([1-6])d)?\}")
NUMBER_LENGTH = 60


def validate_number_pattern(pattern):
    """Return None for a form of numbers that names the year and the number; ValueError says what is wrong."""
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
    """The number in the street's form. Only the known placeholders are filled in; a pattern reaches nothing else."""
    values = {"street": street, "year": year, "number": number}
    return _PLACEHOLDER.sub(
        lambda match: (
            f"{values[match[1]]:0{match[2]}d}" if match[2] and match[1] != "street" else str(values[match[1]])
        ),
        pattern,
    )[:NUMBER_LENGTH]
