"""Build the Word templates of joint meetings (templates/linkage/papers/meeting_notice.docx, meeting_sign_in.docx).

    python scripts/build_meeting_papers.py

Set like official documents (GB/T 9704-2012): A4, 37 mm above, 28 mm at the left, 26 mm at the right, 35 mm below; the
title in 22 pt 小标宋, the text in 16 pt 仿宋 on lines of 28 pt, headings in 黑体; the page's number between dashes. The
fonts are named and not shipped. An office may change a built template in Word: the names in double braces have to stay.
"""

from pathlib import Path

from build_papers import CENTER, RIGHT, a4, add_row, fill, grid, repeat_on_every_page, repeated_rows, write
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "linkage" / "papers"
TITLE, TEXT, HEAD = "方正小标宋简体", "仿宋_GB2312", "黑体"
LINE, SIZE = Pt(28), 16


def official():
    """An empty page with the measures of an official document."""
    document = a4()
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], RIGHT)
    section.even_page_footer.is_linked_to_previous = False
    _page_number(section.even_page_footer.paragraphs[0], None)
    return document


def _page_number(paragraph, align):
    """— 1 —, 14 pt half-width, one character from the outer edge: right on odd pages, left on even ones."""
    write(paragraph, "— ", size=14, align=align)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, properties, size = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), "28")
    properties.append(size)
    run.append(properties)
    field.append(run)
    paragraph._p.append(field)
    write(paragraph, " —", size=14)
    indent = paragraph.paragraph_format
    if align is RIGHT:
        indent.right_indent = Pt(14)
    else:
        indent.left_indent = Pt(14)


def set_line(paragraph, *, indent=True):
    paragraph.paragraph_format.line_spacing = LINE
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE)
    return paragraph


def text(document, words, *, font=TEXT, indent=True, align=None, before=0):
    return set_line(
        write(document.add_paragraph(), words, font=font, size=SIZE, align=align, before=before), indent=indent
    )


def heading(document, words):
    paragraph = text(document, words, font=HEAD)
    paragraph.paragraph_format.keep_with_next = True


def title(document, words):
    set_line(write(document.add_paragraph(), words, font=TITLE, size=22, align=CENTER, after=28), indent=False)


def lines(document, name, line):
    """A paragraph for each line of a list; the marks around it are taken out when it is printed."""
    write(document.add_paragraph(), f"{{%p for line in {name} %}}", size=SIZE)
    text(document, line)
    write(document.add_paragraph(), "{%p endfor %}", size=SIZE)


def meeting_notice():
    document = official()
    title(document, "关于召开{{ title }}的通知")
    text(document, "{{ to }}：", indent=False)
    text(document, "为加强协同、共商社区事务，定于近期召开{{ title }}。现将有关事项通知如下：")
    heading(document, "一、时间")
    text(document, "{{ when }}")
    heading(document, "二、地点")
    text(document, "{{ where or '另行通知' }}")
    heading(document, "三、主持人")
    text(document, "{{ chair or '由召集单位确定' }}")
    heading(document, "四、议题")
    lines(document, "matters", "{{ line }}")
    heading(document, "五、参加人员")
    text(document, "{{ people | join('，') or '各参与方代表' }}。")
    heading(document, "六、有关要求")
    text(document, "请准时参加。因故不能到会的，请提前说明，并委托他人代为参加。需要补充议题的，请在会前提出。")
    for words, before in (("{{ office }}", 28), ("{{ on }}", 0)):
        closing = text(document, words, indent=False, align=RIGHT, before=before)
        closing.paragraph_format.right_indent = Pt(4 * SIZE)
    return document


def meeting_sign_in():
    document = official()
    title(document, "{{ title }}签到表")
    text(document, "时间：{{ when }}", indent=False)
    text(document, "地点：{{ where }}", indent=False)
    text(document, "主持人：{{ chair }}　　记录人：{{ recorder }}", indent=False)
    widths = (1.3, 3.0, 4.6, 2.9, 3.8)
    table = grid(document, widths)
    head = add_row(table, widths, 1.0)
    for cell, words in zip(head.cells, ("序号", "参与方", "单位", "姓名", "签名"), strict=True):
        fill(cell, words, label=True, size=12)
    repeat_on_every_page(head)
    cells = (
        ("{{ row.number }}", CENTER), ("{{ row.party }}", None), ("{{ row.body }}", None), ("{{ row.name }}", CENTER),
        ("", None),
    )  # fmt: skip
    repeated_rows(table, widths, cells, size=12)
    return document


BUILT = {"meeting_notice": meeting_notice, "meeting_sign_in": meeting_sign_in}

if __name__ == "__main__":
    PAPERS.mkdir(parents=True, exist_ok=True)
    for name, build in BUILT.items():
        document = build()
        document.core_properties.title = name
        document.save(PAPERS / f"{name}.docx")
