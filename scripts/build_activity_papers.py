"""Builds the Word templates of the activities' record forms (templates/projects/papers/*.docx).

Run it after changing a form: python scripts/build_activity_papers.py. An office may also open the files and change them
by hand; the names in double braces have to stay.
"""

from pathlib import Path

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

TARGET = Path(__file__).parents[1] / "templates" / "projects" / "papers"
WIDTHS = (Cm(2.9), Cm(5.35), Cm(2.9), Cm(5.35))


def set_font(run, name, size, *, bold=False):
    run.font.name, run.font.size, run.font.bold = name, Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def write(cell, text, *, bold=False, center=False, name="宋体"):
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(paragraph.add_run(text), name, 10.5, bold=bold)
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    cell._element.get_or_add_tcPr().append(middle)


def label(cell, text):
    write(cell, text, center=True, name="黑体")


def stay_with_next(cell):
    """No page ends after this row: a heading stands with its rows, signatures with who led and the line below."""
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


class Paper:
    def __init__(self, title):
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.25)
        section.top_margin = section.bottom_margin = Cm(1.7)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "宋体", Pt(11)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        heading = self.document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        heading.paragraph_format.space_after = Pt(4)
        set_font(heading.add_run(title), "黑体", 18, bold=True)
        under = self.document.add_paragraph()
        under.paragraph_format.space_after = Pt(3)
        set_font(under.add_run("街道（镇）：{{ street }}　　社区（村）：{{ community }}"), "宋体", 11)
        self.table = self.document.add_table(rows=0, cols=4)
        self.table.style = "Table Grid"
        self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self.table.autofit = False
        for column, width in zip(self.table.columns, WIDTHS, strict=True):
            column.width = width

    def _row(self, height):
        row = self.table.add_row()
        row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width
        keep = OxmlElement("w:cantSplit")
        if height < 3:
            row._tr.get_or_add_trPr().append(keep)
        return row

    def pair(self, first, value, second, other):
        cells = self._row(0.85).cells
        label(cells[0], first)
        write(cells[1], value)
        label(cells[2], second)
        write(cells[3], other)
        return cells[0]

    def wide(self, text, value, height=0.85):
        cells = self._row(height).cells
        label(cells[0], text)
        write(cells[1].merge(cells[3]), value)
        return cells[0]

    def loop(self):
        """The kind's own answers, one row each, whatever they are."""
        self._mark("{%tr for line in lines %}")
        self.wide("{{ line[0] }}", "{{ line[1] }}")
        self._mark("{%tr endfor %}")

    def _mark(self, text):
        write(self._row(0.85).cells[0], text)

    def only_if(self, name):
        """The rows up to ``end_if`` stand there only when the value is told."""
        self._mark(f"{{%tr if {name} %}}")

    def end_if(self):
        self._mark("{%tr endif %}")

    def ticks(self, text, name):
        """All choices of a question with a box each, ticked or not, as on the printed form."""
        cells = self._row(0.85).cells
        label(cells[0], text)
        boxes = f"{{% for box in boxes.{name} %}}{{{{ box }}}}　{{% endfor %}}"
        write(cells[1].merge(cells[3]), boxes)

    def action(self):
        self.wide("行动计划", "{{ answers.action }}", 1)
        self.pair("负 责 人", "{{ answers.action_person }}", "完成期限", "{{ answers.action_on }}")

    def heading(self, text):
        cells = self._row(0.8).cells
        write(cells[0].merge(cells[3]), text, bold=True, name="黑体")
        stay_with_next(cells[0])

    def signatures(self, left, right):
        cells = self._row(1.5).cells
        merged = (cells[0].merge(cells[1]), cells[2].merge(cells[3]))
        for cell, who in zip(merged, (left, right), strict=True):
            write(cell, who)
            line = cell.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            line.paragraph_format.space_after = Pt(2)
            set_font(line.add_run("年　　月　　日"), "宋体", 10.5)
            stay_with_next(cell)

    def save(self, name):
        foot = self.document.add_paragraph()
        foot.paragraph_format.space_before = Pt(4)
        set_font(
            foot.add_run("记录人：{{ recorded_by }}　　记录日期：{{ recorded_on }}　　审阅人：{{ reviewed_by }}"),
            "宋体",
            10,
        )
        self.document.core_properties.author = ""
        self.document.core_properties.title = name
        self.document.save(TARGET / f"{name}.docx")


