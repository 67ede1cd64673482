"""Build the Word templates of joint meetings (templates/linkage/papers/meeting_notice.docx, meeting_sign_in.docx).

    python scripts/build_meeting_papers.py

Official documents in the measures of ``official_layout``. An office may change a built template in Word: the names in
double braces have to stay.
"""

from pathlib import Path

from official_layout import HEADING, fact, fix_line, line, official, rows, signed, table, title

PAPERS = Path(__file__).resolve().parent.parent / "templates" / "linkage" / "papers"
SHEET = (
    ("序号", 13, "{{ row.number }}"), ("参与方", 28, "{{ row.party }}"), ("单位", 51, "{{ row.body }}"),
    ("姓名", 28, "{{ row.name }}"), ("签名", 36, ""),
)  # fmt: skip


def section(document, heading, text, *, last=False):
    line(document, heading, HEADING, keep=True)
    line(document, text, keep=last)


def meeting_notice():
    document = official()
    title(document, "关于召开{{ title }}的通知", after=1)
    line(document, "{{ to }}：", indent=False)
    line(document, "为加强协同、共商社区事务，定于近期召开{{ title }}。现将有关事项通知如下：")
    section(document, "一、时间", "{{ when }}")
    section(document, "二、地点", "{{ where or '另行通知' }}")
    section(document, "三、主持人", "{{ chair or '由召集单位确定' }}")
    line(document, "四、议题", HEADING, keep=True)
    rows(document, "for line in matters", "{{ line }}")
    section(document, "五、参加人员", "{{ people | join('、') or '各参与方代表' }}。")
    section(
        document, "六、有关要求",
        "请准时参加。因故不能到会的，请提前说明，并委托他人代为参加。需要补充议题的，请在会前提出。",
        last=True,
    )  # fmt: skip
    signed(document, "{{ office }}", "{{ on }}")
    return document


def meeting_sign_in():
    document = official()
    title(document, "{{ title }}签到表", after=0.5)
    for label, value in (("时间", "{{ when }}"), ("地点", "{{ where }}"), ("主持", "{{ chair }}")):
        fact(document, label, value)
    fact(document, "记录", "{{ recorder }}")
    fix_line(document.add_paragraph(), 12)
    table(document, "for row in rows", SHEET, left=(2,), height=11)
    return document


BUILT = {"meeting_notice": meeting_notice, "meeting_sign_in": meeting_sign_in}

if __name__ == "__main__":
    PAPERS.mkdir(parents=True, exist_ok=True)
    for name, build in BUILT.items():
        document = build()
        document.core_properties.title = name
        document.save(PAPERS / f"{name}.docx")
