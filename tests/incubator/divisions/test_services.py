import datetime
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incubator.base.errors import RuleViolation
from incubator.divisions.choices import Kind, Setting
from incubator.divisions.models import Division
from incubator.divisions.readers import CodeListError, read_code_list
from incubator.divisions.services import edition_of, import_divisions
from tests.factories.divisions import sample
from tests.incubator.divisions.conftest import SMALL, as_csv

OLD, NEW = datetime.date(2023, 6, 30), datetime.date(2024, 6, 30)
FIELDS = ("pk", "code", "name", "level", "parent__code", "kind", "setting", "setting_by_hand", "valid_from", "valid_to")


def everything():
    return list(Division.objects.order_by("code").values_list(*FIELDS))


def totals(summary):
    return {outcome: number for outcome, number in summary.total.items() if number}


def without(names, *gone):
    return {code: name for code, name in names.items() if not code.startswith(gone)}


def test_import_divisions_fills_every_field_from_code_and_name(load):
    assert totals(load(SMALL, OLD)) == {"new": 9}
    assert [row[1:] for row in everything()][-3:] == [
        ("330102101", "某镇", 4, "330102", Kind.TOWN, "", False, OLD, None),
        ("330102101200", "某村", 5, "330102101", Kind.VILLAGERS_COMMITTEE, Setting.RURAL, False, OLD, None),
        ("330102101401", "某园区", 5, "330102101", Kind.NONE, Setting.UNKNOWN, False, OLD, None),
    ]


def test_import_divisions_of_the_same_file_again_changes_nothing(load):
    load(edition=OLD)
    before = everything()
    assert totals(load(edition=OLD)) == {"unchanged": len(sample())}
    assert everything() == before


def test_import_divisions_under_takes_the_subtrees_and_what_is_above_them(load):
    load(under=["330102001", "620102"], edition=OLD)
    wanted = {
        c for c in sample() if c.startswith(("330102001", "620102")) or c in {"33", "3301", "330102", "62", "6201"}
    }
    assert set(Division.objects.values_list("code", flat=True)) == wanted


def test_import_divisions_of_a_part_and_then_the_whole_adds_the_rest(load):
    load(under=["330102001"], edition=OLD)
    number = Division.objects.count()
    assert totals(load(edition=OLD)) == {"unchanged": number, "new": len(sample()) - number}


def test_a_new_edition_renames_closes_and_keeps_what_points_at_places(load):
    load(SMALL, OLD)
    keys = dict(Division.objects.values_list("code", "pk"))
    later = without(SMALL, "330102001052") | {"330102001": "清波新街道", "330102001053": "新社区"}
    assert totals(load(later, NEW)) == {"unchanged": 7, "renamed": 1, "closed": 1, "new": 1}
    closed = Division.objects.get(code="330102001052")
    assert (closed.pk, closed.name, closed.valid_to) == (keys[closed.code], "劳动路社区", datetime.date(2024, 6, 29))
    renamed = Division.objects.get(code="330102001")
    assert (renamed.pk, renamed.name, renamed.valid_from) == (keys[renamed.code], "清波新街道", OLD)
    assert Division.objects.get(code="330102001053").valid_from == NEW


def test_a_code_that_comes_back_is_opened_again(load):
    load(SMALL, OLD)
    load(without(SMALL, "330102101"), NEW)
    assert totals(load(SMALL, datetime.date(2025, 6, 30))) == {"unchanged": 6, "reopened": 3}
    assert Division.objects.closed().count() == 0


def test_under_closes_only_in_its_subtrees_and_never_above(load):
    load(SMALL, OLD)
    later = {c: SMALL[c] for c in ("33", "3301", "330102", "330102001", "330102001051")}
    assert totals(load(later, NEW, under=["330102001"])) == {"unchanged": 5, "closed": 1}
    assert Division.objects.closed().get().code == "330102001052"


def test_the_list_of_one_district_does_not_close_its_neighbours(load):
    load(SMALL | {"330106": "西湖区", "330106001": "北山街道"}, OLD)
    assert totals(load(SMALL, NEW)) == {"unchanged": len(SMALL)}


def test_a_code_missing_in_the_same_edition_is_closed_on_its_day(load):
    load(SMALL, OLD)
    assert totals(load(without(SMALL, "330102001052"), OLD)) == {"unchanged": 8, "closed": 1}
    assert Division.objects.closed().get().valid_to == OLD


def test_an_older_list_leaves_later_places_alone(load):
    load(SMALL, NEW)
    assert totals(load(without(SMALL, "330102001052"), OLD)) == {"unchanged": 8}


