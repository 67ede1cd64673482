"""Build the Word templates of projects, contracts and hand-overs, and the further papers of a record.

    python -m scripts.build_project_papers

An office may open a built template and change it by hand: the names in double braces have to stay.
"""

# ruff: noqa: E501, I001 - forms are told in lines

from pathlib import Path

from docx.shared import Cm

from scripts.build_papers import CENTER, NAME, RIGHT, a4, add_row, fill, grid, page_numbers, repeat_on_every_page
from scripts.build_papers import title, write

TARGET = Path(__file__).resolve().parent.parent / "templates" / "projects" / "papers"
WIDE = 25.3  # cm of a landscape page between its margins


def save(document, name):
    document.core_properties.title = name
    document.save(TARGET / f"{name}.docx")


def heading(document, text):
    write(
        document.add_paragraph(), text, font="黑体", size=13, before=10, after=4
    ).paragraph_format.keep_with_next = True


def facts(document, pairs, widths=(2.9, 5.4, 2.9, 5.4)):
    """Label and value, twice a row; a value alone in its row takes the whole width. None: a tall row's label, value."""
    table = grid(document, widths)
    for entry in pairs:
        label, value, *rest = entry
        row = add_row(table, widths, rest[0] if rest and isinstance(rest[0], (int, float)) else 0.95)
        fill(row.cells[0], label, label=True)
        if rest and isinstance(rest[0], str):
            fill(row.cells[1], value)
            fill(row.cells[2], rest[0], label=True)
            fill(row.cells[3], rest[1])
        else:
            fill(row.cells[1].merge(row.cells[3]), value, top=row.height > Cm(1.2))
    return table


def rows_of(document, name, columns, *, size=10, height=0.8, item="row"):
    """A table with a head on every page and one row for each entry: columns are (head, field, width, align)."""
    widths = [column[2] for column in columns]
    table = grid(document, widths)
    head = add_row(table, widths, 0.85)
    for cell, column in zip(head.cells, columns, strict=True):
        fill(cell, column[0], label=True, size=size)
    repeat_on_every_page(head)
    add_row(table, widths, 0.6).cells[0].text = f"{{%tr for {item} in {name} %}}"
    body = add_row(table, widths, height)
    for cell, (_head, field, _width, align) in zip(body.cells, columns, strict=True):
        fill(cell, f"{{{{ {item}.{field} }}}}" if field else "", align=align, size=size)
    add_row(table, widths, 0.6).cells[0].text = "{%tr endfor %}"
    return table, widths


def last_row(table, widths, texts, *, size=10, height=0.85):
    row = add_row(table, widths, height)
    for cell, text in zip(row.cells, texts, strict=True):
        fill(cell, text, align=CENTER, size=size)


def signatures(document, *who, size=11):
    for line in who:
        write(document.add_paragraph(), line, size=size, before=12)


def project_plan():
    document = a4()
    title(document, "社区社会组织培育计划")
    facts(
        document,
        [
            ("项目名称", "{{ name }}"),
            ("培育组织", "{{ organization }}", "参与组织", "{{ partners }}"),
            ("街道（镇）", "{{ street }}", "社区（村）", "{{ community }}"),
            ("实施机构", "{{ agency }}", "主责社工", "{{ lead }}"),
            ("项目团队", "{{ team }}", "项目阶段", "{{ stage }}"),
            ("起止时间", "{{ period }}"),
            ("培育目标", "{{ goal }}", 2.4),
        ],
    )
    heading(document, "一、需求评估")
    rows_of(
        document, "needs",
        [("序号", "number", 1.3, CENTER), ("层面", "level", 2.6, CENTER), ("需求", "text", 7.7, None), ("来源", "seen_at", 5.0, None)],
    )  # fmt: skip
    heading(document, "二、目标")
    rows_of(
        document, "objectives",
        [
            ("序号", "number", 1.3, CENTER), ("层面", "level", 2.6, CENTER), ("目标", "text", 10.1, None),
            ("对应需求", "need", 2.6, CENTER),
        ],
    )  # fmt: skip
    heading(document, "三、指标")
    rows_of(
        document, "indicators",
        [
            ("对应目标", "objective", 2.2, CENTER), ("指标", "name", 8.0, None), ("目标值", "target", 3.6, CENTER),
            ("完成时间", "due", 2.8, CENTER),
        ],
    )  # fmt: skip
    heading(document, "四、活动安排")
    rows_of(
        document, "plans",
        [
            ("序号", "number", 1.1, CENTER), ("计划日期", "day", 2.5, CENTER), ("类别", "kind", 2.2, CENTER),
            ("活动内容", "title", 4.3, None), ("目标", "objective", 1.2, CENTER), ("地点", "place", 2.3, None),
            ("人数", "people", 1.2, CENTER), ("负责人", "responsible", 1.8, CENTER),
        ],
        size=9.5,
    )  # fmt: skip
    signatures(
        document,
        "社工（签字）：" + NAME + "　　组织负责人（签字）：" + NAME,
        "机构督导（签字）：" + NAME + "　　日期：　　　年　　月　　日",
    )
    write(document.add_paragraph(), "打印日期：{{ printed_on }}", size=9, align=RIGHT, before=8)
    page_numbers(document)
    save(document, "project_plan")


