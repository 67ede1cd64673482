"""Build the Word templates under ``templates/organizations/papers/`` in the look of official forms.

    python scripts/build_papers.py

An office may as well open a built template in Word and change it by hand: the places to be filled in are the names in
double braces. A4, titles in 黑体, text in 宋体 (named, so that each computer takes its own), tables with borders.
"""

from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "organizations" / "papers"
HEI, SONG = "黑体", "宋体"
NAME = "\u3000" * 6  # where somebody signs
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def a4(*, landscape=False, margin=2.2):
    """An empty A4 page, 宋体 12 pt."""
    document = Document()
    section = document.sections[0]
    width, height = (Cm(29.7), Cm(21.0)) if landscape else (Cm(21.0), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Cm(margin)
    section.top_margin = section.bottom_margin = Cm(2.0)
    style = document.styles["Normal"]
    style.font.size, style.font.name = Pt(12), "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
    style.paragraph_format.space_after = Pt(0)
    document.core_properties.author = document.core_properties.comments = ""
    return document


def write(paragraph, text, *, font=SONG, size=12, bold=False, align=None, before=0, after=0):
    """Text in one run, so that no placeholder is torn apart."""
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def title(document, text, *, size=22, after=8):
    return write(document.add_paragraph(), text, font=HEI, size=size, align=CENTER, after=after)


def fill(cell, text, *, label=False, align=None, size=11, top=False):
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
    write(cell.paragraphs[0], text, font=HEI if label else SONG, size=size, align=CENTER if label else align)


def signature(cell, text, *, before=0):
    """A line at the right side of the cell, with room for a seal behind it."""
    paragraph = write(cell.add_paragraph(), text, size=11, align=RIGHT, before=before)
    paragraph.paragraph_format.right_indent = Cm(1)


def grid(document, widths, rows=0):
    """A bordered table whose columns keep their widths (in cm)."""
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    margins = OxmlElement("w:tblCellMar")
    for side, points in (("top", 60), ("left", 100), ("bottom", 60), ("right", 100)):  # twentieths of a point
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(points))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    return table


def add_row(table, widths, height=0.95, *, exact=False):
    row = table.add_row()
    row.height = Cm(height)
    row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY if exact else WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Cm(width)
    keep = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(keep)
    return row


def repeat_on_every_page(row):
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def page_numbers(document):
    """第 n 页, in the foot."""
    paragraph = document.sections[0].footer.paragraphs[0]
    write(paragraph, "第 ", size=9, align=CENTER)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), "18")
    properties.append(size)
    run.append(properties)
    field.append(run)
    paragraph._p.append(field)
    write(paragraph, " 页", size=9)


def repeated_rows(table, widths, cells, *, size=10):
    """Three rows of which docxtpl makes one for each entry of ``rows``."""
    add_row(table, widths, 0.6).cells[0].text = "{%tr for row in rows %}"
    row = add_row(table, widths, 0.8)
    for cell, (text, align) in zip(row.cells, cells, strict=True):
        fill(cell, text, align=align, size=size)
    add_row(table, widths, 0.6).cells[0].text = "{%tr endfor %}"


def application():
    document = a4()
    title(document, "社区社会组织备案申请表")
    kinds = "{% for label, is_it in kinds %}{% if is_it %}☑{% else %}□{% endif %} {{ label }}　{% endfor %}"
    write(document.add_paragraph(), f"申请类型：{kinds}", size=11, after=4)
    widths = (2.9, 5.4, 2.9, 5.4)
    table = grid(document, widths)

    def pair(*texts):
        row = add_row(table, widths)
        for cell, text, is_label in zip(row.cells, texts, (True, False, True, False), strict=True):
            fill(cell, text, label=is_label)

    def wide(label, text, height=0.95, *, top=False):
        row = add_row(table, widths, height)
        fill(row.cells[0], label, label=True)
        body = row.cells[1].merge(row.cells[3])
        fill(body, text, top=top)
        return body

    wide("组织名称", "{{ facts.name }}")
    pair("负责人", "{{ facts.responsible_person }}", "联系电话", "{{ facts.contact_phone }}")
    pair("组织类型", "{{ facts.type }}", "成立日期", "{{ founded_on }}")
    pair("所在街道\n（乡镇）", "{{ facts.street }}", "所在社区\n（村）", "{{ facts.community }}")
    pair("成员人数", "{{ members }} 人", "备案号", "{{ filing.number or facts.filing_number }}")
    wide("活动场所", "{{ facts.venue }}")
    pair("活动资金", "{{ funds }}", "资金来源", "{{ facts.funds_note }}")
    wide("宗旨", "{{ facts.purpose }}", 1.6, top=True)
    wide("活动内容", "{{ facts.activity_scope }}", 1.8, top=True)
    wide("申请事由", "{{ reason }}", 1.6, top=True)
    wide("提交材料", "{% for paper in papers %}{{ loop.index }}. {{ paper }}　{% endfor %}", 1.2, top=True)
    body = wide("组织承诺", "以上内容真实，本组织遵守国家法律法规，不从事营利性活动。", 2.3, top=True)
    signature(body, f"负责人（签字）：{NAME}", before=12)
    signature(body, "{{ submitted_on or '年　　月　　日' }}")
    body = wide("社区居（村）\n民委员会\n初审意见", "{{ opinion }}", 2.9, top=True)
    signature(body, f"经办人（签字）：{NAME}（盖章）", before=14)
    signature(body, "{{ checked_on or '年　　月　　日' }}")
    body = wide(
        "街道办事处\n（乡镇政府）\n备案意见",
        "{% if is_decided %}准予备案{% if filing.number %}，备案号：{{ filing.number }}{% endif %}。{% endif %}",
        2.9,
        top=True,
    )
    signature(body, f"经办人（签字）：{NAME}（盖章）", before=14)
    signature(body, "{{ decided_on or '年　　月　　日' }}")
    note = "注：备案不赋予法人资格。本表一式三份，组织、社区、街道各存一份。打印日期：{{ today }}"
    write(document.add_paragraph(), note, size=9, before=4)
    return document


