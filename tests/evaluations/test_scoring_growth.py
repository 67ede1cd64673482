"""Which stage the facts reach, and what is missing to the next one (还差什么)."""

import copy
import json

import pytest

from evaluations.scoring import (
    CircularStandardError,
    Fact,
    form_reached,
    freeze_facts,
    missing_to,
    missing_to_form,
    score,
    stage_reached,
)
from tests.evaluations.standards import DEFAULT, one_indicator, rule, rung, shipped

pytestmark = pytest.mark.no_db


def missing(facts, stage=None, standard=DEFAULT):
    rows = missing_to(standard, facts, score(standard, facts), stage)
    return [(row.rung, row.code, row.have, row.need) for row in rows]


@pytest.mark.parametrize(
    ("change", "stage"),
    [
        ({}, "tree"),
        ({"registered": False, "chooses_to_stay_filed": False}, "sapling"),
        ({"registered": True, "chooses_to_stay_filed": None}, "tree"),
        ({"successor_named": None}, "sapling"),
        ({"funding_sources": 1}, "sapling"),
        ({"activities_12m": 11}, "seedling"),
        ({"filed": False}, "seedling"),
        ({"filed": False, "registered": True}, "tree"),
        ({"core_team": 2}, "seedling"),
        ({"members": 10}, "tree"),
        ({"members": 9}, "seed"),
        ({"charter": None}, "seed"),
        ({"participants": 2}, None),
        ({"named_contact": Fact(False, ["roster:1"])}, None),
    ],
)
def test_a_stage_is_reached_when_its_rules_and_those_before_hold(change, stage):
    assert stage_reached(DEFAULT, shipped("best") | change) == stage


@pytest.mark.parametrize(("points", "stage"), [(85, "tree"), ("84.99", "sapling"), (60, "sapling"), (59, "seedling")])
def test_the_score_opens_the_two_upper_stages(points, stage):
    standard = copy.deepcopy(DEFAULT) | one_indicator({"kind": "judged"}, 100)
    assert stage_reached(standard, shipped("best") | {"a": points}) == stage


def test_nothing_known_reaches_no_stage_and_all_is_missing_to_the_first():
    assert stage_reached(DEFAULT, {}) is None
    assert missing({}) == [("seed", "contact", None, True), ("seed", "participants", None, 3)]


def test_the_patrol_of_the_first_study_is_a_sapling_and_a_weak_organization():
    facts = shipped("patrol")
    result = score(DEFAULT, facts)
    assert (result.total, stage_reached(DEFAULT, facts, result)) == (76, "sapling")
    assert form_reached(DEFAULT, facts, result) == "weak_organization"
    assert missing(facts) == [
        ("tree", "score_85", 76, 85),
        ("tree", "project", 0, 1),
        ("tree", "sources", 1, 2),
        ("tree", "successor", None, True),
    ]
    assert [(row.code, row.have) for row in missing_to_form(DEFAULT, facts, result)] == [
        ("form_rules", 1), ("form_sources", 1), ("form_leadership", 0.3), ("form_successor", None),
    ]  # fmt: skip


def test_what_is_missing_to_a_later_stage_begins_with_the_stages_before():
    facts = {"named_contact": True, "participants": 12, "members": 8, "responsible_person": True, "charter": True}
    assert missing(facts, "seedling") == [("seedling", "members", 8, 10), ("seedling", "regular", None, 4)]
    assert missing(facts) == missing(facts, "seedling")
    far = missing(facts, "sapling")
    assert far[:3] == [*missing(facts), ("sapling", "filed", None, True)]
    assert ("sapling", "score_60", 2, 60) in far


def test_at_the_top_nothing_is_missing():
    assert stage_reached(DEFAULT, shipped("best")) == "tree"
    assert missing(shipped("best")) == missing(shipped("best"), "tree") == []


def test_a_stage_that_the_standard_does_not_know_is_refused():
    with pytest.raises(ValueError, match="forest"):
        missing_to(DEFAULT, {}, stage="forest")


def test_alternatives_are_told_with_what_there_is():
    facts = shipped("best") | {"registered": False, "chooses_to_stay_filed": None}
    (row,) = missing_to(DEFAULT, facts)
    assert row.as_json() == {
        "rung": "tree",
        "code": "status",
        "label": {"zh-hans": "已登记，或明确选择保持备案", "en": "Registered, or chooses to stay filed"},
        "fact": "registered",
        "op": "==",
        "have": False,
        "need": True,
        "mandatory": True,
        "alternatives": [{"fact": "chooses_to_stay_filed", "have": None, "need": True, "op": "=="}],
    }


def test_advice_is_listed_and_holds_nobody_back():
    stages = [rung("seed", rule("must", "members", ">=", 3), rule("may", "charter", "==", True, mandatory=False))]
    standard = one_indicator({"kind": "judged"}, 10, stages=stages)
    assert stage_reached(standard, {"members": 3}) == "seed"
    rows = missing_to(standard, {"members": 3}, stage="seed")
    assert [(row.code, row.mandatory) for row in rows] == [("may", False)]


def test_a_veto_bars_the_stages_that_ask_for_a_score_and_says_so():
    facts = shipped("best") | {"misused_funds": Fact(True, ["audit:1"])}
    assert stage_reached(DEFAULT, facts) == "seedling"
    rows = missing_to(DEFAULT, facts)
    assert [(row.code, row.label["zh-hans"]) for row in rows] == [
        ("veto:misused_funds", "挪用资金"), ("score_60", "评分不低于 60 分"),
    ]  # fmt: skip
    assert (rows[1].have, score(DEFAULT, facts).total) == (0, 100)


def test_rules_may_read_points_bands_and_other_rungs():
    bands = [{"code": "good", "from": 5, "from_closed": True, "to": 10, "to_closed": True}]
    stages = [
        rung("seed", rule("r1", "indicator:a", ">=", 4)),
        rung("tree", rule("r2", "stage:seed", "==", True), rule("r3", "band", "in", ["good"]),
             rule("r4", "dimension:main", ">=", 5),
             rule("r5", "form:strong", "==", True), rule("r6", "rule:r1", "==", True)),
    ]  # fmt: skip
    forms = [rung("strong", rule("f1", "members", ">=", 3))]
    standard = one_indicator({"kind": "judged"}, 10, stages=stages, forms=forms, bands=bands)
    assert stage_reached(standard, {"a": 5, "members": 3}) == "tree"
    assert stage_reached(standard, {"a": 4, "members": 3}) == "seed"
    assert stage_reached(standard, {"members": 3}) is None
    # With the members unknown, whether the form is reached is unknown too.
    assert missing({"a": 5}, standard=standard) == [("tree", "r5", None, True)]


def test_circular_rules_are_refused_and_not_followed_for_ever():
    stages = [rung("seed", rule("r1", "stage:tree", "==", True)), rung("tree", rule("r2", "members", ">=", 3))]
    with pytest.raises(CircularStandardError):
        stage_reached(one_indicator({"kind": "judged"}, 10, stages=stages), {"members": 5})


@pytest.mark.parametrize("name", ["best", "patrol"])
def test_a_decision_is_replayed_from_the_facts_that_were_kept(name):
    facts = shipped(name)
    kept = json.loads(json.dumps(freeze_facts(facts)))
    assert [row.as_json() for row in missing_to(DEFAULT, kept, stage="tree")] == [
        row.as_json() for row in missing_to(DEFAULT, facts, stage="tree")
    ]
    assert stage_reached(DEFAULT, kept) == stage_reached(DEFAULT, facts)
    assert form_reached(DEFAULT, kept) == form_reached(DEFAULT, facts)
