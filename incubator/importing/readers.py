"""Lists as people have them: CSV (UTF-8 or GB18030) and xlsx, with titles above and sums below. What a file is, is
told by its bytes, never by its name; whatever cannot be read is refused with one sentence before anything is kept."""

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field

import filetype
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from incubator.base.errors import RuleViolation

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 2_000
MAX_CELLS = 2_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MOST_TOLD = 20  # sentences about one file; the rest is counted
HEAD_WITHIN = 20  # a title, a line for the office and the date, a note: the head is not far below

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
BRACKETS = re.compile(r"[（(\[【〔].*?[)）\]】〕]")
NOISE = re.compile(r"[\s　:：*＊/、，,.。\-_（）()]+")


class FileRefused(RuleViolation):
    """The file as a whole cannot be read; the sentence says why and what would help."""


class SheetRefused(FileRefused):
    """What stands in the file is wrong. ``sentences`` say what, each with its row; of many the first."""

    def __init__(self, sentences):
        more = len(sentences) - MOST_TOLD
        self.sentences = list(sentences[:MOST_TOLD])
        if more > 0:
            self.sentences.append(_("There are %(number)s more.") % {"number": more})
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True)
class SheetRow:
    """``number`` as the spreadsheet shows it; ``values`` by column key; ``cells`` all texts of the row."""

    number: int
    values: dict
    cells: list


@dataclass
class Grid:
    """A sheet as rows of texts, and the merged ranges ((top, left), (bottom, right)), both counted from 0."""

    rows: list
    merged: list = field(default_factory=list)


def read_rows(content, importer):
    """The SheetRows of ``content`` (bytes) below the head that knows most of the importer's columns. Raises
    FileRefused."""
    found = max(
        (_table(grid, importer) for grid in read_grids(content)), key=lambda table: len(table[0]), default=({}, [])
    )
    columns, rows = found
    if not columns:
        raise FileRefused(_("No column of this file is known. Please use the headings of the empty form."))
    missing = [str(column.label) for column in importer.columns if column.required and column.key not in columns]
    if missing:
        raise FileRefused(_("These columns are missing: %(columns)s.") % {"columns": "、".join(missing)})
    if not rows:
        raise FileRefused(_("There is no row below the headings."))
    if len(rows) > MAX_ROWS:
        raise FileRefused(
            _("The list has more than %(count)s rows. Please split it into several files.") % {"count": MAX_ROWS}
        )
    return rows


def read_grids(content):
    """The visible sheets of ``content`` (bytes) as Grids of texts. Raises FileRefused."""
    if not content:
        raise FileRefused(_("The file is empty (0 bytes). Please save it again and upload it then."))
    if len(content) > MAX_BYTES:
        raise FileRefused(_("The file is larger than 10 MB. Please split the list or remove pictures from it."))
    return _grids(content)


def read_table(content, most_rows):
    """[(row's number, texts)] of the largest sheet, the headings first: for lists whose headings are known to nobody but
    the person who uploads them. Raises FileRefused."""
    grid = max(read_grids(content), key=lambda each: len(each.rows), default=Grid([]))
    rows = [(number, row) for number, row in enumerate(grid.rows, start=1) if any(row)]
    while rows and sum(map(bool, rows[0][1])) < 2 <= max(len(row) for _number, row in rows):  # a title
        rows = rows[1:]
    if len(rows) < 2:
        raise FileRefused(_("There is no row below the headings."))
    if len(rows) - 1 > most_rows:
        raise FileRefused(
            _("The list has more than %(count)s rows. Please split it into several files.") % {"count": most_rows}
        )
    return rows


def _grids(content):
    if content.startswith(ZIP):
        return _xlsx_grids(content)
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise FileRefused(_("The file is protected by a password. Please save it without one."))
        raise FileRefused(_("This is an old .xls or .doc file. Please save it as .xlsx or as CSV."))
    kind = filetype.guess(content[:8192])
    if kind is not None:
        if kind.mime.startswith("image/"):
            raise FileRefused(_("This is a picture, whatever its name says. Please upload the list itself."))
        raise FileRefused(_("This is neither an .xlsx file nor CSV, whatever its name says."))
    return [_csv_grid(content)]


