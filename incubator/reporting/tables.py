"""Tables as files: what a list shows, as CSV or as a workbook."""

import csv
import datetime
import tempfile

import xlsxwriter

# A cell that begins with one of these, also after blanks, would be computed by the spreadsheet that opens it.
_COMMANDS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"  # so that Excel reads the file as UTF-8
# What people wrote stays text: no formula, and no link that leads elsewhere at a click.
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTH = 16


def inert(value):
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; everything else is as it was."""
    if isinstance(value, str) and (value.startswith(_BREAKS) or value.lstrip().startswith(_COMMANDS)):
        return f"'{value}"
    return value


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def csv_lines(columns, rows):
    """The lines of a CSV, one after the other, so that no list is too long: UTF-8 with a byte order mark; texts that
    look like formulas are kept as texts."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([str(column) for column in columns])
    for row in rows:
        yield writer.writerow(["" if value is None else inert(value) for value in row])


def csv_bytes(columns, rows):
    return "".join(csv_lines(columns, rows)).encode()


def xlsx_bytes(title, columns, rows):
    """A workbook as bytes, for short tables."""
    with xlsx_file(title, columns, rows) as book:
        return book.read()


def xlsx_file(title, columns, rows):
    """A workbook with one sheet in an open temporary file: head fixed and bold, days as days, numbers as numbers,
    everything else as text. Rows are written as they come; no list is held in memory."""
    written = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the answer closes it
    options = {"constant_memory": True, **TEXT_STAYS_TEXT}
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet("".join("_" if char in "[]:*?/\\'" else char for char in str(title))[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        for number, column in enumerate(columns):
            sheet.write_string(0, number, str(column), head)
        for line, row in enumerate(rows, start=1):
            for number, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(line, number, value, day)
                elif isinstance(value, (int, float)) and not isinstance(value, bool):
                    sheet.write_number(line, number, value)
                elif value not in (None, ""):
                    sheet.write_string(line, number, str(value))
    written.seek(0)
    return written