def common(paper, when="时　　间"):
    paper.pair(when, "{{ date }} {{ begin }}–{{ end }}", "时　　长", "{{ minutes }} 分钟")


def ending(paper, left="记录人（签字）：", right="组织负责人（签字）："):
    """What every record may say: the next step, what did not happen and why, who led, how many of whom came."""
    paper.wide("下一步约定", "{{ next_step }}", 1)
    stay_with_next(paper.pair("主导情况", "{{ led_by }}", "社工角色", "{{ worker_role }}"))
    paper.only_if("attendance")
    stay_with_next(paper.wide("到场情况", "{{ attendance }}"))
    paper.end_if()
    paper.only_if("outcome_reason")
    stay_with_next(paper.wide("未举办情况", "{{ outcome }}：{{ outcome_reason }}"))
    paper.end_if()
    paper.signatures(left, right)


def visit():
    paper = Paper("社区社会组织走访记录表")
    paper.pair("走访组织", "{{ organization }}", "走访方式", "{{ answers.way }}")
    common(paper, "走访时间")
    paper.pair("走访地点", "{{ place }}", "走访对象", "{{ answers.met }}")
    paper.pair("走 访 人", "{{ recorded_by }}", "参与人数", "{{ participants }}")
    paper.wide("走访情况", "{{ summary }}", 7)
    paper.wide("发现的需求", "{{ answers.needs }}", 2.6)
    paper.wide("处理情况", "{{ answers.handling }}", 2.6)
    paper.wide("是否转办", "{{ answers.pass_on }}")
    ending(paper, "走访人（签字）：")
    paper.save("visit")


def training():
    paper = Paper("社区社会组织培训活动记录表")
    paper.wide("培训主题", "{{ answers.topic }}")
    paper.pair("参加组织", "{{ organization }}", "讲师/主持", "{{ answers.trainer }}")
    common(paper, "培训时间")
    paper.pair("培训地点", "{{ place }}", "签到人数", "{{ participants }}")
    paper.wide("培训目标", "{{ answers.goals }}", 1.6)
    paper.wide("议程安排", "{{ answers.agenda }}", 2.4)
    paper.wide("培训过程", "{{ summary }}", 3.2)
    paper.wide("使用材料", "{{ answers.materials }}")
    paper.wide("反馈均分", "{{ answers.feedback }}")
    paper.wide("主要收获", "{{ answers.gains }}", 1.8)
    paper.wide("后续跟进", "{{ answers.follow_up }}", 1.2)
    ending(paper)
    paper.save("training")


def supervision():
    paper = Paper("社会工作督导记录表")
    paper.pair("督 导 者", "{{ recorded_by }}", "被督导者", "{{ supervised }}")
    common(paper, "督导时间")
    paper.pair("督导地点", "{{ place }}", "涉及组织", "{{ organization }}")
    paper.ticks("督导内容", "contents")
    paper.ticks("督导手法", "methods")
    paper.wide("说　　明", "{{ summary }}", 2.4)
    paper.wide("督导反思", "{{ answers.reflection }}", 1.3)
    paper.wide("提出的问题", "{{ answers.issues }}", 1.2)
    paper.wide("督导建议", "{{ answers.suggestions }}", 1.2)
    paper.action()
    paper.wide("被督导者反馈", "{{ answers.feedback }}", 1)
    paper.wide("下次时间", "{{ answers.next_on }}")
    ending(paper, "督导者（签字）：", "被督导者（签字）：")
    paper.save("supervision")


