"""Build the Word template of minutes (templates/linkage/papers/meeting_minutes.docx) as an official document.

    python scripts/build_minutes_paper.py

The measures are those of ``official_layout``. An office may change a built template in Word: the names in double braces
have to stay.
"""

from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from official_layout import (
    HEADING,
    SUBHEADING,
    annex,
    attached,
    fact,
    fix_line,
    line,
    mark,
    official,
    rows,
    signed,
    table,
    title,
    write,
)

TARGET = Path(__file__).resolve().parent.parent / "templates" / "linkage" / "papers" / "meeting_minutes.docx"
ACTIONS = (
    ("序号", 11, "{{ action.number }}"), ("交办事项", 53, "{{ action.title }}"), ("责任方", 24, "{{ action.party }}"),
    ("责任人", 20, "{{ action.owner }}"), ("办理时限", 28, "{{ action.due_on }}"), ("办理情况", 20, ""),
)  # fmt: skip
PEOPLE = (
    ("序号", 11, "{{ person.number }}"), ("参与方", 26, "{{ person.party }}"), ("单位", 43, "{{ person.body }}"),
    ("姓名", 20, "{{ person.name }}"), ("到会", 33, "{{ person.presence }}"), ("签名", 23, ""),
)  # fmt: skip
FACTS = (
    ("时间", "{{ day }} {{ time }}", ""), ("地点", "{{ where }}", "where"), ("主持", "{{ chair }}", "chair"),
    ("记录", "{{ recorder }}", "recorder"), ("出席", "{{ came }}", ""), ("列席", "{{ guests }}", "guests"),
    ("请假", "{{ excused }}", "excused"), ("缺席", "{{ absent }}", "absent"), ("到会", "{{ quorum }}", ""),
)  # fmt: skip


def numbered(document, with_looks, without):
    """A heading of the first level whose number depends on whether there were earlier actions."""
    mark(document, "if looks")
    line(document, with_looks, HEADING, keep=True)
    mark(document, "else")
    line(document, without, HEADING, keep=True)
    mark(document, "endif")


def head(document):
    title(document, "{{ title }}")
    title(document, "{{ subtitle }}")
    paragraph = document.add_paragraph()
    fix_line(paragraph)
    paragraph.alignment = ALIGN.CENTER
    write(paragraph, "{{ draft }}", SUBHEADING)
    for label, value, condition in FACTS:
        if condition:
            mark(document, f"if {condition}")
        fact(document, label, value)
        if condition:
            mark(document, "endif")
    fix_line(document.add_paragraph())


def body(document):
    mark(document, "if looks")
    line(document, "一、上次交办事项办理情况", HEADING, keep=True)
    rows(document, "for look in looks", "{{ look.text }}")
    mark(document, "endif")
    numbered(document, "二、议题与议定事项", "一、议题与议定事项")
    mark(document, "for item in items")
    line(document, "{{ item.heading }}", SUBHEADING, keep=True)
    rows(document, "for line in item.lines", "{{ line.text }}", last="line.is_last")
    mark(document, "endfor")
    mark(document, "if not items")
    line(document, "会议未形成议定事项。", keep=True)
    mark(document, "endif")
    mark(document, "if summary")
    numbered(document, "三、会议小结", "二、会议小结")
    rows(document, "for line in summary", "{{ line.text }}", last="line.is_last")
    mark(document, "endif")


def annexes(document):
    """Without an action there is no list of them."""
    mark(document, "if actions")
    annex(document, "附件1", "交办事项清单")
    table(document, "for action in actions", ACTIONS, left=(1,))
    annex(document, "附件2", "签到表")
    mark(document, "else")
    annex(document, "附件", "签到表")
    mark(document, "endif")
    table(document, "for person in people", PEOPLE, left=(2,))


def main():
    document = official()
    head(document)
    body(document)
    mark(document, "if actions")
    attached(document, "交办事项清单", "签到表")
    mark(document, "else")
    attached(document, "签到表")
    mark(document, "endif")
    signed(document, "{{ place }}", "{{ signed_on }}")
    annexes(document)
    document.core_properties.title = "会议纪要"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    document.save(TARGET)


if __name__ == "__main__":
    main()