def activity_table():
    document = a4(landscape=True)
    title(document, "社区社会组织培育活动一览表", size=20, after=4)
    write(
        document.add_paragraph(),
        "项目：{{ name }}　　组织：{{ organization }}　　社区：{{ street }}{{ community }}　　期间：{{ from_day }}至{{ until_day }}",
        size=10.5, after=4,
    )  # fmt: skip
    table, widths = rows_of(
        document, "rows",
        [
            ("序号", "number", 1.2, CENTER), ("日期", "day", 2.6, CENTER), ("时间", "begin", 1.6, CENTER),
            ("类别", "kind", 2.6, CENTER), ("内容", "title", 6.2, None), ("地点", "place", 3.6, None),
            ("人次", "participants", 1.5, CENTER), ("分钟", "minutes", 1.5, CENTER), ("谁主导", "led_by", 2.5, CENTER),
            ("记录人", "recorded_by", 2.0, CENTER),
        ],
        size=9.5,
    )  # fmt: skip
    last_row(
        table, widths,
        ("合计", "{{ total }} 场", "", "", "", "", "{{ person_times }}", "", "{{ hours }} 小时", ""), size=9.5,
    )  # fmt: skip
    signatures(
        document,
        "主责社工（签字）：" + NAME + "　　　机构（盖章）：" + NAME + "　　　打印日期：{{ printed_on }}",
        size=10,
    )
    page_numbers(document)
    save(document, "activity_table")


def project_index():
    document = a4()
    title(document, "卷 内 目 录")
    facts(
        document,
        [
            ("项目名称", "{{ name }}"),
            ("组　　织", "{{ organization }}", "社　　区", "{{ street }}{{ community }}"),
            ("主责社工", "{{ lead }}", "起止时间", "{{ period }}"),
        ],
    )
    write(document.add_paragraph(), "", size=6)
    rows_of(
        document, "rows",
        [
            ("序号", "number", 1.2, CENTER), ("类别", "group", 3.0, CENTER), ("题名", "title", 6.4, None),
            ("日期", "day", 2.6, CENTER), ("形式", "form", 1.7, CENTER), ("页号", "", 1.7, CENTER),
        ],
    )  # fmt: skip
    write(document.add_paragraph(), "共 {{ total }} 件　　　打印日期：{{ printed_on }}", size=10, align=RIGHT, before=6)
    signatures(document, "整理人（签字）：" + NAME + "　　检查人（签字）：" + NAME)
    page_numbers(document)
    save(document, "project_index")


def brief_report():
    document = a4(margin=2.6)
    write(document.add_paragraph(), "简　　讯", font="黑体", size=14, align=CENTER, after=2)
    write(document.add_paragraph(), "{{ title }}", font="黑体", size=20, align=CENTER, before=6, after=6)
    write(document.add_paragraph(), "{{ organization }}　{{ day }}　{{ place }}", size=11, align=CENTER, after=10)
    document.add_paragraph("{%p for paragraph in paragraphs %}")
    text = write(document.add_paragraph(), "{{ paragraph }}", size=14, after=4)
    text.paragraph_format.first_line_indent, text.paragraph_format.line_spacing = Cm(1), 1.5
    document.add_paragraph("{%p endfor %}")
    write(document.add_paragraph(), "（{{ street }}{{ community }}　{{ author }}）", size=12, align=RIGHT, before=4)
    document.add_paragraph("{%p for photo in photos %}")
    picture = write(document.add_paragraph(), "{{ photo.picture }}", align=CENTER, before=8)
    picture.paragraph_format.keep_with_next = True
    write(document.add_paragraph(), "{{ photo.caption }}", size=10.5, align=CENTER, after=6)
    document.add_paragraph("{%p endfor %}")
    save(document, "brief_report")


