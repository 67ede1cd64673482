"""The layout of official Chinese documents (GB/T 9704-2012), for the scripts that build templates of papers.

A4; 37 mm above, 28 mm at the left, which leaves 156 × 225 mm for 22 lines of 28 characters; text in 16 pt 仿宋, the
title in 22 pt 小标宋, headings in 黑体 and 楷体; page number in 14 pt half-width 宋体 between dashes, 7 mm below the text,
right on odd and left on even pages. The licensed fonts of official papers are named in the file and not shipped.

Twenty-eight characters of 16 pt are wider than 156 mm, so each gives a quarter of a point. Word's character grid would do
the same, but other programs make it wide instead of narrow.
"""

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

BODY, HEADING, SUBHEADING, TITLE, NUMBER = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
SIZE, LINE = 16, 28.95  # points; 22 lines fill 225 mm
NARROWER = -5  # twentieths of a point
CHARACTER = SIZE + NARROWER / 20
TEXT_WIDTH = 156 / 25.4 * 72  # points
SIGNED = 236  # points: the right half, in whose middle office and date stand, the date some four characters in
TABLE_SIZE, TABLE_LINE = 12, 18


def official():
    """An empty document."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(26), Mm(35)
    section.footer_distance = Mm(25)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(SIZE)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    style.paragraph_format.space_after = Pt(0)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, ALIGN.RIGHT)
    _page_number(section.even_page_footer, ALIGN.LEFT)
    document.core_properties.author = document.core_properties.comments = ""
    return document


def write(paragraph, text, font=BODY, size=SIZE, latin=LATIN):
    """Text in one run, so that no name in braces is torn apart."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = latin, Pt(size)
    properties = run._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size == SIZE:
        narrow = OxmlElement("w:spacing")
        narrow.set(qn("w:val"), str(NARROWER))
        properties.find(qn("w:sz")).addprevious(narrow)
    return run


def fix_line(paragraph, points=LINE):
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    layout.space_before = layout.space_after = Pt(0)
    return layout


def line(document, text, font=BODY, *, indent=True, lines_before=0, keep=False):
    """A paragraph of the text, its first line two characters in."""
    paragraph = document.add_paragraph()
    layout = fix_line(paragraph)
    layout.space_before, layout.keep_with_next = Pt(lines_before * LINE), keep
    if indent:
        layout.first_line_indent = Pt(2 * CHARACTER)
    write(paragraph, text, font)
    return paragraph


def mark(document, text):
    """A mark of docxtpl, whose paragraph is gone in the printed paper."""
    document.add_paragraph(f"{{%p {text} %}}")


def rows(document, begin, text, *, last=""):
    """A paragraph for each row. ``last``: what says that it is the last of the text, which never leaves the office and
    the date alone on a page."""
    mark(document, begin)
    if last:
        mark(document, f"if {last}")
        line(document, text, keep=True)
        mark(document, "else")
    line(document, text)
    if last:
        mark(document, "endif")
    mark(document, "endfor")


def title(document, text, *, after=0):
    """The title, or a line of it; ``after`` in lines."""
    paragraph = document.add_paragraph()
    layout = fix_line(paragraph, 36)
    layout.space_after, layout.keep_with_next = Pt(after * LINE), True
    paragraph.alignment = ALIGN.CENTER
    write(paragraph, text, TITLE, 22)


def fact(document, label, value):
    """Two characters in 黑体 with their colon; what follows begins its further lines below the first character."""
    paragraph = document.add_paragraph()
    layout = fix_line(paragraph)
    layout.left_indent, layout.first_line_indent = Pt(5 * CHARACTER), Pt(-3 * CHARACTER)
    write(paragraph, f"{label}：", HEADING)
    write(paragraph, value)


def attached(document, *names):
    """附件 under the text, one line apart; kept with what is signed below it."""
    numbers = [f"{number}. " for number in range(1, len(names) + 1)] if len(names) > 1 else [""]
    line(document, f"附件：{numbers[0]}{names[0]}", lines_before=1, keep=True)
    for number, name in zip(numbers[1:], names[1:], strict=True):
        paragraph = document.add_paragraph()
        layout = fix_line(paragraph)
        layout.left_indent, layout.keep_with_next = Pt(5 * CHARACTER), True
        write(paragraph, f"{number}{name}")


def signed(document, office, day):
    """The office above the date, one in the middle of the other."""
    for text, before, keep in ((office, 2, True), (day, 0, False)):
        paragraph = document.add_paragraph()
        layout = fix_line(paragraph)
        layout.left_indent, layout.space_before, layout.keep_with_next = (
            Pt(TEXT_WIDTH - SIGNED),
            Pt(before * LINE),
            keep,
        )
        paragraph.alignment = ALIGN.CENTER
        write(paragraph, text)


def annex(document, label, name):
    """An annex begins on its own page; its title stands on the third line."""
    paragraph = document.add_paragraph()
    fix_line(paragraph).page_break_before = True
    write(paragraph, label, HEADING)
    fix_line(document.add_paragraph())
    title(document, name, after=0.5)


def table(document, begin, columns, *, left=(), height=9):
    """A row for each of what ``begin`` goes through. ``columns``: (label, width in mm, value), 156 mm together; ``left``:
    those that are read like text. Its head stands on every page; no row is torn in two."""
    made = document.add_table(rows=4, cols=len(columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _narrow_margins(made)
    _cell(made.rows[1].cells[0], f"{{%tr {begin} %}}")
    _cell(made.rows[3].cells[0], "{%tr endfor %}")
    for at, (label, width, value) in enumerate(columns):
        _cell(made.rows[0].cells[at], label, HEADING)
        _cell(made.rows[2].cells[at], value, align=ALIGN.LEFT if at in left else ALIGN.CENTER)
        made.columns[at].width = Mm(width)
    for row in made.rows:
        row.height = Mm(height)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (_label, width, _value) in zip(row.cells, columns, strict=True):
            place.width = Mm(width)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _narrow_margins(made):
    margins = OxmlElement("w:tblCellMar")
    for side, twentieths in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twentieths))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _cell(place, text, font=BODY, align=ALIGN.CENTER):
    paragraph = place.paragraphs[0]
    fix_line(paragraph, TABLE_LINE)
    place.vertical_alignment, paragraph.alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER, align
    write(paragraph, text, font, TABLE_SIZE)


def _page_number(footer, align):
    """— 1 —, one character from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    # The style of a footer has tab stops and single lines; the character is the only distance that counts.
    layout.left_indent = layout.right_indent = Pt(14)
    write(paragraph, "— ", NUMBER, 14, NUMBER)
    for tag, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if tag else "w:instrText")
        if tag:
            element.set(qn("w:fldCharType"), tag)
        else:
            element.text = text
        write(paragraph, "", NUMBER, 14, NUMBER)._element.append(element)
    write(paragraph, " —", NUMBER, 14, NUMBER)