def _csv_grid(content):
    text = _decoded(content)
    if "\0" in text:
        raise FileRefused(_("This is not a text file. Please save the list as .xlsx or as CSV."))
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    try:
        return Grid(
            [[cell.strip() for cell in row[:MAX_COLUMNS]] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
        )
    except csv.Error as error:
        raise FileRefused(_("The CSV file is damaged. Please save it again, or as .xlsx.")) from error


def _decoded(content):
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("The characters cannot be read. Please save the list as .xlsx, or as CSV in UTF-8."))


def _xlsx_grids(content):
    _check_archive(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        sheets = [workbook.get_sheet_by_name(name) for name in names]
        return [
            Grid(
                [[_text(cell) for cell in row[:MAX_COLUMNS]] for row in sheet.to_python(skip_empty_area=False)],
                list(sheet.merged_cell_ranges or ()),
            )
            for sheet in sheets
        ]
    except PasswordError as error:
        raise FileRefused(_("The file is protected by a password. Please save it without one.")) from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused(_("The .xlsx file is damaged. Please open it, save it again and upload it then.")) from error


def _check_archive(content):
    """What the archive says about itself is checked, then that it says the truth: sizes, checksums, and how far apart
    the cells lie (one cell in the last corner of a sheet would ask for memory for all in between), of all sheets
    together, since all are read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise FileRefused(_("The file is protected by a password. Please save it without one."))
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise FileRefused(_("The file unpacks to far more than a list holds. Please save only the list."))
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise FileRefused(_("This is an archive or another kind of document, not an .xlsx list."))
            cells = 0
            for part in parts:
                data = archive.read(part)
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    cells += _extent(data)
                    if cells > MAX_CELLS:
                        raise FileRefused(
                            _("There are cells far away from the list. Please copy the list into a new file.")
                        )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise FileRefused(_("The .xlsx file is damaged. Please open it, save it again and upload it then.")) from error


def _extent(sheet):
    """How many cells lie between the first one of a sheet (bytes) and the last."""
    last_row = last_column = 0
    for letters, number, is_empty in CELL.findall(sheet):
        if not is_empty:
            last_row = max(last_row, int(number))
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            last_column = max(last_column, column)
    return last_row * last_column


def _text(cell):
    """As a person would type it."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell).strip()


def _table(grid, importer):
    """({column key: index}, rows below the head) of one sheet."""
    _spread_merged(grid)
    known = {}
    for column in importer.columns:
        for heading in (*column.aliases, column.key, str(column.label)):
            known.setdefault(plain(heading), column.key)
    best, below = {}, 0
    for index in range(min(HEAD_WITHIN, len(grid.rows))):
        depth = _head_depth(grid, index)
        found = _columns(grid.rows[index : index + depth], known)
        if len(found) > len(best):
            best, below = found, index + depth
    best = {column.key: best[column.key] for column in importer.columns if column.key in best}
    rows = []
    for index in range(below, len(grid.rows) if best else 0):
        cells = grid.rows[index]
        values = {key: cells[place] if place < len(cells) else "" for key, place in best.items()}
        if any(values.values()) and not importer.is_note(cells):
            rows.append(SheetRow(index + 1, values, cells))
        if len(rows) > MAX_ROWS:
            break
    return best, rows


def _spread_merged(grid):
    """A merged cell's text stands in each of its cells. A title over the whole width is no head and no row, so it
    stays."""
    for (top, left), (bottom, right) in grid.merged:
        if top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        text = grid.rows[top][left]
        for row in grid.rows[top : bottom + 1]:
            for place in range(left, min(right + 1, len(row))):
                row[place] = text


def _head_depth(grid, index):
    """A head in which cells span two lines, or stand side by side over their own headings, has two lines."""
    inside = [
        (top, left, bottom, right)
        for (top, left), (bottom, right) in grid.merged
        if top == index and right - left + 1 < max(2, len(grid.rows[index]) - 1)
    ]
    return 2 if any(bottom > top or right > left for top, left, bottom, right in inside) else 1


def _columns(lines, known):
    """Column keys by the best heading: the lines read together first, then the lowest, then the upper one."""
    found = {}
    for place in range(max(map(len, lines))):
        texts = [line[place] if place < len(line) else "" for line in lines]
        for heading in ("".join(dict.fromkeys(texts)), *reversed(texts)):
            key = known.get(plain(heading)) if heading else None
            if key:
                found.setdefault(key, place)
                break
    return found


def plain(heading):
    """A heading without what differs from office to office: spaces, line breaks, marks, brackets and their content."""
    return NOISE.sub("", BRACKETS.sub("", heading)).casefold()
