"""Build the Word template of the comparison of two surveys (templates/evaluations/papers/effect_report.docx).

    python scripts/build_effect_paper.py

An office may as well change the built template in Word: the names in double braces have to stay.
"""

from pathlib import Path

from build_papers import CENTER, RIGHT, a4, add_row, fill, grid, page_numbers, title, write

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "evaluations" / "papers"
COLUMNS = (
    ("量表", "{{ row.scale }}", 3.4), ("人数", "{{ row.n }}", 1.5), ("前均值", "{{ row.before }}", 1.6),
    ("后均值", "{{ row.after }}", 1.6), ("变化", "{{ row.change }}", 1.6), ("95%区间", "{{ row.interval }}", 2.8),
    ("p（校正）", "{{ row.chance }}", 1.9), ("α 前／后", "{{ row.alpha }}", 2.8),
)  # fmt: skip


def heading(document, text):
    paragraph = write(document.add_paragraph(), text, font="黑体", size=12, before=10, after=4)
    paragraph.paragraph_format.keep_with_next = True


def lines(document, name):
    """Every sentence of a list as a paragraph."""
    write(document.add_paragraph(), "{%p for line in " + name + " %}", size=11)
    write(document.add_paragraph(), "{{ line }}", size=11, after=3)
    write(document.add_paragraph(), "{%p endfor %}", size=11)


def only_if(document, name, text):
    write(document.add_paragraph(), "{%p if " + name + " %}", size=11)
    heading(document, text)
    lines(document, name)
    write(document.add_paragraph(), "{%p endif %}", size=11)


def effect_report():
    document = a4()
    title(document, "成效测量")
    write(document.add_paragraph(), "{{ about }}（{{ community }}）", size=12, align=CENTER, after=8)
    write(document.add_paragraph(), "问卷：{{ questionnaire }}", size=11)
    write(document.add_paragraph(), "前：{{ before }}　　后：{{ after }}", size=11, after=4)
    heading(document, "一、谁填了")
    write(document.add_paragraph(), "{{ people }}", size=11, after=3)
    write(document.add_paragraph(), "{%p for row in lost %}", size=11)
    write(document.add_paragraph(), "未能配对：{{ row.why }}，{{ row.number }}。", size=11)
    write(document.add_paragraph(), "{%p endfor %}", size=11)
    write(document.add_paragraph(), "{{ caution }}", size=11, after=3)
    lines(document, "left_out")
    heading(document, "二、前后变化")
    write(document.add_paragraph(), "{{ finding }}", size=11, after=4)
    widths = tuple(width for _head, _value, width in COLUMNS)
    table = grid(document, widths)
    row = add_row(table, widths, 0.8)
    for cell, (head, _value, _width) in zip(row.cells, COLUMNS, strict=True):
        fill(cell, head, label=True)
    fill(add_row(table, widths, 0.1).cells[0], "{%tr for row in rows %}")
    row = add_row(table, widths, 0.8)
    for cell, (_head, value, _width) in zip(row.cells, COLUMNS, strict=True):
        fill(cell, value)
    fill(add_row(table, widths, 0.1).cells[0], "{%tr endfor %}")
    write(document.add_paragraph(), "", size=6)
    lines(document, "sentences")
    only_if(document, "losses", "三、流失的人")
    only_if(document, "comparisons", "四、与对照组相比")
    note = "计算日期：{{ computed_on }}　　答卷校验：{{ hash }}"
    write(document.add_paragraph(), note, size=8, align=RIGHT, before=10)
    page_numbers(document)
    return document


if __name__ == "__main__":
    PAPERS.mkdir(parents=True, exist_ok=True)
    document = effect_report()
    document.core_properties.title = "effect_report"
    document.save(PAPERS / "effect_report.docx")
