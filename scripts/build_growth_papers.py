"""Build the Word template of a decision on growth (templates/evaluations/papers/growth_decision.docx).

    python scripts/build_growth_papers.py

An office may as well change a built template in Word: the names in double braces have to stay. The look is that of the
papers of organizations (build_papers.py).
"""

from pathlib import Path

from build_papers import NAME, a4, add_row, fill, grid, page_numbers, signature, title, write

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "evaluations" / "papers"


def loop(cell, begin, text):
    """A paragraph for each of a list, in a cell."""
    first = cell.paragraphs[0]
    write(first, begin, size=11)
    write(cell.add_paragraph(), text, size=11)
    write(cell.add_paragraph(), "{%p endfor %}", size=11)


def growth_decision():
    document = a4()
    title(document, "社区社会组织成长阶段评审决定书", size=20, after=12)
    widths = (2.9, 5.4, 2.9, 5.4)
    table = grid(document, widths)

    def pair(*texts):
        row = add_row(table, widths)
        for cell, text, is_label in zip(row.cells, texts, (True, False, True, False), strict=True):
            fill(cell, text, label=is_label)

    def wide(label, text="", height=0.95, *, top=False):
        row = add_row(table, widths, height)
        fill(row.cells[0], label, label=True)
        body = row.cells[1].merge(row.cells[3])
        if text:
            fill(body, text, top=top)
        return body

    wide("组织名称", "{{ organization }}")
    pair("所在街道\n（乡镇）", "{{ street }}", "所在社区\n（村）", "{{ community }}")
    pair("组织类型", "{{ type }}", "负责人", "{{ leader }}")
    pair("备案（登记）号", "{{ number }}", "评审得分", "{{ score }} / {{ full }}")
    pair("原成长阶段", "{{ from_stage }}", "评审后阶段", "{{ to_stage }}")
    pair("原组织形态", "{{ from_form }}", "评审后形态", "{{ to_form }}")
    pair("评审结论", "{{ outcome }}", "平台测算阶段", "{{ proposed }}")
    wide("决定理由", "{{ reason }}", 3.6, top=True)
    body = wide("各方意见", height=2.6)
    loop(body, "{%p for opinion in opinions %}", "{{ opinion.party }}：{{ opinion.text }}")
    body = wide("附带条件", height=2.0)
    loop(
        body,
        "{%p for condition in conditions %}",
        "{{ condition.number }}．{{ condition.text }}（{{ condition.due }}前）",
    )
    body = wide("评审依据", "{{ standard }}；证据截至{{ as_of }}", 2.0, top=True)
    write(body.add_paragraph(), "证据校验值（SHA-256）：{{ sha256 }}", size=8)
    body = wide("决定单位", "同意上述结论。", 3.4, top=True)
    signature(body, f"决定人（签字）：{NAME}（盖章）", before=16)
    signature(body, "{{ decided_by }}　{{ decided_on }}")
    write(
        document.add_paragraph(),
        "本决定依据冻结的证据和评审标准作出，可复核；证据后续变动不改变本决定。",
        size=9,
        before=4,
    )
    page_numbers(document)
    return document


if __name__ == "__main__":
    PAPERS.mkdir(parents=True, exist_ok=True)
    made = growth_decision()
    made.core_properties.title = "growth_decision"
    made.save(PAPERS / "growth_decision.docx")
