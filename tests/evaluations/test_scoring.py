"""Points, bands and vetoes: examples from real forms, edges, properties."""

import copy
import json
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.scoring import (
    CircularStandardError,
    Fact,
    check_judged,
    check_standard,
    freeze_facts,
    reasons_missing,
    score,
    score_columns,
)
from tests.evaluations.standards import DEFAULT, band, indicator, one_indicator, shipped, standard

pytestmark = pytest.mark.no_db
ROOT = Path(__file__).parents[2]

CHARTER_OPTIONS = {
    "kind": "options",
    "options": [
        {"code": "none", "label": {"zh-hans": "没有"}, "points": 0},
        {"code": "draft", "label": {"zh-hans": "草案"}, "points": 10},
        {"code": "approved", "label": {"zh-hans": "通过"}, "points": 15},
    ],
}
# 福建省社会服务机构评估评分表 (F类), domain.md 2.2 T2
STAFF_T2 = {"kind": "steps", "from": 3, "base": 5, "every": 1, "step": 1, "cap": 15}
# 福建省民办非企业单位评估指标, T1
STAFF_T1 = {"kind": "steps", "from": 1, "base": 5, "every": 1, "step": 1, "cap": 10}
ASSETS_T2 = {
    "kind": "tiers", "by": "ratio", "of": "registered_fund",
    "tiers": [{"at": 2, "points": 10}, {"at": 1, "points": 5}], "else": 0,
}  # fmt: skip
CREDIT_T2 = {"kind": "fixed", "op": "==", "value": 0}
FREQUENCY = {"kind": "tiers", "tiers": [{"at": 12, "points": 8}, {"at": 4, "points": 4}], "else": 0}


@pytest.mark.parametrize(
    ("mode", "full", "value", "points", "rule"),
    [
        ({"kind": "fixed"}, 5, True, "5", "met"),
        ({"kind": "fixed"}, 5, False, "0", "not_met"),
        ({"kind": "fixed"}, 5, 0, "0", "not_met"),
        ({"kind": "fixed", "op": ">=", "value": 20}, 5, 20, "5", "met"),
        ({"kind": "fixed", "op": ">=", "value": 20}, 5, 19.9, "0", "not_met"),
        ({"kind": "fixed", "op": "any_of", "value": ["own", "lent"]}, 5, ["lent", "none"], "5", "met"),
        ({"kind": "deduct", "per": 2}, 10, 0, "10", "nothing_missing"),
        ({"kind": "deduct", "per": 2}, 10, 3, "4", "deducted"),
        ({"kind": "deduct", "per": 2}, 10, ["印章", "税务登记"], "6", "deducted"),
        ({"kind": "deduct", "per": 2}, 5, 3, "0", "deducted"),
        ({"kind": "deduct", "per": "2.5"}, 5, 1, "2.5", "deducted"),
        ({"kind": "deduct", "per": 2}, 10, -4, "10", "nothing_missing"),
        (STAFF_T1, 10, 0, "0", "below_base"),
        (STAFF_T1, 10, 1, "5", "base_and_steps"),
        (STAFF_T1, 10, 2, "6", "base_and_steps"),
        (STAFF_T1, 10, 6, "10", "base_and_steps"),
        (STAFF_T1, 10, 60, "10", "base_and_steps"),
        (STAFF_T2, 15, 2, "0", "below_base"),
        (STAFF_T2, 15, 3, "5", "base_and_steps"),
        (STAFF_T2, 15, 13, "15", "base_and_steps"),
        ({"kind": "steps", "from": 100, "base": 2, "every": 50, "step": 1}, 6, 199, "3", "base_and_steps"),
        ({"kind": "steps", "from": 100, "base": 2, "every": 50, "step": 1}, 6, 200, "4", "base_and_steps"),
        (FREQUENCY, 8, 12, "8", "tier"),
        (FREQUENCY, 8, 11, "4", "tier"),
        (FREQUENCY, 8, 3, "0", "no_tier"),
        (CHARTER_OPTIONS, 15, "approved", "15", "option"),
        (CHARTER_OPTIONS, 15, "none", "0", "option"),
        ({"kind": "judged"}, 5, 3.5, "3.5", "judged"),
        ({"kind": "judged"}, 5, 9, "5", "judged"),
        ({"kind": "judged"}, 5, -1, "0", "judged"),
        (CREDIT_T2, 15, 0, "15", "met"),
        (CREDIT_T2, 15, 1, "0", "not_met"),
    ],
)
def test_each_mode_gives_its_points(mode, full, value, points, rule):
    found = score(one_indicator(mode, full), {"a": value}).indicators["a"]
    assert (found.points, found.rule.code, found.missing) == (Decimal(points), rule, False)