def test_a_setting_that_a_person_gave_is_kept(load):
    load(SMALL, OLD)
    Division.objects.filter(code="330102101401").update(setting=Setting.RURAL, setting_by_hand=True)
    load(SMALL | {"330102101401": "某新园区"}, NEW)
    kept = Division.objects.get(code="330102101401")
    assert (kept.name, kept.setting, kept.setting_by_hand) == ("某新园区", Setting.RURAL, True)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whatever_was_there_before_a_list_twice_gives_what_the_list_says(data):
    """Any first edition, then any second one twice: current places are exactly the second, and the repetition is
    idle."""
    from django.db import transaction

    def some_list():
        gone = data.draw(st.sets(st.sampled_from(sorted(code for code in SMALL if len(code) > 6))))
        names = without(SMALL, *gone) if gone else dict(SMALL)
        for code in data.draw(st.sets(st.sampled_from(sorted(names)))):
            names[code] += "改"
        return names

    with transaction.atomic():
        first, second = some_list(), some_list()
        import_divisions(io.BytesIO(as_csv(first).encode()), edition=OLD)
        import_divisions(io.BytesIO(as_csv(second).encode()), edition=NEW)
        state = everything()
        assert dict(Division.objects.current().values_list("code", "name")) == second
        again = import_divisions(io.BytesIO(as_csv(second).encode()), edition=NEW)
        assert again.has_changed_anything is False
        assert everything() == state
        transaction.set_rollback(True)


HEAD = b"code,name\n"
ROWS = "33,浙江省\n3301,杭州市\n".encode()
BAD = {
    "nothing": (b"", 1),
    "only the head": (HEAD, 2),
    "another head": ("代码,名称\n".encode() + ROWS, 1),
    "no head": (ROWS, 1),
    "a missing parent": (HEAD + ROWS + "330102001,清波街道\n".encode(), 4),
    "a code too short": (HEAD + ROWS + "330,某\n".encode(), 4),
    "a code with a letter": (HEAD + ROWS + "33010a,某\n".encode(), 4),
    "a padded code": (HEAD + ROWS + "330102000000,某\n".encode(), 4),
    "a code twice": (HEAD + ROWS + "3301,杭州市\n".encode(), 4),
    "no name": (HEAD + ROWS + b"330102,  \n", 4),
    "one column": (HEAD + ROWS + b"330102\n", 4),
    "three columns": (HEAD + ROWS + "330102,上城区,x\n".encode(), 4),
    "a name without end": (HEAD + ROWS + b"330102," + b"x" * 101 + b"\n", 4),
    "a line without end": (HEAD + ROWS + b"330102," + b"x" * 5_000_000, 4),
    "GB18030": (HEAD + b"33,\xd5\xe3\xbd\xad\xca\xa1\n", 2),
    "UTF-16": ("code,name\n33,浙江省\n".encode("utf-16"), 1),
    "NUL characters": (HEAD + ROWS + b"330102,\0\0\n", 4),
    "open quotation marks": (HEAD + ROWS + b'330102,"abc', 4),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), 1),
    "a cut gzip": (gzip.compress(HEAD + ROWS)[:-12], None),
    "a gzip of noise": (b"\x1f\x8b" + bytes(range(200)), 1),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_line_and_nothing_is_kept(load, name):
    load(SMALL, OLD)
    before = everything()
    content, line = BAD[name]
    with pytest.raises(CodeListError) as refusal:
        import_divisions(io.BytesIO(content), edition=NEW)
    assert line is None or refusal.value.line == line
    assert str(refusal.value).startswith(f"Line {refusal.value.line}: ")
    assert everything() == before


def test_a_bad_line_outside_the_part_asked_for_is_refused_too(load):
    with pytest.raises(CodeListError) as refusal:
        load(SMALL | {"62": ""}, OLD, under=["330102001"])
    assert refusal.value.line == 11
    assert Division.objects.count() == 0


@pytest.mark.parametrize("code", ["620102", "abc"])
def test_under_a_code_that_is_not_there_is_refused(load, code):
    with pytest.raises(RuleViolation):
        load(SMALL, OLD, under=[code])


@pytest.mark.no_db
@pytest.mark.parametrize(
    "wrap", [bytes, gzip.compress, lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n") + b"\r\n"]
)
def test_plain_packed_and_from_windows_read_the_same(wrap):
    assert len(read_code_list(io.BytesIO(wrap(as_csv(SMALL).encode())))) == 9


@pytest.mark.no_db
@pytest.mark.parametrize(
    ("name", "day"),
    [("divisions-2023.csv.gz", OLD), ("/2019/list.csv", NEW), ("d20240101.csv", NEW), ("list_2024.csv", NEW)],
)
def test_the_edition_is_read_from_the_year_in_the_name(name, day):
    assert edition_of(name, today=NEW) == day
