"""A standard as a workbook: what comes out goes in again unchanged; score sheets as offices have them; broken files."""

import io

import pytest
import xlsxwriter
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations.scoring import check_standard
from evaluations.services.problem_words import problem_words
from evaluations.services.standard_reader import read_standard
from evaluations.services.standard_sheet import standard_workbook
from evaluations.services.standard_text import read_options, read_tiers, read_value, value_text
from incubator.importing.readers import FileRefused, SheetRefused
from tests.evaluations.standards import DEFAULT, indicator, standard

pytestmark = pytest.mark.no_db
OWN = ("code", "label", "sample")  # what the standard says of itself, not its content
HEAD = ["一级指标", "一级指标分值", "二级指标", "二级指标分值", "三级指标", "标准分值", "评定方法与说明"]
# domain.md 2.2, T1: the labels that are seen add up to 125, the title says 135.
FUJIAN_2012 = [
    HEAD,
    ["基础条件", 135, "法人资格", 50, "法定代表人程序产生", 5, "看会议记录"],
    ["", "", "", "", "法定代表人本地常住", 5, ""],
    ["", "", "", "", "净资产不低于注册资金", 10, "看审计报告"],
    ["", "", "", "", "账户规范", 5, ""],
    ["", "", "", "", "名称", 5, ""],
    ["", "", "", "", "办公条件", 10, "独立场所 5 分，设备 5 分"],
    ["", "", "", "", "专职人员", 10, "1 人得 5 分，每多 1 人加 1 分，加满 5 分"],
    ["", "", "章程", 20, "制定程序", 10, ""],
    ["", "", "", "", "核准", 10, ""],
    ["", "", "变更和备案", 20, "变更", 10, ""],
    ["", "", "", "", "备案", 10, "五项各 2 分"],
    ["", "", "年度检查", 35, "年检时间", 15, ""],
    ["", "", "", "", "年检结论", 20, ""],
]


RATIO = "by = ratio; of = members; 2 = 10; 1 = 5; else = 0"


def workbook(*sheets):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def content_alone(content):
    return {key: value for key, value in content.items() if key not in OWN}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_shipped_standard_goes_out_and_in_again_unchanged(language):
    with override(language):
        data = standard_workbook(DEFAULT)
    assert read_standard(data) == content_alone(DEFAULT)


points = st.one_of(st.integers(1, 99), st.sampled_from(["2.5", "0.75"]))
text = st.text(st.sampled_from("成长活动制度ab（）、，“”1"), min_size=1, max_size=12).map(str.strip).filter(bool)
modes = st.one_of(
    st.just({"kind": "judged"}),
    st.just({"kind": "fixed"}),
    st.builds(lambda op, value: {"kind": "fixed", "op": op, "value": value}, st.sampled_from([">=", "<", "=="]), points),
    st.builds(lambda per: {"kind": "deduct", "per": per}, points),
    st.builds(lambda base, step: {"kind": "steps", "from": 1, "base": base, "every": 2, "step": step}, points, points),
    st.builds(
        lambda at, of: {"kind": "tiers", "by": "ratio", "of": of, "tiers": [{"at": at, "points": 3}], "else": 0},
        points, st.sampled_from(["members", "indicator:a"]),
    ),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(text, points, modes, text), min_size=1, max_size=5))
def test_any_standard_goes_out_and_in_again_unchanged(rows):
    made = [
        indicator(f"i{at}", full, mode=mode, label={"zh-hans": name, "en": ""}, evidence={"zh-hans": told, "en": ""})
        if mode["kind"] != "x" else None
        for at, (name, full, mode, told) in enumerate(rows)
    ]  # fmt: skip
    content = standard([], total=10)
    content["dimensions"][0] |= {"indicators": made, "points": 10, "label": {"zh-hans": "维度", "en": ""}}
    content |= {"bonus": [], "vetoes": []}
    assert read_standard(standard_workbook(content)) == content_alone(content)


def test_a_score_sheet_of_an_office_is_read_and_its_wrong_sums_are_reported_not_trusted():
    content = read_standard(workbook([["福建省民办非企业单位评估指标"], *FUJIAN_2012]))
    (dimension,) = content["dimensions"]
    assert [group["label"]["zh-hans"] for group in dimension["groups"]] == [
        "法人资格",
        "章程",
        "变更和备案",
        "年度检查",
    ]
    assert len(dimension["indicators"]) == 13
    assert dimension["indicators"][6]["group"] == dimension["groups"][0]["code"]
    assert dimension["indicators"][0]["evidence"]["zh-hans"] == "看会议记录"
    assert {one["mode"]["kind"] for one in dimension["indicators"]} == {"judged"}
    told = [problem_words(one, content) for one in check_standard(content)]
    assert told == ["基础条件: Its indicators add up to 125 points, but 135 are stated."]


