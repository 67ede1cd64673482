"""Credit codes and phones; neither needs Django."""

import subprocess
import sys

import pytest

from organizations.validators import CREDIT_CODE_ALPHABET, CreditCodeError, tidy_phone, validate_credit_code

pytestmark = pytest.mark.no_db

RIGHT = "91350100M000100Y43"  # the example of GB 32100-2015


def test_the_example_of_the_standard_is_right():
    assert validate_credit_code(RIGHT) is None


@pytest.mark.parametrize(
    ("code", "position", "reason"),
    [
        ("", 1, "short"),
        (RIGHT[:-1], 18, "short"),
        (RIGHT + "0", 19, "long"),
        ("O" + RIGHT[1:], 1, "character"),
        (RIGHT[:9] + "I" + RIGHT[10:], 10, "character"),
        (RIGHT.lower(), 9, "character"),
        (RIGHT[:4] + "A" + RIGHT[5:], 5, "division"),
        (RIGHT[:-1] + "4", 18, "check"),
        (RIGHT[:9] + "1" + RIGHT[10:], 18, "check"),
    ],
)
def test_a_wrong_code_names_its_position(code, position, reason):
    with pytest.raises(ValueError, match=f"Position {position}") as error:
        validate_credit_code(code)
    assert isinstance(error.value, CreditCodeError)
    assert (error.value.position, error.value.reason) == (position, reason)


def test_every_single_mistyped_character_is_found():
    for position in range(18):
        for character in CREDIT_CODE_ALPHABET:
            if character != RIGHT[position]:
                with pytest.raises(CreditCodeError):
                    validate_credit_code(RIGHT[:position] + character + RIGHT[position + 1 :])


def test_the_module_works_without_django_settings():
    code = "import sys; from organizations.validators import validate_credit_code; assert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 13800001234", "13800001234"),
        ("１３８00001234", "13800001234"),
        ("0571-87654321", "057187654321"),
        ("8765 4321", "87654321"),
        ("", ""),
    ],
)
def test_phones_are_tidied(typed, tidy):
    assert tidy_phone(typed) == tidy


@pytest.mark.parametrize("typed", ["1380000123", "12345678901", "not told", "138000012345"])
def test_what_is_no_phone_is_refused(typed):
    with pytest.raises(ValueError, match=typed):
        tidy_phone(typed)