@pytest.mark.parametrize(
    ("assets", "fund", "points"),
    [
        (60_000, 30_000, 10),
        (Decimal("59999.99"), 30_000, 5),
        (30_000, 30_000, 5),
        (29_999, 30_000, 0),
        ("0.3", "0.1", 10),
        (0.3, 0.15, 10),
    ],
)
def test_net_assets_are_measured_against_the_registered_fund(assets, fund, points):
    facts = {"a": Fact(assets, ["report:1"]), "registered_fund": Fact(fund, ["certificate:2", "report:1"])}
    found = score(one_indicator(ASSETS_T2, 10), facts).indicators["a"]
    assert (found.points, found.evidence) == (points, ("report:1", "certificate:2"))
    assert score(one_indicator(ASSETS_T2 | {"of": None}, 10), {"a": [assets, fund]}).total == points


def test_a_ratio_without_its_divisor_is_unknown():
    for facts in ({"a": 5}, {"a": 5, "registered_fund": 0}, {"registered_fund": 5}):
        assert score(one_indicator(ASSETS_T2, 10), facts).missing == ("a",)


@pytest.mark.parametrize(
    ("mode", "value"),
    [
        ({"kind": "fixed"}, None),
        (STAFF_T1, "many"),
        (STAFF_T1, float("nan")),
        (FREQUENCY, "9" * 5000),
        (CHARTER_OPTIONS, "lost"),
        ({"kind": "judged"}, True),
        ({"kind": "judged"}, None),
    ],
)
def test_what_is_unknown_scores_nothing_and_is_listed(mode, value):
    result = score(one_indicator(mode, 15), {"a": value})
    assert (result.total, result.missing, result.indicators["a"].missing) == (0, ("a",), True)


def test_the_rule_that_fired_carries_the_numbers_of_its_sentence():
    rule = score(one_indicator(STAFF_T1, 10), {"a": 3}).indicators["a"].rule
    assert rule.as_json() == {
        "code": "base_and_steps",
        "params": {"value": 3, "from": 1, "every": 1, "steps": 2, "base": 5, "step": 1, "cap": 10},
    }


def test_a_fact_is_found_under_the_indicator_or_under_what_its_source_names():
    content = standard([
        indicator("people", 5, source="auto:members", mode={"kind": "fixed", "op": ">=", "value": 10}),
        indicator("paper", 5, source="document:charter"),
        indicator("again", 5, source="indicator:people", mode={"kind": "fixed", "op": "==", "value": 5}),
    ])  # fmt: skip
    facts = {"members": Fact(10, ["m:1"]), "document:charter": {"value": True, "evidence": ["file:7"]}}
    found = score(content, facts).indicators
    assert {code: (one.points, one.evidence) for code, one in found.items()} == {
        "people": (5, ("m:1",)),
        "paper": (5, ("file:7",)),
        "again": (5, ("m:1",)),
    }
    assert score(content, facts | {"people": 3}).indicators["people"].points == 0


def test_scoring_by_a_circular_standard_is_refused():
    content = standard([indicator("a", 5, source="indicator:b"), indicator("b", 5, source="indicator:a")])
    with pytest.raises(CircularStandardError) as caught:
        score(content, {})
    assert set(caught.value.circle) == {"indicator:a", "indicator:b"}


@pytest.mark.parametrize(
    ("points", "expected"),
    [(100, "five"), (90, "five"), ("89.99", "four"), (80, "four"), ("79.99", "none"), (0, "none")],
)
def test_the_ends_of_a_band_are_open_or_closed_as_they_say(points, expected):
    bands = [band("five", 90, 100, True), band("four", 80, 90, False), band("none", 0, 80, False)]
    assert score(one_indicator({"kind": "judged"}, 100, bands=bands), {"a": points}).band == expected


def test_a_veto_takes_the_band_and_leaves_the_points():
    bands = [band("all", 0, 100, True)]
    vetoes = [{"code": "misused", "label": {"zh-hans": "挪用资金"}, "source": "judged"}]
    content = one_indicator({"kind": "judged"}, 100, bands=bands, vetoes=vetoes)
    clean = score(content, {"a": 95, "misused": False})
    fallen = score(content, {"a": 95, "misused": Fact(True, ["audit:3"])})
    assert (clean.band, clean.vetoes, clean.vetoes_unknown) == ("all", (), ())
    assert (fallen.band, fallen.total, fallen.template_score) == (None, 95, 0)
    assert [(veto.code, veto.evidence) for veto in fallen.vetoes] == [("misused", ("audit:3",))]
    assert score(content, {"a": 95}).vetoes_unknown == ("misused",)