def test_a_score_sheet_with_all_columns_of_the_house_keeps_ways_of_scoring():
    rows = [
        [*HEAD, "计分方式", "Figures of the way of scoring", "Where the fact comes from"],
        ["基础条件", 25, "", "", "征信", 15, "有失信记录得 0", "options", "无不良 = 15\n有失信记录 = 0", ""],
        [
            "",
            "",
            "",
            "",
            "净资产",
            10,
            "",
            "tiers",
            "by = ratio; of = members; 2 = 10; 1 = 5; else = 0",
            "auto:activities_12m",
        ],
        ["一票否决", "", "", "", "弄虚作假", "", "查实", "", "", ""],
        ["加分项", "", "", "", "表彰", 5, "", "fixed", "", ""],
    ]
    content = read_standard(workbook(rows))
    first, second = content["dimensions"][0]["indicators"]
    assert [one["points"] for one in first["mode"]["options"]] == [15, 0]
    assert second["mode"]["tiers"] == [{"at": 2, "points": 10}, {"at": 1, "points": 5}]
    assert (second["mode"]["of"], second["source"]) == ("members", "auto:activities_12m")
    assert [one["label"]["zh-hans"] for one in content["vetoes"]] == ["弄虚作假"]
    assert content["bonus"][0]["points"] == 5
    assert content["total"] == 25


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ([HEAD, ["基础", 10, "", "", "名称", "十", ""]], ["Indicators, row 2: “十” is no number."]),
        (
            [HEAD, ["", "", "", "", "名称", 5, ""]],
            ["Indicators, row 2: It is not said which dimension this belongs to."],
        ),
        (
            [HEAD, ["基础", 10, "", "", "名称", -5, ""], ["", "", "", "", "办公", 5, ""]],
            ["Indicators, row 2: Points cannot be below 0; here they are -5."],
        ),
        (
            [[*HEAD, "计分方式"], ["基础", 10, "", "", "名称", 5, "", "魔法"]],
            ["Indicators, row 2: “魔法” is no way of scoring."],
        ),
        (
            [["Band", "From score", "To score"], ["好", 60, 100], ["差", "零", 60]],
            ["Bands, row 3: “零” is no number."],
        ),
        (
            [
                ["Stage or form", "Which one", "Rule", "Fact", "Comparison", "Value"],
                ["growth stage", "forest", "人数", "members", ">=", 3],
                ["growth stage", "seed", "人数", "members", "~", 3],
            ],
            [
                "Stages and forms, row 2: There is no “forest” here; there are: seed, seedling, sapling, tree.",
                "Stages and forms, row 3: “~” is no comparison. Please choose one.",
            ],
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(rows, sentences):
    with pytest.raises(SheetRefused) as refused:
        read_standard(workbook(rows))
    assert refused.value.sentences[0] == sentences[0]


def test_a_file_without_a_table_is_refused():
    with pytest.raises(SheetRefused, match="no table of indicators"):
        read_standard(workbook([["随便", "什么"], [1, 2]]))
    with pytest.raises(FileRefused):
        read_standard(b"")
    with pytest.raises(FileRefused):
        read_standard(b"\x89PNG\r\n\x1a\n" + b"0" * 50)


def test_a_hundred_wrong_rows_are_told_in_twenty_sentences():
    rows = [HEAD, *(["基础", 10, "", "", f"指标{number}", "x", ""] for number in range(50))]
    with pytest.raises(SheetRefused) as refused:
        read_standard(workbook(rows))
    assert len(refused.value.sentences) == 21
    assert refused.value.sentences[-1] == "There are 30 more."


def test_lines_are_read_as_they_are_written():
    assert read_tiers("12 = 8\n 4＝4 ; 1=2") == [
        {"at": 12, "points": 8},
        {"at": 4, "points": 4},
        {"at": 1, "points": 2},
    ]
    known = [{"code": "yes", "label": {"zh-hans": "有", "en": "Yes"}, "points": 3}]
    options = read_options("有 | Yes = 4\n没有 = 0", known)
    assert [(one["code"], one["points"], one["label"]["en"]) for one in options] == [("yes", 4, "Yes"), ("o1", 0, "")]
    for typed, op, value in (
        ("是", "==", True),
        ("No", "==", False),
        ("0.50", ">=", "0.5"),
        ("a, 2、b", "in", ["a", 2, "b"]),
    ):
        assert read_value(typed, op) == value
        assert read_value(value_text(value), op) == value
    for wrong in ("12", "x = y"):
        with pytest.raises(ValueError, match="“"):
            read_tiers(wrong)