def certificate():
    document = a4(landscape=True, margin=3.2)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Cm(2.6)
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "24"), ("color", "9C1C1C")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    # The order of a section's parts is fixed: the frame stands right after the margins.
    section._sectPr.find(qn("w:pgMar")).addnext(borders)
    title(document, "社区社会组织备案证", size=36, after=4)
    write(document.add_paragraph(), "{% if is_copy %}（补发）{% endif %}", size=14, align=CENTER)
    write(document.add_paragraph(), "备案号：{{ number }}", size=15, align=RIGHT, after=8)
    widths = (4.2, 7.4, 4.2, 7.4)
    table = grid(document, widths)
    pairs = (
        ("组织名称", "{{ organization.name }}", None, None),
        ("负责人", "{{ organization.responsible_person }}", "组织类型", "{{ type }}"),
        ("活动场所", "{{ organization.venue }}", None, None),
        ("活动资金", "{{ funds }}", "活动地域", "{{ community }}"),
        ("活动内容", "{{ organization.activity_scope }}", None, None),
        ("备案日期", "{{ filed_on }}", "备案机关", "{{ street }}"),
    )
    for first, value, second, other in pairs:
        row = add_row(table, widths, 1.25)
        fill(row.cells[0], first, label=True, size=14)
        if second is None:
            fill(row.cells[1].merge(row.cells[3]), value, size=14)
        else:
            fill(row.cells[1], value, size=14)
            fill(row.cells[2], second, label=True, size=14)
            fill(row.cells[3], other, size=14)
    text = "经审查，准予备案。本组织在备案的地域内开展活动；备案不赋予法人资格。"
    write(document.add_paragraph(), text, size=13, before=12, after=20)
    for text in ("{{ street }}（盖章）", "{{ issued_on }}"):
        paragraph = write(document.add_paragraph(), text, size=15, align=RIGHT, before=6)
        paragraph.paragraph_format.right_indent = Cm(1.5)
    return document


def register():
    document = a4(landscape=True, margin=1.6)
    title(document, "{{ street }} {{ year }}年社区社会组织备案台账", size=18, after=4)
    write(document.add_paragraph(), "共 {{ total }} 家　　打印日期：{{ printed_on }}", size=10, align=RIGHT, after=4)
    widths = (1.1, 5.2, 4.5, 2.8, 2.4, 1.8, 3.2, 1.2, 2.6, 1.5)
    table = grid(document, widths)
    head = add_row(table, widths, 0.9)
    labels = ("序号", "备案号", "组织名称", "社区", "类型", "负责人", "联系电话", "人数", "备案日期", "状态")
    for cell, label in zip(head.cells, labels, strict=True):
        fill(cell, label, label=True, size=10)
    repeat_on_every_page(head)
    names = ("order", "number", "name", "community", "type", "person", "phone", "members", "day", "state")
    centered = {"order", "members", "day", "state", "person"}
    cells = [(f"{{{{ row.{name} }}}}", CENTER if name in centered else None) for name in names]
    repeated_rows(table, widths, cells)
    end = "{% if not rows %}本年度暂无备案。{% endif %}"
    write(document.add_paragraph(), end, size=10, before=4)
    signed = "填表人（签字）：　　　　　　　　审核人（签字）：　　　　　　　　（盖章）　　　　"
    write(document.add_paragraph(), signed, size=11, before=14)
    page_numbers(document)
    return document


def dossier_index():
    document = a4()
    title(document, "案 卷 目 录", after=10)
    widths = (2.9, 5.4, 2.9, 5.4)
    facts = grid(document, widths)
    for texts in (
        ("组织名称", "{{ organization.name }}", "备案号/代码", "{{ number }}"),
        ("街道（乡镇）", "{{ street }}", "社区（村）", "{{ community }}"),
    ):
        row = add_row(facts, widths)
        for cell, text, is_label in zip(row.cells, texts, (True, False, True, False), strict=True):
            fill(cell, text, label=is_label)
    status = "必备材料 {{ present }}/{{ total }} 项已齐{% if missing %}；尚缺：{{ missing }}{% endif %}"
    write(document.add_paragraph(), status, size=11, before=6, after=6)
    widths = (1.3, 3.5, 6.2, 3.0, 2.6)
    table = grid(document, widths)
    head = add_row(table, widths, 0.9)
    for cell, label in zip(head.cells, ("序号", "类目", "材料名称", "日期", "形式"), strict=True):
        fill(cell, label, label=True)
    repeat_on_every_page(head)
    cells = [
        ("{{ row.order }}", CENTER),
        ("{{ row.heading }}", None),
        ("{{ row.title }}", None),
        ("{{ row.day }}", CENTER),
        ("{{ row.form }}", CENTER),
    ]
    repeated_rows(table, widths, cells, size=11)
    signed = "立卷人（签字）：　　　　　　　检查人（签字）：　　　　　　　{{ printed_on }}"
    write(document.add_paragraph(), signed, size=11, before=16)
    page_numbers(document)
    return document


BUILDERS = {
    "filing_application": application,
    "filing_certificate": certificate,
    "filing_register": register,
    "dossier_index": dossier_index,
}


def main():
    PAPERS.mkdir(parents=True, exist_ok=True)
    for name, build in BUILDERS.items():
        build().save(PAPERS / f"{name}.docx")
    print(f"{len(BUILDERS)} papers in {PAPERS}")


if __name__ == "__main__":
    main()
