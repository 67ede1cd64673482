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
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(paragraph.add_run(text), name, 11, bold=bold)
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    cell._element.get_or_add_tcPr().append(middle)


def label(cell, text):
    write(cell, text, center=True, name="黑体")


class Paper:
    def __init__(self, title):
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.25)
        section.top_margin = section.bottom_margin = Cm(2.2)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "宋体", Pt(11)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        heading = self.document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        set_font(heading.add_run(title), "黑体", 18, bold=True)
        under = self.document.add_paragraph()
        set_font(under.add_run("街道（镇）：{{ street }}　　社区（村）：{{ community }}"), "宋体", 11)
        self.table = self.document.add_table(rows=0, cols=4)
        self.table.style = "Table Grid"
        self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self.table.autofit = False

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
        cells = self._row(0.95).cells
        label(cells[0], first)
        write(cells[1], value)
        label(cells[2], second)
        write(cells[3], other)

    def wide(self, text, value, height=0.95):
        cells = self._row(height).cells
        label(cells[0], text)
        write(cells[1].merge(cells[3]), value)

    def loop(self):
        """The kind's own answers, one row each, whatever they are."""
        self._mark("{%tr for line in lines %}")
        self.wide("{{ line[0] }}", "{{ line[1] }}")
        self._mark("{%tr endfor %}")

    def _mark(self, text):
        write(self._row(0.95).cells[0], text)

    def signatures(self, left, right):
        cells = self._row(2.2).cells
        merged = (cells[0].merge(cells[1]), cells[2].merge(cells[3]))
        for cell, who in zip(merged, (left, right), strict=True):
            write(cell, who)
            line = cell.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            set_font(line.add_run("年　　月　　日"), "宋体", 11)

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
    paper.pair(when, "{{ date }}　{{ begin }}—{{ end }}", "时　　长", "{{ minutes }} 分钟")


def visit():
    paper = Paper("社区社会组织走访记录表")
    paper.pair("走访组织", "{{ organization }}", "走访方式", "{{ answers.way }}")
    common(paper, "走访时间")
    paper.pair("走访地点", "{{ place }}", "走访对象", "{{ answers.met }}")
    paper.pair("走 访 人", "{{ recorded_by }}", "参与人数", "{{ participants }}")
    paper.wide("走访情况", "{{ summary }}", 5)
    paper.wide("发现的需求", "{{ answers.needs }}", 3)
    paper.wide("处理情况", "{{ answers.handling }}", 3)
    paper.pair("是否转办", "{{ answers.pass_on }}", "主导情况", "{{ led_by }}")
    paper.wide("下一步约定", "{{ next_step }}", 1.6)
    paper.signatures("走访人（签字）：", "组织负责人（签字）：")
    paper.save("visit")


def training():
    paper = Paper("社区社会组织培训活动记录表")
    paper.wide("培训主题", "{{ answers.topic }}")
    paper.pair("参加组织", "{{ organization }}", "讲师/主持", "{{ answers.trainer }}")
    common(paper, "培训时间")
    paper.pair("培训地点", "{{ place }}", "签到人数", "{{ participants }}")
    paper.wide("培训目标", "{{ answers.goals }}", 1.8)
    paper.wide("议程安排", "{{ answers.agenda }}", 2.8)
    paper.wide("培训过程", "{{ summary }}", 4.5)
    paper.pair("使用材料", "{{ answers.materials }}", "反馈均分", "{{ answers.feedback }}")
    paper.wide("主要收获", "{{ answers.gains }}", 2.2)
    paper.wide("后续跟进", "{{ answers.follow_up }}", 1.6)
    paper.wide("下一步约定", "{{ next_step }}", 1.2)
    paper.signatures("记录人（签字）：", "组织负责人（签字）：")
    paper.save("training")


def activity():
    paper = Paper("社区社会组织{{ kind }}记录表")
    paper.wide("活动名称", "{{ title }}")
    paper.pair("组　　织", "{{ organization }}", "地　　点", "{{ place }}")
    common(paper)
    paper.pair("参与人数", "{{ participants }}", "主导情况", "{{ led_by }}")
    paper.wide("活动情况", "{{ summary }}", 6)
    paper.loop()
    paper.wide("下一步约定", "{{ next_step }}", 1.6)
    paper.signatures("记录人（签字）：", "组织负责人（签字）：")
    paper.save("activity")


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for build in (visit, training, activity):
        build()