ACTIVITY_FACTS = [
    ("活动名称", "{{ title }}"),
    ("组　　织", "{{ organization }}", "社　　区", "{{ street }}{{ community }}"),
    ("时　　间", "{{ date }}　{{ begin }}—{{ end }}", "地　　点", "{{ place }}"),
]


def activity_summary():
    document = a4()
    title(document, "活 动 总 结")
    table = facts(
        document,
        [
            *ACTIVITY_FACTS,
            ("活动类别", "{{ kind }}", "参与人次", "{{ participants }}"),
            ("所属项目", "{{ project }}", "主导情况", "{{ led_by }}"),
        ],
    )
    widths = (2.9, 5.4, 2.9, 5.4)

    def tall(label, text, height):
        row = add_row(table, widths, height)
        fill(row.cells[0], label, label=True)
        fill(row.cells[1].merge(row.cells[3]), text, top=True)

    tall("活动经过", "{{ summary }}", 5)
    add_row(table, widths, 0.6).cells[0].text = "{%tr for line in answers_lines %}"
    tall("{{ line[0] }}", "{{ line[1] }}", 0.95)
    add_row(table, widths, 0.6).cells[0].text = "{%tr endfor %}"
    tall("成效与亮点", "", 2.6)
    tall("问题与改进", "", 2.6)
    tall("下一步约定", "{{ next_step }}", 1.6)
    signatures(
        document,
        "总结人：{{ recorded_by }}　　　　　　组织负责人（签字）：" + NAME + "　日期：　　年　　月　　日",
        size=10.5,
    )
    save(document, "activity_summary")


def to_sign(name, heading_text, columns, closing, *, height=0.95):
    document = a4(landscape=True)
    title(document, heading_text, size=20, after=4)
    write(
        document.add_paragraph(),
        "活动：{{ title }}　　组织：{{ organization }}　　时间：{{ date }}　{{ begin }}—{{ end }}　　地点：{{ place }}",
        size=10.5, after=4,
    )  # fmt: skip
    table, widths = rows_of(document, "rows", columns, size=10.5, height=height)
    last_row(table, widths, closing, size=10.5, height=0.95)
    signatures(
        document,
        "经手人（签字）：" + NAME + "　　　证明人（签字）：" + NAME + "　　　审核人（签字）：" + NAME,
        "项目：{{ project }}　　社区：{{ street }}{{ community }}　　填表日期：　　　年　　月　　日",
        size=10.5,
    )  # fmt: skip
    page_numbers(document)
    save(document, name)


def goods_receipt():
    to_sign(
        "goods_receipt", "物资领用签收表",
        [
            ("序号", "number", 1.4, CENTER), ("物资名称", "name", 5.6, None), ("规格", "", 3.0, None), ("单位", "", 1.8, None),
            ("数量", "", 2.0, None), ("领用人签字", "", 4.5, None), ("联系电话", "", 4.0, None), ("日期", "", 3.0, None),
        ],
        ("合计", "", "", "", "", "", "", ""), height=0.85,
    )  # fmt: skip


def lecturer_receipt():
    to_sign(
        "lecturer_receipt", "讲师劳务费签收表",
        [
            ("序号", "number", 1.3, CENTER), ("姓名", "name", 2.6, CENTER), ("单位/职称", "", 3.6, None),
            ("身份证号", "", 4.6, None), ("课时", "", 1.5, None), ("标准（元）", "", 2.2, None), ("税前（元）", "", 2.3, None),
            ("实发（元）", "", 2.3, None), ("本人签字", "", 2.7, None), ("日期", "", 2.2, None),
        ],
        ("合计", "", "", "", "", "", "", "", "", ""), height=1.2,
    )  # fmt: skip


def expense_list():
    to_sign(
        "expense_list", "活动费用清单",
        [
            ("序号", "number", 1.4, CENTER), ("支出项目", "name", 5.4, None), ("用途说明", "", 5.4, None),
            ("单价（元）", "", 2.4, None), ("数量", "", 1.8, None), ("金额（元）", "", 2.8, None), ("票据张数", "", 2.2, None),
            ("备注", "", 3.9, None),
        ],
        ("合计", "（大写）", "", "", "", "", "", ""),
    )  # fmt: skip


