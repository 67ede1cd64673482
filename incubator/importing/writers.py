"""Spreadsheets that go back to people: the empty form of an importer, and the rows that were not taken."""

import io

import xlsxwriter
from django.utils.translation import gettext as _


def empty_form(importer):
    """xlsx bytes: the headings (required ones marked), what belongs in them, and one example row."""
    rows = [[column.sample for column in importer.columns]]
    heads = [f"{column.label}*" if column.required else str(column.label) for column in importer.columns]
    return _workbook(str(importer.label), heads, rows, hints=[str(column.hint) for column in importer.columns])


def table_of(title, heads, rows):
    """xlsx bytes of any table of texts."""
    return _workbook(title, heads, rows)


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
    return _workbook(_("Rejected rows"), heads, lines)


def _workbook(title, heads, rows, hints=()):
    target = io.BytesIO()
    # A cell that begins with "=" stays text: a list from elsewhere must not run formulas on the next computer.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8F3EE", "border": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
            sheet.set_column(place, place, max(14, min(40, 2 * len(head) + 4)), plain)
            if place < len(hints) and hints[place]:
                sheet.write_comment(0, place, hints[place])
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write(number, place, value, plain)
        sheet.freeze_panes(1, 0)
    return target.getvalue()