def org_supervision():
    paper = Paper("社区社会组织一对一督导记录表")
    paper.pair("组织名称", "{{ organization }}", "督 导 人", "{{ recorded_by }}")
    common(paper, "督导时间")
    paper.pair("督导地点", "{{ place }}", "参加人员", "{{ answers.met }}")
    paper.ticks("督导内容", "contents")
    paper.wide("督导过程", "{{ summary }}", 4)
    paper.wide("发现的问题", "{{ answers.problems }}", 1.8)
    paper.wide("督导建议", "{{ answers.suggestions }}", 1.8)
    paper.action()
    paper.wide("组织反馈", "{{ answers.feedback }}", 1.5)
    paper.wide("下次时间", "{{ answers.next_on }}")
    ending(paper, "督导人（签字）：")
    paper.save("org_supervision")


def workshop():
    paper = Paper("社区社会组织工作坊记录表")
    paper.wide("工作坊主题", "{{ answers.topic }}")
    paper.pair("参加组织", "{{ organization }}", "带 领 者", "{{ answers.host }}")
    common(paper)
    paper.pair("地　　点", "{{ place }}", "签到人数", "{{ participants }}")
    paper.wide("目　　标", "{{ answers.goals }}", 1.6)
    paper.wide("步骤与练习", "{{ answers.steps }}", 2.6)
    paper.wide("使用材料", "{{ answers.materials }}")
    paper.wide("开展过程", "{{ summary }}", 3.4)
    paper.wide("成果与决定", "{{ answers.results }}", 1.8)
    paper.wide("主要收获", "{{ answers.gains }}", 1.6)
    paper.wide("后续跟进", "{{ answers.follow_up }}", 1.2)
    ending(paper)
    paper.save("workshop")


def salon():
    paper = Paper("社区社会组织主题沙龙记录表")
    paper.wide("沙龙主题", "{{ answers.theme }}")
    paper.pair("组　　织", "{{ organization }}", "主 持 人", "{{ answers.host }}")
    common(paper)
    paper.pair("地　　点", "{{ place }}", "参与人数", "{{ participants }}")
    paper.wide("参加组织与嘉宾", "{{ answers.guests }}", 1.2)
    paper.wide("开展过程", "{{ summary }}", 4)
    paper.wide("主要观点", "{{ answers.points }}", 3)
    paper.wide("形成的共识", "{{ answers.agreed }}", 2)
    paper.wide("对接的人和资源", "{{ answers.links }}", 1.6)
    paper.wide("后续跟进", "{{ answers.follow_up }}", 1.2)
    ending(paper)
    paper.save("salon")


def meeting(name, title, who, rows):
    """Meetings differ in what they settle."""
    paper = Paper(title)
    paper.pair("组　　织", "{{ organization }}", "地　　点", "{{ place }}")
    common(paper, "会议时间")
    paper.pair("记 录 人", "{{ recorded_by }}", "参加人数", "{{ participants }}")
    paper.wide(who[0], f"{{{{ {who[1]} }}}}", 1.2)
    for text, value, height in rows:
        paper.wide(text, f"{{{{ {value} }}}}", height)
    ending(paper)
    paper.save(name)


def meetings():
    meeting(
        "liaison", "社区社会组织联络会记录表", ("参会各方", "answers.met"),
        [
            ("讨论事项", "summary", 5), ("议定事项", "answers.agreed", 4), ("待议事项", "answers.open_matters", 2.2),
            ("下次时间", "answers.next_on", 0.85),
        ],
    )  # fmt: skip
    meeting(
        "joint_meeting", "三社联动联席会议记录表", ("参会人员", "answers.met"),
        [("讨论事项", "summary", 6), ("会议决议", "answers.resolutions", 5)],
    )  # fmt: skip
    meeting(
        "internal_meeting", "社区社会组织内部会议记录表", ("参会人员", "answers.came"),
        [
            ("解决的问题", "summary", 4.5), ("待解决问题", "answers.still_open", 3), ("成员感受", "answers.mood", 2.4),
            ("下次时间", "answers.next_on", 0.85),
        ],
    )  # fmt: skip


