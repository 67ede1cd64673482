"""会议纪要 as Word: the measures of an official document (GB/T 9704-2012), and everything that was resolved stands in it."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from incubator.reporting.services import Press
from linkage.choices import Party
from linkage.papers.meeting import MeetingNoticePaper, MeetingSheetPaper
from linkage.papers.minutes import MinutesPaper, _numeral
from linkage.services import minutes
from tests.factories.held_meeting import hold_meeting
from tests.factories.linkage_minutes import (
    ActionFactory,
    AttendanceFactory,
    HeldMeetingFactory,
    LookFactory,
    MemberFactory,
    ResolutionFactory,
)

TITLE, HEADING, SUBHEADING, BODY, NUMBER = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
LINE = 28.95


def printed(paper, meeting, user):
    return Document(io.BytesIO(Press().print(paper, meeting, user)))


def paragraphs(document):
    return [paragraph for paragraph in document.paragraphs if paragraph.text]


def find(document, beginning):
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(beginning))


def fonts(paragraph):
    return [
        (run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt) for run in paragraph.runs if run.text.strip()
    ]


def rows(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture
def held(personas):
    return hold_meeting(
        division=personas.community, chair=personas.community_staff, recorder=personas.worker,
        people=12, items=3, guests=1, long=True,
    )  # fmt: skip


@pytest.mark.parametrize("paper", [MinutesPaper, MeetingNoticePaper, MeetingSheetPaper])
def test_the_page_is_that_of_an_official_document(paper, held, personas):
    document = printed(paper, held, personas.worker)
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
        assert [round(margin.mm) for margin in margins] == [37, 28, 26, 35]
        for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
            foot = footer.paragraphs[0]
            assert (foot.text, foot.alignment) == ("—  —", align)
            assert set(fonts(foot)) == {(NUMBER, 14)}
            assert {run.font.name for run in foot.runs} == {NUMBER}
            assert "PAGE" in foot._p.xml
    assert document.settings.odd_and_even_pages_header_footer
    title = paragraphs(document)[0]
    assert (fonts(title), title.alignment) == ([(TITLE, 22)], ALIGN.CENTER)


def test_text_is_16_points_on_fixed_lines_two_characters_in(held, personas):
    document = printed(MinutesPaper, held, personas.worker)
    assert fonts(find(document, "一、议题")) == [(HEADING, 16)]
    assert fonts(find(document, "（一）")) == [(SUBHEADING, 16)]
    assert fonts(find(document, "出席：")) == [(HEADING, 16), (BODY, 16)]
    body = [paragraph for paragraph in paragraphs(document) if set(fonts(paragraph)) == {(BODY, 16)}]
    assert len(body) > 12
    for paragraph in body:
        layout = paragraph.paragraph_format
        assert layout.line_spacing.pt == LINE, paragraph.text
        assert (layout.space_after.pt, layout.line_spacing_rule) == (0, 4)
    said = find(document, "社会组织：居民反映").paragraph_format
    assert said.first_line_indent.pt == pytest.approx(2 * 15.75, abs=0.1)
    for beginning in ("一、议题", "（一）", "（三）", "附件：", personas.community.name):
        assert find(document, beginning).paragraph_format.keep_with_next, beginning


def test_facts_come_first_and_everybody_is_named_once(held, personas):
    document = printed(MinutesPaper, held, personas.worker)
    told = dict(paragraph.text.split("：", 1) for paragraph in paragraphs(document) if paragraph.text[2:3] == "：")
    assert (told["主持"], told["记录"]) == ("孙社区", "王社工")
    assert told["出席"].startswith(
        "社区：王建平；社会组织：李国；专业社工：张秀；志愿者：刘英平；慈善资源：孙英（代陈志）；"
    )
    assert (told["请假"], told["列席"], told["缺席"]) == ("赵海平（外出培训）", "刘英平（1号楼）", "徐秀")
    assert told["到会"] == "应到各方均已到会"


def test_the_list_of_actions_says_who_does_what_by_when(held, personas):
    actions, people = printed(MinutesPaper, held, personas.worker).tables
    head, *lines = rows(actions)
    assert head == ["序号", "交办事项", "责任方", "责任人", "办理时限", "办理情况"]
    assert [line[0] for line in lines] == ["1", "2", "3"]
    month = f"{held.period:%Y-%m}"
    assert lines[0][1] == f"三号楼至五号楼楼道堆物清理：入户登记、集中清理和复查\n（{month}-01）"
    assert [line[2] for line in lines] == ["社区", "社会组织", "专业社工"]
    assert lines[0][3] == "王建平"
    assert lines[0][4].startswith("20")
    assert lines[0][4].endswith("日")
    for table in (actions, people):
        properties = table.rows[0]._tr.trPr
        assert properties.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_sheet_has_everybody_party_by_party(held, personas):
    _actions, people = printed(MinutesPaper, held, personas.worker).tables
    head, *lines = rows(people)
    assert head == ["序号", "参与方", "单位", "姓名", "到会", "签名"]
    assert [line[0] for line in lines] == [str(number) for number in range(1, 14)]
    assert [line[1] for line in lines] == [
        "社区", "社会组织", "专业社工", "志愿者", "慈善资源", "街道办事处", "居民", "居民", "派出所", "医院或卫生服务中心",
        "学校", "企业", "其他",
    ]  # fmt: skip
    assert (lines[4][3:5], lines[6][3:5]) == (["陈志", "委托（孙英）"], ["赵海平", "请假（外出培训）"])


def test_what_was_resolved_beside_the_agenda_stands_under_a_heading_of_its_own(round_table):
    meeting = round_table.meeting
    AttendanceFactory(meeting=meeting, member=round_table.members["community"], party="community", name="孙社区")
    ResolutionFactory(meeting=meeting, text="下月改在周三开会", number="2026-01-07")
    minutes.close_meeting(meeting_id=meeting.pk, actor=round_table.worker)
    meeting = type(meeting).objects.get(pk=meeting.pk)
    document = printed(MinutesPaper, meeting, round_table.worker)
    text = [paragraph.text for paragraph in paragraphs(document)]
    at = text.index("（一）其他事项")
    assert text[at + 1] == "议定事项2026-01-07（通过）：下月改在周三开会"
    assert "（待确认稿）" in text
    assert "附件：签到表" in text
    assert len(document.tables) == 1


def test_earlier_actions_come_first(round_table):
    earlier = HeldMeetingFactory(series=round_table.series, kind="special", closed=True)
    action = ActionFactory(resolution=ResolutionFactory(meeting=earlier), title="装感应灯", due_on="2026-05-20")
    meeting = round_table.meeting
    AttendanceFactory(meeting=meeting, member=round_table.members["community"], party="community", name="孙社区")
    LookFactory(action=action, meeting=meeting, before="open", after="in_progress", note="已装一半。")
    minutes.close_meeting(meeting_id=meeting.pk, actor=round_table.worker)
    meeting = type(meeting).objects.get(pk=meeting.pk)
    text = [one.text for one in paragraphs(printed(MinutesPaper, meeting, round_table.worker))]
    at = text.index("一、上次交办事项办理情况")
    assert text[at + 1] == "1. 装感应灯（社区，2026年5月20日前）：办理中。已装一半。"
    assert text[at + 2 : at + 4] == ["二、议题与议定事项", "会议未形成议定事项。"]


def test_a_notice_is_addressed_to_the_parties_in_their_order(round_table):
    MemberFactory(series=round_table.series, party=Party.OTHER, name="消防员")
    document = printed(MeetingNoticePaper, round_table.meeting, round_table.worker)
    text = [paragraph.text for paragraph in paragraphs(document)]
    assert text[1] == "社区、社会组织、专业社工、派出所、有关单位："
    assert "孙社区、周队长（治安服务队）、王社工、罗警官（派出所）、消防员。" in text
    assert find(document, "请准时参加").paragraph_format.keep_with_next


@pytest.mark.no_db
@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (25, "二十五"), (99, "九十九"), (100, "100")],
)
def test_numbers_of_headings(number, text):
    assert _numeral(number) == text
