"""Builds the Word template of the sign-in sheet (templates/projects/papers/sign_in_sheet.docx).

Run it after changing the form: python -m scripts.build_sign_in_sheet. An office may also open the file and change it by
hand; the names in double braces have to stay.
"""

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from scripts.build_activity_papers import TARGET, label, set_font, write

COLUMNS = (("序号", 1.5), ("姓　　名", 4.2), ("签　　名", 5.2), ("备　　注", 5.6))


def repeat(row):
    """The head stands on every page, and no row is torn."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def new_row(table, height):
    row = table.add_row()
    row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, (_name, width) in zip(row.cells, COLUMNS, strict=True):
        cell.width = Cm(width)
    return row


def build():
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin = section.bottom_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(11)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(heading.add_run("活动签到表"), "黑体", 18, bold=True)
    for text in (
        "活动名称：{{ title }}",
        "组　　织：{{ organization }}　　街道（镇）：{{ street }}　　社区（村）：{{ community }}",
        "时　　间：{{ date }}　　地　　点：{{ place }}",
    ):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        set_font(paragraph.add_run(text), "宋体", 11)
    table = document.add_table(rows=0, cols=len(COLUMNS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, (_name, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    head = new_row(table, 0.8)
    repeat(head)
    for cell, (name, _width) in zip(head.cells, COLUMNS, strict=True):
        label(cell, name)
    write(new_row(table, 0.7).cells[0], "{%tr for row in rows %}")
    row = new_row(table, 0.66)
    write(row.cells[0], "{{ row.number }}", center=True)
    write(row.cells[1], "{{ row.name }}")
    write(new_row(table, 0.7).cells[0], "{%tr endfor %}")
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(4)
    set_font(foot.add_run("签到合计：＿＿＿＿人　　　　记录人（签字）：＿＿＿＿＿＿＿＿"), "宋体", 11)
    small = document.add_paragraph()
    set_font(small.add_run("本表只用于记录本次活动的参加人数；可以不签。"), "宋体", 9)
    document.core_properties.author = ""
    document.core_properties.title = "sign_in_sheet"
    document.save(TARGET / "sign_in_sheet.docx")


if __name__ == "__main__":
    build()
