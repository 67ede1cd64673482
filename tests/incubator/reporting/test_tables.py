"""What a list shows, as a file: the same values, Chinese readable in Excel, nothing that computes."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from incubator.reporting.tables import csv_bytes, xlsx_bytes

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
