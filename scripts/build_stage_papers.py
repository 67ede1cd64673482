"""Build the Word templates of the agreement and of admission (templates/projects/papers/agreement.docx, admission_*.docx).

    python scripts/build_stage_papers.py

An office may as well change a built template in Word: the names in double braces have to stay. The look is that of the
papers of organizations (build_papers.py), with the letters set like official notices.
"""

from pathlib import Path

from build_papers import CENTER, NAME, RIGHT, a4, add_row, fill, grid, page_numbers, signature, title, write
from docx.shared import Cm, Pt

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "projects" / "papers"
LINE = Pt(28)  # as official notices are set


def set_lines(paragraph, *, indent=True, size=14):
    paragraph.paragraph_format.line_spacing = LINE
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    return paragraph


def mark(document, text):
    """A paragraph that docxtpl takes out: the beginning or the end of a loop."""
    write(document.add_paragraph(), text, size=12)


def agreement():
    document = a4(margin=2.8)
    title(document, "社区社会组织孵化协议", after=10)
    set_lines(write(document.add_paragraph(), "项目名称：{{ project }}", size=12), indent=False)
    mark(document, "{%p for line in parties %}")
    set_lines(write(document.add_paragraph(), "{{ line }}", size=12), indent=False)
    mark(document, "{%p endfor %}")
    text = "为促进社区社会组织健康成长，各方在自愿、平等的基础上，就孵化培育事宜订立本协议。"
    set_lines(write(document.add_paragraph(), text, size=12), size=12)
    set_lines(write(document.add_paragraph(), "一、孵化期限", font="黑体", size=12), size=12)
    set_lines(write(document.add_paragraph(), "自{{ begin }}起至{{ end }}止。", size=12), size=12)
    mark(document, "{%p for clause in clauses %}")
    heading = set_lines(write(document.add_paragraph(), "{{ clause.title }}", font="黑体", size=12), size=12)
    heading.paragraph_format.keep_with_next = True
    mark(document, "{%p for line in clause.lines %}")
    set_lines(write(document.add_paragraph(), "{{ line }}", size=12), size=12)
    mark(document, "{%p endfor %}")
    mark(document, "{%p endfor %}")
    text = "交接期限：{{ handover_days }}个工作日。本协议一式三份，各方各执一份，自签字盖章之日起生效。"
    set_lines(write(document.add_paragraph(), text, size=12, after=14), size=12)
    widths = (5.1, 5.1, 5.1)
    table = grid(document, widths)
    row = add_row(table, widths, 3.6)
    for cell, who in zip(row.cells, ("甲方（盖章）：", "乙方（签字）：", "社区（盖章）："), strict=True):
        fill(cell, who, top=True)
        signature(cell, "负责人：" + NAME, before=26)
        signature(cell, "{{ signed_on or '年　　月　　日' }}", before=6)
    page_numbers(document)
    return document


def admission_application():
    document = a4()
    title(document, "{{ title }}")
    write(document.add_paragraph(), "申请日期：{{ applied_on }}", size=11, align=RIGHT, after=4)
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

    wide("组织名称", "{{ organization }}")
    pair("所在街道\n（乡镇）", "{{ street }}", "所在社区\n（村）", "{{ community }}")
    pair("组织类型", "{{ type }}", "负责人", "{{ leader }}")
    pair("备案（登记）号", "{{ number }}", "成员人数", "{{ members }}")
    wide("活动场所", "{{ venue }}")
    wide("宗旨", "{{ purpose }}", 1.7, top=True)
    wide("活动内容", "{{ scope }}", 2.1, top=True)
    wide("孵化需求", "{{ wishes }}", 3.4, top=True)
    body = wide("申请人承诺", "以上内容真实；入壳后遵守管理规定，参加孵化活动，按时报送记录。", 2.5, top=True)
    signature(body, f"申请人（签字）：{NAME}", before=10)
    signature(body, "{{ applied_on }}")
    body = wide("初审意见\n（{{ check_due_on }}前）", "{{ opinion }}", 3.2, top=True)
    signature(body, f"经办人（签字）：{NAME}（盖章）", before=12)
    signature(body, "{{ screened_on or '年　　月　　日' }}")
    body = wide("入壳评审意见", "{{ conclusion }}", 3.2, top=True)
    signature(body, f"经办人（签字）：{NAME}（盖章）", before=12)
    signature(body, "{{ decided_on or '年　　月　　日' }}")
    note = "代为申请人：{{ applied_by }}　　打印日期：{{ printed_on }}"
    write(document.add_paragraph(), note, size=9, before=4)
    return document


def admission_notice():
    """A letter: opinion of the first check, admission, refusal, extension, leaving."""
    document = a4(margin=3.0)
    document.sections[0].top_margin = Cm(3.4)
    title(document, "{{ title }}", size=22, after=26)
    set_lines(write(document.add_paragraph(), "{{ organization }}：", size=14), indent=False)
    mark(document, "{%p for line in lines %}")
    set_lines(write(document.add_paragraph(), "{{ line }}", size=14))
    mark(document, "{%p endfor %}")
    set_lines(write(document.add_paragraph(), "特此通知。", size=14, after=40))
    write(document.add_paragraph(), "{{ street }}", size=14, align=RIGHT, after=6)
    write(document.add_paragraph(), "{% if by %}经办人：{{ by }}　{% endif %}（盖章）", size=14, align=RIGHT, after=6)
    write(document.add_paragraph(), "{{ on }}", size=14, align=RIGHT)
    write(document.add_paragraph(), "", size=14, align=CENTER)
    return document


BUILT = {
    "agreement": agreement,
    "admission_application": admission_application,
    "admission_notice": admission_notice,
}

if __name__ == "__main__":
    PAPERS.mkdir(parents=True, exist_ok=True)
    for name, build in BUILT.items():
        document = build()
        document.core_properties.title = name
        document.save(PAPERS / f"{name}.docx")
