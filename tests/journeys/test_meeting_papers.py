"""The papers of a joint meeting as an office prints them: made a PDF by LibreOffice, then measured where the words stand.

Three meetings: one of a few sentences, one with nothing to do, and one of sixty people and twenty-five matters.
"""

import os
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from incubator.reporting.services import Press
from linkage.papers.meeting import MeetingNoticePaper, MeetingSheetPaper
from linkage.papers.minutes import MinutesPaper
from tests.factories.held_meeting import hold_meeting
from tests.journeys.office import convert, pages_of

pytestmark = pytest.mark.browser
MM = 72 / 25.4
LEFT, RIGHT = 28 * MM, (210 - 26) * MM
TOP, BOTTOM = 37 * MM, (297 - 35) * MM
LINES, CHARACTERS, PITCH = 22, 28, 225 * MM / 22
FULL_STOP = 8  # points that a mark at the end of a line may hang over its edge
SIZES = {
    "empty": {"people": 3, "items": 0},
    "short": {"people": 4, "items": 2},
    "long": {"people": 60, "items": 25, "long": True, "guests": 2},
}


@pytest.fixture
def printed(personas, tmp_path):
    """``printed(paper, size)``: the lines of its pages. LOOK_AT=folder keeps the PDF for whoever wants to look at it."""

    def print_it(paper, size):
        meeting = hold_meeting(
            division=personas.community, chair=personas.community_staff, recorder=personas.worker, **SIZES[size]
        )
        path = tmp_path / f"{paper.code}-{size}.docx"
        path.write_bytes(Press().print(paper, meeting, personas.worker))
        pdf = convert(path)
        if kept := os.environ.get("LOOK_AT"):
            shutil.copy(pdf, Path(kept))
        return pages_of(pdf)

    return print_it


def texts(page):
    return [line.text for line in page]


def check_pages(pages):
    """All of it lies between the margins; below stands the page's number, right on odd and left on even pages."""
    for number, page in enumerate(pages, start=1):
        *text, foot = page
        assert foot.text == f"— {number} —"
        assert BOTTOM + 3 * MM < foot.top < foot.bottom < BOTTOM + 12 * MM
        assert foot.right > RIGHT - 20 if number % 2 else foot.left < LEFT + 20
        assert text, f"page {number} is empty"
        assert min(line.left for line in text) > LEFT - 1
        assert max(line.right for line in text) < RIGHT + FULL_STOP
        assert min(line.top for line in text) > TOP - 4  # a fixed line is lower than the font's own
        assert max(line.bottom for line in text) < BOTTOM + 4


def check_body(page):
    """A page that is full of text: 22 lines of 28 characters of 16 points."""
    text = page[:-1]
    assert len(text) == LINES
    steps = [below.bottom - above.bottom for above, below in pairwise(text)]
    assert all(abs(step - PITCH) < 0.6 for step in steps), steps
    full = [
        line.text for line in text if line.left < LEFT + 1 and line.right > RIGHT - 17 and not _has_ascii(line.text)
    ]
    assert CHARACTERS in {len(told) for told in full}, full
    # One goes down with a mark that does not begin a line, and a mark may hang over the edge.
    assert {len(told) for told in full} <= {CHARACTERS - 1, CHARACTERS, CHARACTERS + 1}


def _has_ascii(text):
    return any(character.isascii() for character in text)


def check_signature(page, office):
    """Office above the date, one in the middle of the other, the date about four characters from the edge; not alone."""
    at = next(number for number, line in enumerate(page) if line.text == office)
    above, date = page[at], page[at + 1]
    assert abs((above.left + above.right) - (date.left + date.right)) < 4
    assert 2.5 * 16 < RIGHT - date.right < 5.5 * 16
    assert at >= 2, "the signature stands alone on its page"
    return date.text


