"""What is found in a standard before it may be published."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.scoring import PROBLEMS, check_standard
from tests.evaluations.standards import DEFAULT, band, indicator, one_indicator, rule, rung, standard

pytestmark = pytest.mark.no_db


def found(content, **known):
    return [(problem.code, problem.where) for problem in check_standard(content, **known)]


def group(code, points):
    return {"code": code, "label": {"zh-hans": code}, "points": points}


def options(*points):
    rows = [{"code": f"o{number}", "label": {"zh-hans": "项"}, "points": one} for number, one in enumerate(points)]
    return {"kind": "options", "options": rows}


def tiers(*rows, rest=0, **more):
    return {"kind": "tiers", "tiers": [{"at": at, "points": points} for at, points in rows], "else": rest, **more}


def test_the_form_of_fujian_2012_does_not_add_up_to_what_it_says():
    """T1: the block 基础条件 is labelled 135, what can be read in it adds up to 125."""
    legal = [
        indicator(code, points, group="legal_person")
        for code, points in (("representative", 10), ("funds", 15), ("name", 5), ("office", 10), ("staff", 10))
    ]
    charter = [indicator("charter_made", 10), indicator("charter_approved", 10)]
    changes = [indicator("changes", 10), indicator("filings", 10, mode={"kind": "deduct", "per": 2})]
    yearly = [indicator("inspection", 35)]
    content = standard([*legal, *charter, *changes, *yearly], code="basics")
    content["dimensions"][0] |= {"points": 135, "groups": [group("legal_person", 50)]}
    content["total"] = 135
    problems = check_standard(content)
    assert [problem.as_json() for problem in problems] == [
        {"code": "dimension_sum", "where": "basics", "params": {"declared": 135, "sum": 125}}
    ]
    content["dimensions"][0]["groups"] = [group("legal_person", 55)]
    assert ("group_sum", "basics/legal_person") in found(content)


def test_the_total_has_to_be_the_sum_of_the_dimensions():
    content = copy.deepcopy(DEFAULT) | {"total": 105}
    assert found(content) == [("total_sum", "total"), ("band_gap", "bands/five_star")]


def test_the_bands_of_anqing_2022_overlap_at_950_and_leave_gaps():
    """5A “950 以上”, 4A 901–950, 3A 851–900: one point twice, and half a point between 900 and 901 nowhere."""
    bands = [band("5a", 950, 1000, True), band("4a", 901, 950, True), band("3a", 851, 900, True)]
    bands += [band("rest", 0, 851, False)]
    problems = check_standard(one_indicator({"kind": "judged"}, 1000, bands=bands))
    assert [(problem.code, problem.where) for problem in problems] == [
        ("band_gap", "bands/4a"), ("band_overlap", "bands/5a"),
    ]  # fmt: skip
    assert problems[1].as_json()["params"] == {"first": "4a", "second": "5a", "low": 950, "high": 950}


def test_the_bands_of_chenxi_2025_are_right():
    ends = [("5a", 90, 100, True), ("4a", 80, 90, False), ("3a", 70, 80, False), ("2a", 60, 70, False)]
    bands = [band(*one) for one in [*ends, ("1a", 50, 60, False), ("none", 0, 50, False)]]
    assert found(one_indicator({"kind": "judged"}, 100, bands=bands)) == []


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ([band("a", 50, 100, True), band("b", 0, 50, True)], [("band_overlap", "bands/a")]),
        ([band("a", 50, 100, True, from_closed=False), band("b", 0, 50, False)], [("band_gap", "bands/a")]),
        ([band("a", 50, 100, True, from_closed=False), band("b", 0, 50, True)], []),
        ([band("a", 0, 100, True), band("b", 20, 30, True)], [("band_overlap", "bands/b")]),
        ([band("a", 0, 100, False)], [("band_gap", "bands/a")]),
        ([band("a", 10, 100, True)], [("band_gap", "bands/a")]),
        ([band("a", 0, 101, True)], [("band_outside_scale", "bands/a")]),
        ([band("a", -1, 100, True)], [("band_outside_scale", "bands/a")]),
        ([band("a", 0, 100, True), band("b", 60, 60, False)], [("band_empty", "bands/b")]),
        ([band("a", 60, 20, True), band("b", 0, 100, True)], [("band_empty", "bands/a")]),
        ([band("a", 0, 100, True), band("a", 0, 0, False)], [("duplicate_code", "bands/a"), ("band_empty", "bands/a")]),
        ([band("a", "low", 100, True)], [("not_a_number", "bands/a")]),
        ([band("a", 0, 100, None)], [("wrong_type", "bands/a")]),
    ],
)
def test_bands_cover_the_scale_once(bands, expected):
    assert found(one_indicator({"kind": "judged"}, 100, bands=bands)) == expected


def test_a_bonus_beyond_the_total_makes_the_scale_longer():
    more = {"bonus": [indicator("b", 10)], "bonus_cap": 10, "bands": [band("a", 0, 110, True)]}
    assert found(one_indicator({"kind": "judged"}, 100, bonus_beyond_total=True, **more)) == []
    assert found(one_indicator({"kind": "judged"}, 100, **more)) == [("band_outside_scale", "bands/a")]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ({"kind": "guess"}, ["unknown_mode"]),
        ({}, ["unknown_mode"]),
        ({"kind": "fixed", "op": "~", "value": 1}, ["unknown_operator"]),
        ({"kind": "fixed", "op": ">=", "value": "many"}, ["wrong_value"]),
        ({"kind": "deduct", "per": 0}, ["per_not_positive"]),
        ({"kind": "deduct", "per": -1}, ["negative_points"]),
        ({"kind": "deduct", "per": 11}, ["above_full_points"]),
        ({"kind": "deduct"}, ["not_a_number"]),
        ({"kind": "steps", "base": 5, "step": 0, "cap": 10}, ["step_not_positive"]),
        ({"kind": "steps", "base": 5, "step": 1, "every": 0, "cap": 10}, ["every_not_positive"]),
        ({"kind": "steps", "base": 5, "step": 1, "cap": 4}, ["cap_below_base"]),
        ({"kind": "steps", "base": 5, "step": 1, "cap": 12}, ["above_full_points"]),
        ({"kind": "steps", "base": 5, "step": 1, "cap": 9}, ["full_points_out_of_reach"]),
        ({"kind": "steps", "base": 5, "step": 1, "from": "x"}, ["not_a_number"]),
        ({"kind": "steps", "base": 5, "step": "0.005"}, ["too_many_decimals"]),
        (tiers(), ["no_tiers"]),
        (tiers((1, 5), (2, 10)), ["tiers_not_descending"]),
        (tiers((2, 5), (1, 10)), ["tiers_not_descending"]),
        (tiers((2, 10), (2, 5)), ["tiers_not_descending"]),
        (tiers((2, 10), (1, 5), rest=6), ["tiers_not_descending"]),
        (tiers((2, 11), (1, 5)), ["above_full_points"]),
        (tiers((2, 9), (1, 5)), ["full_points_out_of_reach"]),
        (tiers(("two", 10)), ["not_a_number"]),
        (tiers((2, 10), by="weight"), ["wrong_value"]),
        (tiers((2, 10), of="fund"), ["wrong_value"]),
        (tiers((2, 10), by="ratio", of="stage:tree"), ["wrong_value", "unknown_reference"]),
        (options(10), ["too_few_options"]),
        (options(15, 0), ["above_full_points"]),
        (options(8, 0), ["full_points_out_of_reach"]),
        (options(10, -1), ["negative_points"]),
        (tiers((2, 10), (1, 5), by="ratio", of="fund"), []),
        (options(10, 0, 0), []),
    ],
)
def test_parameters_of_a_mode_have_to_make_sense(mode, expected):
    assert [problem.code for problem in check_standard(one_indicator(mode, 10))] == expected


def test_the_same_code_twice_is_found_wherever_it_stands():
    content = standard([indicator("a", 5), indicator("a", 5)], bonus=[indicator("a", 1)], bonus_cap=1)
    content["vetoes"] = [{"code": "a", "label": {"zh-hans": "否决"}, "source": "judged"}]
    assert found(content) == [
        ("duplicate_code", "main/a"), ("duplicate_code", "bonus/a"), ("duplicate_code", "vetoes/a"),
    ]  # fmt: skip
    doubled = copy.deepcopy(DEFAULT)
    doubled["dimensions"].append(copy.deepcopy(doubled["dimensions"][0]))
    assert ("duplicate_code", "organization") in found(doubled)
    twice = options(10, 0)
    twice["options"][1]["code"] = "o0"
    assert found(one_indicator(twice, 10)) == [("duplicate_code", "main/a/o0")]
    rungs = [rung("x", rule("r", "members", ">=", 1)), rung("x", rule("r", "members", ">=", 2))]
    assert found(one_indicator({"kind": "judged"}, 10, stages=rungs)) == [
        ("duplicate_code", "stages/x"), ("duplicate_code", "stages/x/r"),
    ]  # fmt: skip


def test_points_are_positive_numbers_of_two_decimals():
    def codes(points):
        content = one_indicator({"kind": "judged"}, 10)
        content["dimensions"][0]["indicators"][0]["points"] = points
        return [problem.code for problem in check_standard(content)]

    assert codes(-5) == ["negative_points"]
    assert codes(0) == ["no_points", "dimension_sum"]
    assert codes("ten") == codes(None) == codes(True) == codes(float("nan")) == codes(10**9) == ["not_a_number"]
    assert codes("10.001") == ["too_many_decimals"]
    assert codes("10.0") == []


def test_a_standard_needs_a_dimension_with_indicators():
    assert found({"code": "s", "total": 0}) == [("no_dimension", "dimensions")]
    empty = {"code": "d", "label": {"zh-hans": "维度"}, "points": 0, "indicators": []}
    assert found({"code": "s", "total": 0, "dimensions": [empty]}) == [("no_indicator", "d")]


def test_a_bonus_needs_a_cap_that_is_not_negative():
    content = one_indicator({"kind": "judged"}, 10, bonus=[indicator("b", 3)])
    assert found(content) == [("bonus_without_cap", "bonus_cap")]
    assert found(content | {"bonus_cap": -5}) == [("negative_points", "bonus_cap")]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([60, 40], []),
        (["33.4", "66.6"], []),
        ([60, 50], ["weights_sum"]),
        ([100, None], ["weights_incomplete"]),
        ([110, -10], ["weight_not_positive"]),
        ([100, "x"], ["not_a_number"]),
    ],
)
def test_weights_are_given_to_all_dimensions_and_add_up(weights, expected):
    content = standard([indicator("a", 5)], total=100)
    content["dimensions"] += standard([indicator("b", 7)], code="other")["dimensions"]
    for dimension, weight in zip(content["dimensions"], weights, strict=True):
        dimension["weight"] = weight
    assert [problem.code for problem in check_standard(content)] == expected


# References and circles


def circles(content):
    return [problem.params["circle"] for problem in check_standard(content) if problem.code == "circular"]


def test_an_indicator_that_reads_itself_through_others_is_found():
    content = standard([
        indicator("a", 5, source="indicator:b"),
        indicator("b", 5, source="indicator:c"),
        indicator("c", 5, source="indicator:a"),
        indicator("d", 5, source="indicator:a"),
        indicator("e", 5, source="indicator:e"),
    ])  # fmt: skip
    through, direct = sorted(circles(content), key=len, reverse=True)
    assert (set(through), through[0], len(through)) == ({"indicator:a", "indicator:b", "indicator:c"}, through[-1], 4)
    following = {"indicator:a": "indicator:b", "indicator:b": "indicator:c", "indicator:c": "indicator:a"}
    assert [following[one] for one in through[:-1]] == through[1:]
    assert direct == ["indicator:e", "indicator:e"]


def test_an_indicator_that_reads_the_total_it_is_part_of_is_found():
    content = standard([indicator("a", 5), indicator("b", 5, source="auto:template_score")])
    assert [set(circle) for circle in circles(content)] == [{"template_score", "indicator:b"}]
    ratio = tiers((1, 5), by="ratio", of="template_score")
    assert [set(circle) for circle in circles(one_indicator(ratio, 5))] == [{"template_score", "indicator:a"}]


def test_a_stage_that_needs_a_later_one_is_found():
    stages = [rung("seed", rule("r1", "stage:tree", "==", True)), rung("tree", rule("r2", "members", ">=", 3))]
    assert circles(one_indicator({"kind": "judged"}, 10, stages=stages)) != []
    forms = [rung("weak", rule("f1", "stage:seed", "==", True))]
    stages = [
        rung("seed", rule("r1", "members", ">=", 3, **{"or": [{"fact": "form:weak", "op": "==", "value": True}]}))
    ]
    found_here = circles(one_indicator({"kind": "judged"}, 10, stages=stages, forms=forms))
    assert [set(circle) for circle in found_here] == [{"form:weak", "rule:f1", "stage:seed", "rule:r1"}]


def test_a_stage_may_build_on_an_earlier_one_and_on_scores():
    stages = [
        rung("seed", rule("r1", "members", ">=", 3)),
        rung("tree", rule("r2", "stage:seed", "==", True), rule("r3", "indicator:a", ">=", 5),
             rule("r4", "dimension:main", ">=", 5), rule("r5", "rule:r1", "==", True), rule("r6", "band", "in", ["a"])),
    ]  # fmt: skip
    assert found(one_indicator({"kind": "judged"}, 10, stages=stages, bands=[band("a", 0, 10, True)])) == []


def test_what_is_referred_to_has_to_exist():
    stages = [
        rung("seed", rule("r1", "indicator:x", ">=", 3), rule("r2", "members", ">=", 3), rule("r3", "ghosts", ">", 1))
    ]
    content = standard([
        indicator("a", 5, source="indicator:nobody"),
        indicator("b", 5, source="auto:ghosts"),
        indicator("c", 5, source="document:charter"),
        indicator("d", 5, source="guess"),
        indicator("e", 5, source="auto:"),
        indicator("f", 5, source="judged", group="g"),
    ], stages=stages)  # fmt: skip
    always = {
        ("unknown_reference", "main/f"), ("unknown_source", "main/d"), ("unknown_source", "main/e"),
        ("unknown_reference", "main/a"), ("unknown_reference", "stages/seed/r1"),
    }  # fmt: skip
    assert set(found(content)) == always
    assert set(found(content, known_facts={"members"}, known_documents={"roster"})) == always | {
        ("unknown_reference", "main/b"), ("unknown_reference", "main/c"), ("unknown_reference", "stages/seed/r3"),
    }  # fmt: skip


def test_an_indicator_may_not_hide_a_fact_that_others_read():
    """Judged points under the code ``members`` would be taken for the number of members."""
    stages = [rung("seed", rule("r1", "members", ">=", 3))]
    hidden = standard([indicator("members", 5, mode={"kind": "judged"})], stages=stages)
    assert found(hidden) == [("shadowed_fact", "main/members")]
    assert found(standard([indicator("members", 5, source="auto:members")], stages=stages)) == []


def test_rules_of_stages_are_checked():
    stages = [
        rung("seed", rule("r1", "members", "about", 3), rule("r2", "members", ">=", True), rule("r3", "x", "in", 3)),
        rung("tree", rule("r4", "template_score", ">=", 11), rule("r5", "members", "==", None)),
        rung("none"),
        rung("advice", rule("r6", "members", ">=", 3, mandatory=False)),
    ]
    assert found(one_indicator({"kind": "judged"}, 10, stages=stages)) == [
        ("unknown_operator", "stages/seed/r1"),
        ("wrong_value", "stages/seed/r2"),
        ("wrong_value", "stages/seed/r3"),
        ("score_out_of_reach", "stages/tree/r4"),
        ("wrong_value", "stages/tree/r5"),
        ("no_rule", "stages/none"),
        ("no_rule", "stages/advice"),
    ]


@pytest.mark.parametrize(
    "content",
    [None, [], "x", {"dimensions": {}}, {"dimensions": [3]}, {"dimensions": [{"code": "a", "indicators": "x"}]}],
)
def test_what_is_no_standard_at_all_is_told_and_not_raised(content):
    assert "wrong_type" in [problem.code for problem in check_standard(content)]


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.just("judged")),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["code", "of"]), inner)),
    max_leaves=4,
)


def _places(data, path=()):
    yield path
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield from _places(value, (*path, key))


PLACES = [path for path in _places(DEFAULT) if path]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(PLACES), JUNK)
def test_no_content_whatever_makes_the_check_fail(path, junk):
    content = copy.deepcopy(DEFAULT)
    holder = content
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = junk
    assert all(problem.code in PROBLEMS for problem in check_standard(content))
