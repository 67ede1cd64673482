"""Checks that need no database. ``validate_credit_code`` works without Django settings."""

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
