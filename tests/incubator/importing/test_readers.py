import pytest

from incubator.importing.readers import MAX_BYTES, FileRefused, plain, read_rows
from incubator.importing.registries import Column, Importer
from tests.incubator.importing.conftest import ToyImporter, repacked, xlsx

pytestmark = pytest.mark.no_db
TABLE = [["Name", "Phone"], ["读书会", "13900000001"], ["合唱队", ""]]


def read(content):
    return [(row.number, *row.values.values()) for row in read_rows(content, ToyImporter)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_of_offices(encoding, delimiter):
    content = "\r\n".join(delimiter.join(row) for row in TABLE).encode(encoding)
    assert read(content) == [(2, "读书会", "13900000001"), (3, "合唱队", "")]


def test_rows_keep_the_number_that_the_spreadsheet_shows():
    content = '2026年台账,\n,\nName,Phone\n读书会,1\n\n"两\n行",2\n合计,2\n注：一式两份,\n'
    assert read(content.encode()) == [(4, "读书会", "1"), (6, "两\n行", "2")]


def test_xlsx_numbers_and_dates_come_as_people_type_them():
    content = xlsx([["Name", "手机"], ["读书会", 13900000001], ["合唱队", 1.5]])
    assert read(content) == [(2, "读书会", "13900000001"), (3, "合唱队", "1.5")]


def test_a_head_in_two_merged_lines_and_merged_cells_are_read():
    rows = [
        ["表", "", ""],
        ["组织名称", "负责人", ""],
        ["", "姓名", "联系电话"],
        ["读书会", "林", "1"],
        ["", "王", "2"],
    ]
    merge = [(0, 0, 0, 2, "表"), (1, 0, 2, 0, "组织名称"), (1, 1, 1, 2, "负责人"), (3, 0, 4, 0, "读书会")]
    assert read(xlsx(rows, merge)) == [(4, "读书会", "1"), (5, "读书会", "2")]


def test_headings_are_known_without_what_differs_between_offices():
    assert plain(" 人数（人）：\n* ") == plain("人 数") == "人数"


class Organizations(Importer):
    code = "x"
    columns = (
        Column("community", "Community", ("所属社区", "社区名称")),
        Column("name", "Name", ("社区社会组织名称", "组织名称"), required=True),
        Column("phone", "Phone", ("负责人联系电话", "手机")),
        Column("number", "Number", ("登记/备案情况证号", "备案编号/信用代码")),
        Column("members", "Members", ("成员人数", "人数")),
    )


def test_a_register_as_a_street_office_keeps_it_is_read():
    content = xlsx(
        [
            ["社区社会组织基本情况统计表"],
            ["填报单位：望江街道（盖章）"],
            ["序号", "所属社区", "社区社会组织名称", "登记/备案情况", "", "负责人", "", "成员\n人数"],
            ["", "", "", "形式", "证号", "姓名", "联系电话", ""],
            [1, "清泰门社区", "清泰门助老送餐队", "已备案", "20110001", "林秀凤", "15028179657", 32],
            [2, "", "清泰门邻里帮帮团", "已备案", "20160002", "王秀春", 13942604684, "8人"],
            ["合计", "", "2个"],
        ],
        [
            (0, 0, 0, 7, "社区社会组织基本情况统计表"), (1, 0, 1, 7, "填报单位：望江街道（盖章）"),
            (2, 0, 3, 0, "序号"), (2, 1, 3, 1, "所属社区"), (2, 2, 3, 2, "社区社会组织名称"),
            (2, 3, 2, 4, "登记/备案情况"), (2, 5, 2, 6, "负责人"), (2, 7, 3, 7, "成员\n人数"),
            (4, 1, 5, 1, "清泰门社区"),
        ],
    )  # fmt: skip
    assert [(row.number, *row.values.values()) for row in read_rows(content, Organizations)] == [
        (5, "清泰门社区", "清泰门助老送餐队", "15028179657", "20110001", "32"),
        (6, "清泰门社区", "清泰门邻里帮帮团", "13942604684", "20160002", "8人"),
    ]


GOOD = xlsx(TABLE)
TWO_SHEETS = xlsx(TABLE, sheets=2)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def far_away(part, data):
    return data.replace(b'r="A2"', b'r="XFD1048576"') if part == "xl/worksheets/sheet1.xml" else data


def far_away_on_each(part, data):
    """Each sheet alone stays below the limit."""
    return data.replace(b'r="A2"', b'r="GR9000"') if part.startswith("xl/worksheets/") else data


def bomb(part, data):
    return data + b" " * 210_000_000 if part == "xl/styles.xml" else data


REFUSED = {
    "0 bytes": (b"", "empty"),
    "a picture": (PNG, "picture"),
    "a PDF": (b"%PDF-1.7\n" + bytes(100), "neither"),
    "an old xls": (OLE, ".xls"),
    "an encrypted xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "too large": (b"x" * (MAX_BYTES + 1), "10 MB"),
    "a bomb": (lambda: repacked(GOOD, bomb), "unpacks"),
    "a cell in the last corner": (lambda: repacked(GOOD, far_away), "far away"),
    "a cell far away on each of two sheets": (lambda: repacked(TWO_SHEETS, far_away_on_each), "far away"),
    "another archive": (lambda: repacked(GOOD, lambda n, d: None if n == "xl/workbook.xml" else d), "archive"),
    "a cut xlsx": (GOOD[:-200], "damaged"),
    "broken inside": (lambda: repacked(GOOD, lambda n, d: b"<x" if n == "xl/workbook.xml" else d), "damaged"),
    "a flipped byte": (GOOD[:300] + bytes([GOOD[300] ^ 255]) + GOOD[301:], "damaged"),
    "no known column": (b"a,b\n1,2\n", "No column"),
    "a required column missing": (b"Phone,x\n1,2\n", "missing: Name"),
    "only the head": (b"Name,Phone\n", "no row"),
    "too many rows": (b"Name\n" + b"x\n" * 5_001, "5000"),
    "NUL characters": (b"Name\n" + b"\0" * 50, "text file"),
    "noise": (b"\xff\xff\x80\x80" * 50, "cannot be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(name):
    content, words = REFUSED[name]
    with pytest.raises(FileRefused, match=words):
        read_rows(content() if callable(content) else content, ToyImporter)


def test_the_greatest_list_that_is_taken():
    assert len(read(b"Name\n" + b"x\n" * 5_000)) == 5_000
