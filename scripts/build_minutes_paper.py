"""Build the Word template of minutes (templates/linkage/papers/meeting_minutes.docx) in the measures of GB/T 9704-2012.

    python scripts/build_minutes_paper.py

A4; margins 37, 28, 26 and 35 mm; body 16 pt with a fixed line of 28 pt; title 22 pt, centred; page number 14 pt between
dashes, right on odd and left on even pages. The licensed fonts of official papers are named in the file and not shipped.
"""

from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).resolve().parent.parent / "templates" / "linkage" / "papers" / "meeting_minutes.docx"
BODY, HEADING, SUBHEADING, TITLE, NUMBER = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
SIZE, LINE = 16, 28  # points
ACTIONS = (
    ("序号", 14, "{{ action.number }}"), ("交办事项", 50, "{{ action.title }}"), ("责任方", 22, "{{ action.party }}"),
    ("责任人", 24, "{{ action.owner }}"), ("办理时限", 30, "{{ action.due_on }}"), ("办理情况", 16, ""),
)  # fmt: skip
PEOPLE = (
    ("序号", 13, "{{ person.number }}"), ("参与方", 24, "{{ person.party }}"), ("单位", 45, "{{ person.body }}"),
    ("姓名", 24, "{{ person.name }}"), ("到会", 26, "{{ person.presence }}"), ("签名", 24, ""),
)  # fmt: skip


def write(paragraph, text, font=BODY, size=SIZE):
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def fix_line(paragraph, points):
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    layout.space_before = layout.space_after = Pt(0)
    return layout


def line(document, text, font=BODY, *, before=0, keep=False):
    """A paragraph of the body, its first line two characters in."""
    paragraph = document.add_paragraph()
    layout = fix_line(paragraph, LINE)
    layout.first_line_indent, layout.space_before, layout.keep_with_next = Pt(2 * SIZE), Pt(before), keep
    write(paragraph, text, font)
    return paragraph


def heading(document, text, font=TITLE, size=22, points=36, after=14):
    paragraph = document.add_paragraph()
    fix_line(paragraph, points).space_after = Pt(after)
    paragraph.alignment = ALIGN.CENTER
    write(paragraph, text, font, size)


def numbered(document, with_looks, without):
    """A heading of the first level whose number depends on whether there were earlier actions."""
    line(document, "{%p if looks %}")
    line(document, with_looks, HEADING, keep=True)
    line(document, "{%p else %}")
    line(document, without, HEADING, keep=True)
    line(document, "{%p endif %}")


def rows(document, begin, text):
    line(document, f"{{%p {begin} %}}")
    line(document, text)
    line(document, "{%p endfor %}")


def signed(document, text, before=0):
    """At the right, four characters in."""
    paragraph = document.add_paragraph()
    layout = fix_line(paragraph, LINE)
    layout.right_indent, layout.space_before = Pt(4 * SIZE), Pt(before)
    paragraph.alignment = ALIGN.RIGHT
    write(paragraph, text)


def cell(place, text, font=BODY, align=ALIGN.CENTER):
    paragraph = place.paragraphs[0]
    fix_line(paragraph, 22)
    paragraph.alignment = align
    write(paragraph, text, font, 14)


def annex(document, number, title, begin, columns, left):
    """A list on a page of its own; ``left``: the column that is read like text."""
    paragraph = document.add_paragraph()
    fix_line(paragraph, LINE).page_break_before = True
    write(paragraph, f"附件{number}", HEADING)
    heading(document, title)
    table = document.add_table(rows=4, cols=len(columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    cell(table.rows[1].cells[0], f"{{%tr {begin} %}}")
    cell(table.rows[3].cells[0], "{%tr endfor %}")
    for at, (label, width, value) in enumerate(columns):
        cell(table.rows[0].cells[at], label, HEADING)
        cell(table.rows[2].cells[at], value, align=ALIGN.LEFT if at == left else ALIGN.CENTER)
        table.columns[at].width = Mm(width)
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (_label, width, _value) in zip(row.cells, columns, strict=True):
            place.width = Mm(width)


def page_number(footer, align):
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Pt(14)
    write(paragraph, "— ", NUMBER, 14)
    for tag, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if tag else "w:instrText")
        if tag:
            element.set(qn("w:fldCharType"), tag)
        else:
            element.text = text
        write(paragraph, "", NUMBER, 14)._element.append(element)
    write(paragraph, " —", NUMBER, 14)


def body(document):
    heading(document, "{{ title }}", after=0)
    heading(document, "{{ subtitle }}", after=0)
    paragraph = document.add_paragraph()
    fix_line(paragraph, LINE)
    paragraph.alignment = ALIGN.CENTER
    write(paragraph, "{{ draft }}", SUBHEADING)
    facts = (
        ("时间", "{{ day }} {{ time }}"), ("地点", "{{ where }}"), ("主持", "{{ chair }}"), ("记录", "{{ recorder }}"),
        ("出席", "{{ came }}"), ("到会情况", "{{ quorum }}"),
    )  # fmt: skip
    for label, value in facts:
        write(line(document, f"{label}：", HEADING), value)
    line(document, "{%p if looks %}")
    line(document, "一、上次交办事项办理情况", HEADING, keep=True)
    rows(document, "for look in looks", "{{ look.text }}")
    line(document, "{%p endif %}")
    numbered(document, "二、议题与议定事项", "一、议题与议定事项")
    line(document, "{%p for item in items %}")
    line(document, "{{ item.heading }}", SUBHEADING, keep=True)
    rows(document, "for line in item.lines", "{{ line.text }}")
    line(document, "{%p endfor %}")
    rows(document, "for other in others", "{{ other.text }}")
    line(document, "{%p if summary %}")
    numbered(document, "三、会议小结", "二、会议小结")
    rows(document, "for line in summary", "{{ line.text }}")
    line(document, "{%p endif %}")
    line(document, "附件：1. 交办事项清单", before=LINE)
    second = document.add_paragraph()
    fix_line(second, LINE).left_indent = Pt(5 * SIZE)
    write(second, "2. 签到表")
    signed(document, "{{ place }}", before=2 * LINE)
    signed(document, "{{ signed_on }}")


def main():
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(26), Mm(35)
    section.footer_distance = Mm(25)
    body(document)
    annex(document, 1, "交办事项清单", "for action in actions", ACTIONS, left=1)
    annex(document, 2, "签到表", "for person in people", PEOPLE, left=2)
    document.settings.odd_and_even_pages_header_footer = True
    page_number(section.footer, ALIGN.RIGHT)
    page_number(section.even_page_footer, ALIGN.LEFT)
    document.core_properties.author, document.core_properties.title = "", "会议纪要"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    document.save(TARGET)


if __name__ == "__main__":
    main()
