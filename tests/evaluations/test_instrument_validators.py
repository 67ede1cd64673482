"""The pure core of questionnaires: what may be published, what makes two scales the same, what answers add up to."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.services.instrument_problems import SENTENCES
from evaluations.validators import (
    check_questionnaire,
    items_of,
    normalized,
    scale_mean,
    scales_of,
    score_answers,
)
from tests.factories.instruments import choice, content, free_text, likert, number, scale, section

pytestmark = pytest.mark.no_db


def found(*sections, scales=None):
    return [
        (problem.code, problem.where) for problem in check_questionnaire(content(*sections, scales=scales), {"visit"})
    ]


def changed(item, **more):
    return item | more


def test_a_sound_questionnaire_has_no_problem():
    assert check_questionnaire(content()) == []


GOOD = [likert("q1", "甲"), likert("q2", "乙")]


@pytest.mark.parametrize(
    ("sections", "scales", "expected"),
    [
        ([section("s1")], [], [("no_items", ""), ("empty_section", "section:s1")]),
        ([section("s1", likert("q1", ""))], None, [("no_text", "item:q1"), ("answers_needed_out_of_range", "scale:able")]),
        ([section("s1", *GOOD, likert("q1", "丙"))], None, [("identifier_twice", "item:q1")]),
        ([section("s1", *GOOD, likert("q3", "甲"))], None, [("same_item", "item:q3")]),
        ([section("s1", *GOOD, likert("q3", "丙", scale="gone"))], None, [("unknown_scale", "item:q3")]),
        ([section("s1", *GOOD, likert("q3", "丙", labels=("一", "二")))], None,
         [("points_out_of_range", "item:q3"), ("points_differ", "scale:able")]),
        ([section("s1", *GOOD, likert("q3", "丙", labels=tuple("一二三四五六七八"), scale=""))], None,
         [("points_out_of_range", "item:q3")]),
        ([section("s1", *GOOD, likert("q3", "丙", labels=("一", "一", "三"), scale=""))], None, [("same_label", "item:q3")]),
        ([section("s1", *GOOD, changed(likert("q3", "丙"), points=4))], None,
         [("labels_do_not_fit", "item:q3"), ("points_differ", "scale:able")]),
        ([section("s1", *GOOD, likert("q3", "丙", services=["flying"]))], None, [("unknown_service", "item:q3")]),
        ([section("s1", *GOOD, choice("q3", "丙", ["一"]))], None, [("few_options", "item:q3")]),
        ([section("s1", *GOOD, choice("q3", "丙", ["一", "一"]))], None, [("same_option", "item:q3")]),
        ([section("s1", *GOOD, number("q3", "丙", 5, 4))], None, [("bounds_reversed", "item:q3")]),
        ([section("s1", *GOOD, changed(free_text("q3", "丙"), kind="oracle"))], None, [("unknown_kind", "item:q3")]),
        ([section("s1", *GOOD, changed(free_text("Q 3", "丙"), id="Q 3"))], None, [("bad_identifier", "item:Q 3")]),
        ([section("s1", *GOOD)], [scale(), scale("lonely", "无题")], [("empty_scale", "scale:lonely")]),
        ([section("s1", *GOOD)], [scale(min_answered=3)], [("answers_needed_out_of_range", "scale:able")]),
        ([section("s1", *GOOD)], [scale(label="")], [("no_scale_label", "scale:able")]),
        ([section("s1", *GOOD)], [scale(level="cosmic")], [("unknown_level", "scale:able")]),
    ],
)  # fmt: skip
def test_what_cannot_be_published_is_told_with_its_place(sections, scales, expected):
    assert found(*sections, scales=scales) == expected


def test_a_questionnaire_without_a_title_is_not_published():
    assert [problem.code for problem in check_questionnaire(content() | {"title": {"en": "x"}})] == ["no_title"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_whatever_is_given_is_judged_and_nothing_is_raised(value):
    problems = check_questionnaire(value)
    assert problems
    assert {problem.code for problem in problems} <= SENTENCES.keys()


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_stands_anywhere_in_it_is_judged_and_nothing_is_raised(data):
    spoilt = copy.deepcopy(content())
    spot = spoilt
    while True:
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(spot[key], (dict, list)) or not spot[key] or data.draw(st.booleans()):
            break
        spot = spot[key]
    spot[key] = data.draw(JSON)
    problems = check_questionnaire(spoilt, {"visit"})
    assert {problem.code for problem in problems} <= SENTENCES.keys()


def test_a_content_written_twice_is_the_same():
    once = content()
    messy = copy.deepcopy(once)
    messy["sections"][0]["uuid"] = "x"
    messy["sections"][0]["items"][0]["uuid"] = "y"
    messy["sections"][0]["items"][0]["text"]["zh-hans"] += "  "
    assert normalized(messy) == once
    assert normalized(once) == once


def fingerprints(value):
    return {facts.code: facts.fingerprint for facts in scales_of(value)}


def test_a_scale_is_the_same_whatever_its_name_order_and_help():
    value = content()
    other = copy.deepcopy(value)
    other["scales"][0]["label"]["zh-hans"] = "另一个名字"
    other["sections"][0]["items"].reverse()
    other["sections"][0]["items"][0]["help"]["zh-hans"] = "提示"
    other["sections"][0]["items"][0]["required"] = True
    assert fingerprints(other) == fingerprints(value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: c["sections"][0]["items"][0]["text"].update({"zh-hans": "别的"}),
        lambda c: c["sections"][0]["items"][0]["labels"][0].update({"zh-hans": "完全不"}),
        lambda c: c["sections"][0]["items"][0].update(reverse=True),
        lambda c: c["sections"][0]["items"][0].update(scale=""),
        lambda c: c["scales"][0].update(min_answered=1),
        lambda c: c["scales"][0].update(higher_is_better=False),
    ],
)
def test_a_scale_with_another_meaning_has_another_fingerprint(spoil):
    other = copy.deepcopy(content())
    spoil(other)
    assert fingerprints(other) != fingerprints(content())


def test_answers_add_up_with_reverse_items_turned_round():
    facts = scales_of(content())
    score = score_answers(facts, {"q1": 5, "q2": 1, "q4": "c1"})
    assert score == {"able": {"sum": 10, "answered": 2}}
    assert scale_mean(facts[0], score["able"]) == 5.0
    assert scale_mean(facts[0], score_answers(facts, {"q1": 5})["able"]) is None
    assert scale_mean(facts[0], score_answers(facts, {})["able"]) is None
    assert scale_mean(facts[0], None) is None


@given(st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), st.integers(1, 5)))
def test_a_mean_lies_on_the_scale_and_turning_all_answers_round_mirrors_it(answers):
    facts = scales_of(content())[0]
    mean = scale_mean(facts, score_answers([facts], answers)["able"])
    turned = scale_mean(facts, score_answers([facts], {name: 6 - value for name, value in answers.items()})["able"])
    if len(answers) < 2:
        assert (mean, turned) == (None, None)
    else:
        assert 1 <= mean <= 5
        assert turned == pytest.approx(6 - mean)


def test_items_come_in_their_order():
    assert [item["id"] for item in items_of(content())] == ["q1", "q2", "q3", "q4", "q5", "q6", "q7"]