def test_the_bonus_stops_at_its_cap_and_the_total_at_its_scale():
    bonus = [indicator("b1", 3), indicator("b2", 4)]
    content = one_indicator({"kind": "judged"}, 100, bonus=bonus, bonus_cap=5)
    result = score(content, {"a": 97, "b1": True, "b2": True})
    assert (result.total, result.bonus_before_cap, result.bonus, result.final) == (97, 7, 5, 100)
    beyond = score(content | {"bonus_beyond_total": True}, {"a": 97, "b1": True, "b2": True})
    assert beyond.final == 102
    unclaimed = score(content, {"a": 97, "b2": True})
    assert (unclaimed.final, unclaimed.missing, unclaimed.bonus_unclaimed) == (100, (), ("b1",))


def test_no_band_is_given_while_what_is_missing_could_change_it():
    bands = [band("high", 50, 100, True), band("low", 0, 50, False)]
    content = standard([indicator("a", 60, mode={"kind": "judged"}), indicator("b", 40)], bands=bands)
    open_end = score(content, {"a": 30})
    assert (open_end.band, open_end.band_at_least, open_end.band_at_most) == (None, "low", "high")
    assert score(content, {"a": 55}).band == "high"
    assert score(content, {"a": 5}).band == "low"


def test_weighted_dimensions_bring_their_share_of_the_total():
    content = standard([indicator("a", 30, mode={"kind": "judged"})], total=100)
    content["dimensions"][0]["weight"] = 60
    other = standard([indicator("b", 20, mode={"kind": "judged"})], code="other")["dimensions"][0] | {"weight": 40}
    content["dimensions"].append(other)
    result = score(content, {"a": 20, "b": 15})
    assert [dimension.counted for dimension in result.dimensions] == [40, 30]
    assert (result.total, check_standard(content)) == (70, [])


def test_a_reason_is_asked_for_every_point_a_person_took_off():
    content = standard([indicator(code, 5, mode={"kind": "judged"}) for code in "abc"])
    judged = {
        "self": {"a": {"points": 5, "reason": ""}, "b": {"points": 4, "reason": "  "}},
        "panel": {"a": {"points": "4.5", "reason": "没有签到表"}, "b": {"points": 0}, "c": {"points": None}},
    }
    assert reasons_missing(content, judged) == [("self", "b"), ("panel", "b")]
    assert reasons_missing(content | {"reason_columns": ["panel"]}, judged) == [("panel", "b")]


def test_points_that_a_person_typed_are_checked():
    content = standard([indicator("a", 5, mode={"kind": "judged"})])
    judged = {
        "self": {"a": {"points": 6}, "z": {"points": 1}},
        "panel": {"a": {"points": "five"}},
        "committee": {"a": {"points": "1.005"}},
        "boss": {"a": {"points": 5}},
    }
    assert [problem.code for problem in check_judged(content, judged)] == [
        "outside_scale", "unknown_indicator", "not_a_number", "too_many_decimals", "unknown_column",
    ]  # fmt: skip
    assert check_judged(content, {"self": {"a": {"points": 0}}, "panel": {"a": {"points": 5}}}) == []


def test_three_columns_share_the_facts_and_keep_their_own_points():
    content = standard([
        indicator("a", 5, mode={"kind": "judged"}),
        indicator("b", 8, source="auto:activities_12m", mode=FREQUENCY),
    ])  # fmt: skip
    judged = {"self": {"a": {"points": 5}}, "panel": {"a": {"points": 3}, "b": {"points": 6, "reason": "三次无记录"}}}
    results = score_columns(content, {"activities_12m": Fact(12, ["activity:1"])}, judged)
    assert {column: result.total for column, result in results.items()} == {"self": 13, "panel": 9, "committee": 8}
    overruled = results["panel"].indicators["b"]
    assert (overruled.rule.code, overruled.rule.params["computed"], overruled.value) == ("overruled", 8, 12)
    assert overruled.evidence == ("activity:1",)


# Properties

