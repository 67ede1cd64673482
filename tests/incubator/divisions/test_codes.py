import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from incubator.divisions.choices import Kind, Level, Setting
from incubator.divisions.codes import ancestor_codes, is_code, kind_of, level_of, parent_code, setting_of, subtree_range

pytestmark = pytest.mark.no_db
WHOLE = Path(__file__).parents[3] / "data" / "divisions-2023.csv.gz"


@pytest.mark.parametrize(
    ("code", "level", "parent", "kind", "setting"),
    [
        ("33", Level.PROVINCE, None, Kind.NONE, Setting.UNKNOWN),
        ("3301", Level.PREFECTURE, "33", Kind.NONE, Setting.UNKNOWN),
        ("330102", Level.COUNTY, "3301", Kind.NONE, Setting.UNKNOWN),
        ("330102000", Level.STREET, "330102", Kind.NONE, Setting.UNKNOWN),
        ("330102001", Level.STREET, "330102", Kind.STREET, Setting.UNKNOWN),
        ("330102099", Level.STREET, "330102", Kind.STREET, Setting.UNKNOWN),
        ("330102100", Level.STREET, "330102", Kind.TOWN, Setting.UNKNOWN),
        ("330102200", Level.STREET, "330102", Kind.TOWNSHIP, Setting.UNKNOWN),
        ("330102399", Level.STREET, "330102", Kind.TOWNSHIP, Setting.UNKNOWN),
        ("330102400", Level.STREET, "330102", Kind.ENTERPRISE, Setting.UNKNOWN),
        ("330102599", Level.STREET, "330102", Kind.ENTERPRISE, Setting.UNKNOWN),
        ("330102600", Level.STREET, "330102", Kind.NONE, Setting.UNKNOWN),
        ("330102001000", Level.COMMUNITY, "330102001", Kind.NONE, Setting.UNKNOWN),
        ("330102001001", Level.COMMUNITY, "330102001", Kind.RESIDENTS_COMMITTEE, Setting.URBAN),
        ("330102001199", Level.COMMUNITY, "330102001", Kind.RESIDENTS_COMMITTEE, Setting.URBAN),
        ("330102001200", Level.COMMUNITY, "330102001", Kind.VILLAGERS_COMMITTEE, Setting.RURAL),
        ("330102001399", Level.COMMUNITY, "330102001", Kind.VILLAGERS_COMMITTEE, Setting.RURAL),
        ("330102001400", Level.COMMUNITY, "330102001", Kind.NONE, Setting.UNKNOWN),
        ("330102001500", Level.COMMUNITY, "330102001", Kind.NONE, Setting.UNKNOWN),
    ],
)
def test_a_code_tells_level_parent_kind_and_setting(code, level, parent, kind, setting):
    assert (level_of(code), parent_code(code), kind_of(code), setting_of(code)) == (level, parent, kind, setting)


@pytest.mark.parametrize(
    "text", ["", "3", "330", "33010", "3301020", "33010200105", "3301020010511", "03", "3a", "３３"]
)
def test_what_is_not_a_code_is_told(text):
    assert is_code(text) is False


def test_the_places_above_are_the_shorter_prefixes():
    assert ancestor_codes("330102001051") == ["33", "3301", "330102", "330102001"]


@pytest.mark.parametrize(("code", "end"), [("33", "34"), ("330109", "330110"), ("99", None)])
def test_a_subtree_is_a_range_of_digits(code, end):
    assert subtree_range(code) == (code, end)


def test_the_whole_shipped_list_falls_under_the_rules_as_documented():
    with gzip.open(WHOLE, "rt", encoding="utf-8", newline="") as lines:
        codes = [row["code"] for row in csv.DictReader(lines)]
    assert len(codes) == len(set(codes)) == 665_276
    assert Counter(kind_of(code) for code in codes if len(code) == 9) == {
        Kind.STREET: 9_066, Kind.TOWN: 21_377, Kind.TOWNSHIP: 8_198, Kind.ENTERPRISE: 2_710, Kind.NONE: 1
    }  # fmt: skip
    assert Counter(setting_of(code) for code in codes if len(code) == 12) == {
        Setting.URBAN: 124_649, Setting.RURAL: 487_144, Setting.UNKNOWN: 8_780
    }  # fmt: skip