def admin_assist():
    paper = Paper("社工行政协助记录表")
    paper.pair("交办单位", "{{ answers.asked_by }}", "涉及组织", "{{ organization }}")
    common(paper)
    paper.pair("地　　点", "{{ place }}", "社　　工", "{{ recorded_by }}")
    paper.pair("事　　由", "{{ answers.task }}", "协同人员", "{{ answers.with_whom }}")
    paper.wide("协助内容", "{{ summary }}", 10)
    ending(paper, "社工（签字）：", "交办单位（签字）：")
    paper.save("admin_assist")


def service():
    paper = Paper("社区社会组织服务活动记录表")
    paper.wide("活动名称", "{{ answers.name }}")
    paper.pair("负责组织", "{{ organization }}", "活动地点", "{{ place }}")
    common(paper, "活动时间")
    paper.pair("服务对象", "{{ answers.for_whom }}", "参与人次", "{{ participants }}")
    paper.heading("一、活动计划")
    paper.wide("活动目标", "{{ answers.goals }}", 1.4)
    paper.wide("活动流程", "{{ answers.course }}", 2)
    paper.wide("人员分工", "{{ answers.tasks }}", 1.3)
    paper.wide("风险与预案", "{{ answers.risks }}", 1.2)
    paper.heading("二、活动总结")
    paper.wide("开展情况", "{{ summary }}", 2.6)
    paper.pair(
        "经费预算",
        "{{ answers.budget }}{% if answers.budget %} 元{% endif %}",
        "实际支出",
        "{{ answers.spending }}{% if answers.spending %} 元{% endif %}",
    )
    paper.wide("目标达成情况", "{{ answers.reached }}")
    paper.wide("活动反思", "{{ answers.reflection }}", 1.6)
    ending(paper)
    paper.save("service")


def resource_link():
    paper = Paper("社区社会组织资源链接记录表")
    paper.pair("受益组织", "{{ organization }}", "资源名称", "{{ answers.resource }}")
    paper.pair(
        "资源提供方", "{{ answers.provider }}", "折合金额", "{{ answers.value }}{% if answers.value %} 元{% endif %}"
    )
    common(paper)
    paper.pair("地　　点", "{{ place }}", "链 接 人", "{{ recorded_by }}")
    paper.wide("用　　途", "{{ answers.purpose }}", 1.4)
    paper.wide("使用情况", "{{ summary }}", 10)
    ending(paper, "链接人（签字）：", "提供方（签字）：")
    paper.save("resource_link")


def other():
    paper = Paper("社区社会组织培育工作记录表")
    paper.wide("事　　项", "{{ answers.what }}")
    paper.pair("组　　织", "{{ organization }}", "地　　点", "{{ place }}")
    common(paper)
    paper.pair("记 录 人", "{{ recorded_by }}", "参与人数", "{{ participants }}")
    paper.wide("具体情况", "{{ summary }}", 11)
    ending(paper)
    paper.save("other")


def activity():
    """For kinds made in the browser, and for editions of before: whatever was asked, one row each."""
    paper = Paper("社区社会组织{{ kind }}记录表")
    paper.wide("活动名称", "{{ title }}")
    paper.pair("组　　织", "{{ organization }}", "地　　点", "{{ place }}")
    common(paper)
    paper.pair("记 录 人", "{{ recorded_by }}", "参与人数", "{{ participants }}")
    paper.wide("活动情况", "{{ summary }}", 8)
    paper.loop()
    ending(paper)
    paper.save("activity")


PAPERS = (
    visit, training, supervision, org_supervision, workshop, salon, meetings, admin_assist, service, resource_link, other,
    activity,
)  # fmt: skip

if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for build in PAPERS:
        build()