def test_minutes_of_a_short_meeting(printed, personas):
    pages = printed(MinutesPaper, "short")
    check_pages(pages)
    first, last, actions, people = pages
    title, subtitle, *facts = first
    assert title.text == "三社联动联席会"
    assert subtitle.text.replace(" ", "").endswith("会议纪要")
    for line in (title, subtitle):
        assert abs((line.left + line.right) / 2 - (LEFT + RIGHT) / 2) < 2
        assert line.bottom - line.top > 1.3 * (facts[0].bottom - facts[0].top)
    labels = [line.text.split("：")[0] for line in facts if line.text[2:3] == "："]
    assert labels[:6] == ["时间", "地点", "主持", "记录", "出席", "到会"]
    assert "一、议题与议定事项" in texts(first)
    assert facts[0].left == pytest.approx(LEFT + 2 * 15.75, abs=1)
    assert "附件：1. 交办事项清单" in texts(last)
    check_signature(last, personas.community.name)
    assert texts(actions)[:2] == ["附件 1", "交办事项清单"]
    assert texts(people)[:2] == ["附件 2", "签到表"]


def test_minutes_without_anything_to_do_have_no_list_of_actions(printed, personas):
    pages = printed(MinutesPaper, "empty")
    check_pages(pages)
    text, sheet = pages
    assert "会议未形成议定事项。" in texts(text)
    assert "附件：签到表" in texts(text)
    check_signature(text, personas.community.name)
    assert texts(sheet)[:2] == ["附件", "签到表"]


def test_minutes_of_a_long_meeting(printed, personas):
    pages = printed(MinutesPaper, "long")
    check_pages(pages)
    starts = [number for number, page in enumerate(pages) if page[0].text in ("附件 1", "附件 2")]
    body, actions, people = pages[: starts[0]], pages[starts[0] : starts[1]], pages[starts[1] :]
    # Headings stay with what follows, so a page may end a line early; most are full.
    full = [page for page in body[1:-1] if len(page) == LINES + 1 and "到会" not in page[0].text[:2]]
    assert len(full) > len(body) / 2
    for page in full[2:]:
        check_body(page)
    headings = [text for page in body for text in texts(page) if re.match("（[一二三四五六七八九十]+）", text)]
    assert (len(headings), headings[0], headings[10][:4]) == (25, "（一）三号楼至五号楼楼道堆物清理", "（十一）")
    assert not any(page[-2].text.startswith(("（一", "（二", "一、", "二、")) for page in body)
    check_signature(body[-1], personas.community.name)
    # The head of a table stands on each of its pages; every action and everybody stands in it once.
    for page in (*actions, *people):
        assert any(text.startswith("序号") for text in texts(page))
    numbers = [text.split()[0] for page in people for text in texts(page) if text.split()[0].isdigit()]
    assert numbers == [str(number) for number in range(1, 63)]
    days = re.findall(r"\d+ ?月 ?\d+ ?日", "\n".join(text for page in actions for text in texts(page)))
    assert len(days) == 25, "a day is torn in two"


@pytest.mark.parametrize(("size", "number"), [("short", 2), ("long", 4)])
def test_notice(printed, personas, size, number):
    pages = printed(MeetingNoticePaper, size)
    check_pages(pages)
    assert len(pages) == number
    assert texts(pages[0])[0] == f"关于召开{personas.community.name}联席会议的通知"
    assert texts(pages[0])[1].startswith("社区、社会组织、专业社工")
    check_signature(pages[-1], personas.community.name)
    if size == "long":
        check_body(pages[2])


@pytest.mark.parametrize(("size", "people"), [("short", 4), ("long", 60)])
def test_sheet_to_sign_in(printed, personas, size, people):
    pages = printed(MeetingSheetPaper, size)
    check_pages(pages)
    assert texts(pages[0])[0] == f"{personas.community.name}联席会议签到表"
    for page in pages:
        assert any(text.startswith("序号") for text in texts(page))
    numbers = [text.split()[0] for page in pages for text in texts(page)[:-1] if text.split()[0].isdigit()]
    assert numbers == [str(number) for number in range(1, people + 7)]
