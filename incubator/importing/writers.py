"""Spreadsheets that go back to people: the empty form of an importer, and the rows that were not taken."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _

USUAL_WIDTH = 18


def empty_form(importer):
    """xlsx bytes: the headings (required ones marked), what belongs in them, and one example row."""
    rows = [[column.sample for column in importer.columns]]
    heads = [f"{column.label}*" if column.required else str(column.label) for column in importer.columns]
    return _table(str(importer.label), heads, rows, hints=[str(column.hint) for column in importer.columns])


def table_of(title, heads, rows):
    """xlsx bytes of any table of texts."""
    return _table(title, heads, rows)


def rejected_rows(importer, rows, errors):
    """xlsx bytes: the rejected rows as they came, with the row's number and the reasons in front."""
    reasons = {}
    for error in errors:
        text = _("%(column)s: %(reason)s") % error if error["column"] else error["reason"]
        reasons.setdefault(error["row"], []).append(text)
    heads = [_("Row in your file"), _("What is wrong"), *(str(column.label) for column in importer.columns)]
    lines = [
        [row.number, "\n".join(reasons[row.number]), *(row.values.get(column.key, "") for column in importer.columns)]
        for row in rows
        if row.number in reasons
    ]
    return _table(_("Rejected rows"), heads, lines)


@dataclass(frozen=True)
class Sheet:
    """``columns`` {key: heading}; ``rows`` dicts by these keys; ``widths`` of the first columns, in characters; ``hints``
    stand as comments at the headings."""

    title: str
    columns: dict
    rows: Iterable
    widths: tuple = ()
    hints: tuple = ()


def workbook(sheets):
    """xlsx bytes of the sheets, each with a heading that stays in sight. Whole numbers are written as numbers, all the
    rest as text."""
    target = io.BytesIO()
    # A cell that begins with "=" stays text: a list from elsewhere must not run formulas on the next computer.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8F3EE", "border": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for sheet in sheets:
            _write(book.add_worksheet(str(sheet.title)[:31]), sheet, bold, text)
    return target.getvalue()


def _write(page, sheet, bold, text):
    for place, label in enumerate(sheet.columns.values()):
        page.write_string(0, place, str(label), bold)
        page.set_column(place, place, sheet.widths[place] if place < len(sheet.widths) else USUAL_WIDTH, text)
        if place < len(sheet.hints) and sheet.hints[place]:
            page.write_comment(0, place, sheet.hints[place])
    for number, row in enumerate(sheet.rows, start=1):
        for place, key in enumerate(sheet.columns):
            value = row.get(key)
            if isinstance(value, int) and not isinstance(value, bool):
                page.write_number(number, place, value, text)
            else:
                page.write_string(number, place, "" if value is None else str(value), text)
    page.freeze_panes(1, 0)


def _table(title, heads, rows, hints=()):
    """The same of rows that are lists, with columns as wide as their headings want."""
    widths = tuple(max(14, min(40, 2 * len(head) + 4)) for head in heads)
    rows = [dict(enumerate(row)) for row in rows]
    return workbook([Sheet(title, dict(enumerate(heads)), rows, widths, tuple(hints))])