def indicator_table():
    document = a4(landscape=True)
    title(document, "服务合同指标完成情况表", size=20, after=4)
    facts(
        document,
        [
            ("合同名称", "{{ name }}", "合同编号", "{{ number }}"),
            ("购 买 方", "{{ purchaser }}", "承接机构", "{{ agency }}"),
            ("合同期限", "{{ period }}", "合同金额", "{{ amount }}"),
            ("服务区域", "{{ places }}"),
        ],
        widths=(3.0, 9.65, 3.0, 9.65),
    )
    write(document.add_paragraph(), "统计截至：{{ until_day }}", size=10, align=RIGHT, before=4, after=2)
    rows_of(
        document, "rows",
        [
            ("序号", "number", 1.2, CENTER), ("指标", "name", 6.4, None), ("计入类别", "kinds", 5.2, None),
            ("单位", "unit", 1.6, CENTER), ("目标", "target", 1.8, CENTER), ("完成", "done", 1.8, CENTER),
            ("完成率", "percent", 1.8, CENTER), ("按进度应到", "expected", 2.3, CENTER), ("时限", "due", 3.2, CENTER),
        ],
    )  # fmt: skip
    write(
        document.add_paragraph(),
        "注：完成数由活动记录自动统计，同一活动可计入多项指标；按进度应到按天数平均计算。",
        size=9,
        before=4,
    )
    signatures(
        document,
        "承接机构（盖章）：" + NAME + "　　　　购买方（盖章）：" + NAME + "　　　　日期：　　　年　　月　　日",
        size=10.5,
    )
    page_numbers(document)
    save(document, "indicator_table")


def handover():
    document = a4()
    title(document, "社会工作服务交接清单")
    facts(
        document,
        [
            ("移交机构", "{{ from_agency }}", "接收机构", "{{ to_agency }}"),
            ("服务区域", "{{ place }}", "交接日期", "{{ day }}"),
            ("接收负责人", "{{ lead }}", "查阅期至", "{{ reads_until }}"),
            ("说　　明", "{{ note }}", 1.6),
        ],
    )
    heading(document, "一、项目（{{ projects_total }}）")
    rows_of(
        document, "projects",
        [
            ("序号", "number", 1.2, CENTER), ("项目", "name", 5.0, None), ("组织", "organization", 3.8, None),
            ("社区", "community", 2.8, CENTER), ("阶段", "stage", 1.6, CENTER), ("原主责", "lead", 2.2, CENTER),
        ],
        size=9.5,
    )  # fmt: skip
    heading(document, "二、未完成的跟进事项（{{ follow_ups_total }}）")
    rows_of(
        document, "follow_ups",
        [
            ("序号", "number", 1.2, CENTER), ("事项", "title", 6.6, None), ("组织", "organization", 4.0, None),
            ("期限", "due", 2.6, CENTER), ("原负责人", "owner", 2.2, CENTER),
        ],
        size=9.5,
    )  # fmt: skip
    heading(document, "三、计划中的活动（{{ plans_total }}）")
    rows_of(
        document, "plans",
        [
            ("序号", "number", 1.2, CENTER), ("活动", "title", 6.6, None), ("项目", "project", 5.0, None),
            ("计划日期", "day", 3.8, CENTER),
        ],
        size=9.5,
    )  # fmt: skip
    heading(document, "四、待办报备（{{ announcements_total }}）与阶段申请（{{ requests_total }}）")
    rows_of(
        document, "others",
        [
            ("序号", "number", 1.2, CENTER), ("类别", "kind", 2.6, CENTER), ("内容", "title", 8.8, None),
            ("日期", "day", 4.0, CENTER),
        ],
        size=9.5,
    )  # fmt: skip
    signatures(
        document,
        "移交人（签字）：" + NAME + "　　接收人（签字）：" + NAME,
        "监交人（签字）：" + NAME + "　　日　　期：　　　年　　月　　日",
    )
    write(document.add_paragraph(), "清单校验码（SHA-256）：{{ sha256 }}", size=8, before=10)
    page_numbers(document)
    save(document, "handover")


if __name__ == "__main__":
    for build in (
        project_plan, activity_table, project_index, brief_report, activity_summary, goods_receipt, lecturer_receipt,
        expense_list, indicator_table, handover,
    ):  # fmt: skip
        build()
