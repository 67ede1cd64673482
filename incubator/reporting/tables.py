"""Tables as files: what a list shows, as CSV or as a workbook."""

import csv
import datetime
import io

import xlsxwriter

# A cell that begins with one of these would be computed by the spreadsheet that opens the CSV.
_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 16


def csv_bytes(columns, rows):
    """UTF-8 with a byte order mark, so that Excel shows Chinese; texts that look like formulas are kept as texts."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([str(column) for column in columns])
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return written.getvalue().encode("utf-8-sig")


def xlsx_bytes(title, columns, rows):
    """A workbook with one sheet: head fixed and bold, days as days, numbers as numbers, everything else as text."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
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
    return written.getvalue()


def _harmless(value):
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_COMMANDS):
        return f"'{value}"
    return value
