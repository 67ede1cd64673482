"""Build the Word templates of growth reviews (templates/evaluations/papers/): the decision, the sheet of a session.

    python scripts/build_growth_papers.py

An office may as well change a built template in Word: the names in double braces have to stay. The look is that of the
papers of organizations (build_papers.py).
"""

from pathlib import Path

from build_papers import (
    NAME,
    a4,
    add_row,
    fill,
    grid,
    page_numbers,
    repeat_on_every_page,
    signature,
    title,
    write,
)

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


def review_session():
    """One line for each organization; the last table is signed."""
    document = a4(landscape=True, margin=1.8)
    title(document, "社区社会组织成长阶段评审会汇总表", size=20, after=6)
    line = "{{ title }}　　地区：{{ place }}　　日期：{{ day }}　　地点：{{ where }}"
    line += "　　共{{ number }}项，已决定{{ decided }}项"
    write(document.add_paragraph(), line, size=11, after=6)
    widths = (1.2, 5.2, 3.0, 3.2, 3.2, 2.6, 5.4, 2.3)
    heads = ("序号", "组织", "社区（村）", "评审前", "评审后", "结论", "理由", "决定人")
    names = ("number", "organization", "community", "before", "after", "outcome", "reason", "decided_by")
    table = grid(document, widths)
    head = add_row(table, widths)
    for cell, text in zip(head.cells, heads, strict=True):
        fill(cell, text, label=True)
    repeat_on_every_page(head)
    _loop_row(table, widths, "{%tr for row in rows %}")
    body = add_row(table, widths)
    for cell, name in zip(body.cells, names, strict=True):
        fill(cell, f"{{{{ row.{name} }}}}", size=10)
    _loop_row(table, widths, "{%tr endfor %}")
    write(document.add_paragraph(), "参会人员签字", font="黑体", size=12, before=10, after=4)
    widths = (6.0, 12.0, 8.1)
    table = grid(document, widths)
    for cell, text in zip(add_row(table, widths).cells, ("姓名", "单位、职务", "签字"), strict=True):
        fill(cell, text, label=True)
    _loop_row(table, widths, "{%tr for attendee in attendees %}")
    fill(add_row(table, widths).cells[0], "{{ attendee.name }}")
    _loop_row(table, widths, "{%tr endfor %}")
    write(
        document.add_paragraph(),
        "每项决定均在平台逐项作出并记录理由；签字后的汇总表请拍照或扫描上传，平台保存其校验值。",
        size=9,
        before=4,
    )
    page_numbers(document)
    return document


def _loop_row(table, widths, text):
    fill(add_row(table, widths).cells[0], text)


BUILT = {"growth_decision": growth_decision, "review_session": review_session}


if __name__ == "__main__":
    PAPERS.mkdir(parents=True, exist_ok=True)
    for name, build in BUILT.items():
        made = build()
        made.core_properties.title = name
        made.save(PAPERS / f"{name}.docx")