NUMBERS = st.one_of(
    st.integers(-5, 400),
    st.floats(-5, 400).map(lambda number: round(number, 3)),
    st.decimals(-5, 400, places=2),
    st.fractions(-5, 400, max_denominator=50),
)
VALUES = st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from(["liaison", "none", "published", "x", "4.5"]))
CODES = sorted({one["code"] for part in DEFAULT["dimensions"] for one in part["indicators"]}) + [
    one["code"] for one in (*DEFAULT["bonus"], *DEFAULT["vetoes"])
]
FACTS = st.dictionaries(
    st.sampled_from(CODES), st.builds(Fact, VALUES, st.lists(st.sampled_from(["e:1", "e:2"]), max_size=2).map(tuple))
)


@settings(max_examples=80, deadline=None)
@given(FACTS)
def test_points_stay_within_their_scale_and_add_up(facts):
    result = score(DEFAULT, facts)
    for one in result.indicators.values():
        assert 0 <= one.points <= one.full
        assert one.points == one.points.quantize(Decimal("0.01"))
    for dimension in result.dimensions:
        assert dimension.points == sum(one.points for one in dimension.indicators)
    assert result.total == sum(dimension.points for dimension in result.dimensions)
    assert 0 <= result.bonus <= 5
    assert result.final == min(result.total + result.bonus, 100)


@settings(max_examples=80, deadline=None)
@given(FACTS)
def test_the_same_facts_score_the_same_also_when_they_were_frozen(facts):
    result = score(DEFAULT, facts)
    assert score(copy.deepcopy(DEFAULT), dict(reversed(facts.items()))) == result
    kept = json.loads(json.dumps(freeze_facts(facts)))
    again = score(json.loads(json.dumps(DEFAULT)), kept)
    text = json.dumps(result.as_json(), sort_keys=True, allow_nan=False)
    assert json.dumps(again.as_json(), sort_keys=True, allow_nan=False) == text
    assert freeze_facts(kept) == kept


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([STAFF_T1, STAFF_T2, FREQUENCY, ASSETS_T2 | {"of": None}]), NUMBERS, NUMBERS)
def test_a_better_fact_never_scores_less(mode, one, other):
    low, high = sorted((one, other), key=lambda number: Fraction(str(number)))
    assert score(one_indicator(mode, 15), {"a": low}).total <= score(one_indicator(mode, 15), {"a": high}).total


@given(st.integers(0, 30), st.integers(0, 30))
def test_more_missing_items_never_score_more(fewer, more):
    mode = {"kind": "deduct", "per": "1.5"}
    fewer, more = sorted((fewer, more))
    assert score(one_indicator(mode, 10), {"a": more}).total <= score(one_indicator(mode, 10), {"a": fewer}).total


# What is shipped


def test_the_shipped_standard_has_no_problem_and_adds_up_to_the_template():
    assert check_standard(DEFAULT) == []
    found = {
        part["label"]["zh-hans"]: (part["points"], [one["points"] for one in part["indicators"]])
        for part in DEFAULT["dimensions"]
    }
    assert found == {
        "组织建设": (20, [6, 5, 5, 4]),
        "活动服务": (30, [8, 6, 8, 8]),
        "能力": (20, [5, 5, 5, 5]),
        "参与治理": (15, [5, 5, 5]),
        "社会评价": (15, [10, 5]),
    }
    assert (DEFAULT["total"], DEFAULT["bonus_cap"], DEFAULT["sample"]) == (100, 5, True)
    assert [veto["label"]["zh-hans"] for veto in DEFAULT["vetoes"]] == ["违法违规", "挪用资金", "弄虚作假"]
    assert {one["mode"]["kind"] for part in DEFAULT["dimensions"] for one in part["indicators"]} == {
        "steps", "tiers", "deduct", "options", "judged",
    }  # fmt: skip


def test_every_text_of_the_shipped_standard_stands_in_both_languages():
    def texts(data):
        if isinstance(data, dict):
            for key, value in data.items():
                if key in {"label", "evidence"}:
                    yield value
                else:
                    yield from texts(value)
        elif isinstance(data, list):
            for entry in data:
                yield from texts(entry)

    found = list(texts(DEFAULT))
    assert len(found) > 60
    assert [one for one in found if set(one) != {"zh-hans", "en"} or not all(map(str.strip, one.values()))] == []


def test_the_best_organization_gets_all_points_of_the_shipped_standard():
    best = shipped("best")
    result = score(DEFAULT, best)
    assert (result.total, result.band, result.missing) == (100, "five_star", ())


def test_scoring_needs_neither_settings_nor_django():
    script = (
        "import sys; from evaluations.scoring import score, check_standard, stage_reached;"
        "assert not [name for name in sys.modules if name.partition('.')[0] == 'django']"
    )
    environment = {"PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
