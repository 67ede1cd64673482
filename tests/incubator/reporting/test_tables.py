"""What a list shows, as a file: the same values, Chinese readable in Excel, nothing that computes."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from incubator.reporting.tables import csv_bytes, csv_lines, inert, xlsx_bytes

pytestmark = pytest.mark.no_db
ROWS = [["治安服务队", 3, datetime.date(2026, 5, 1)], ["=1+1", None, None]]


def test_a_csv_opens_in_excel_and_computes_nothing():
    assert csv_bytes(["名称", "人数", "日期"], ROWS).decode("utf-8-sig").splitlines() == [
        "名称,人数,日期",
        "治安服务队,3,2026-05-01",
        "'=1+1,,",
    ]
    assert csv_bytes(["名称"], []).startswith(b"\xef\xbb\xbf")


def test_a_workbook_keeps_numbers_days_and_texts():
    sheet = load_workbook(io.BytesIO(xlsx_bytes("台账/2026", ["名称", "人数", "日期"], ROWS))).active
    assert sheet.title == "台账_2026"
    assert [cell.value for cell in sheet[2]] == ["治安服务队", 3, datetime.datetime(2026, 5, 1)]  # noqa: DTZ001
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    "text", ["=1", "+86", "-x", "@A", " =1", "\u3000=1", "\n=1", "\r\n-1", "\tx", "\nx", " \t@A", "＝1"]
)
def test_a_text_that_would_compute_gets_an_apostrophe(text):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("value", ["治安队", " 一", "a=1", "", -3, None, datetime.date(2026, 5, 1)])
def test_what_computes_nothing_stays_as_it_was(value):
    assert inert(value) == value


def test_a_long_list_is_written_line_by_line():
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield [number]

    lines = csv_lines(["数"], rows())
    assert (next(lines), taken) == ("\ufeff数\r\n", [])
    assert (next(lines), taken) == ("0\r\n", [0])
