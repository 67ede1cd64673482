"""The form that answers are given in: by phone and from paper, in the reader's language."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from evaluations.forms.answer import AnswerForm
from tests.factories.instruments import content, likert, section

pytestmark = pytest.mark.no_db
GOOD = {"a-q1": "4", "a-q4": "c2", "a-q5": ["c1", "c3"], "a-q6": "12", "a-q7": " 谢谢 "}
KEPT = {"q1": 4, "q4": "c2", "q5": ["c1", "c3"], "q6": 12, "q7": "谢谢"}


def form_of(data=None, **kwargs):
    return AnswerForm(content(), data, **kwargs)


@pytest.mark.parametrize("compact", [False, True])
def test_answers_are_what_was_answered_and_nothing_else(compact):
    form = form_of(GOOD, compact=compact)
    assert form.is_valid(), form.errors
    assert form.answers() == KEPT
    assert [type(value) for value in form.answers().values()] == [int, str, list, int, str]


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize(
    ("more", "name", "sentence"),
    [
        ({"a-q1": ""}, "q1", "Please choose one."),
        ({"a-q1": "6"}, "q1", "“6” is not on the scale. It goes from 1 to 5."),
        ({"a-q1": "0"}, "q1", "“0” is not on the scale. It goes from 1 to 5."),
        ({"a-q2": "x"}, "q2", "“x” is not on the scale. It goes from 1 to 5."),
        ({"a-q4": "c9"}, "q4", "This is none of the choices. Please choose one of those shown."),
        ({"a-q5": ["c1", "c9"]}, "q5", "This is none of the choices. Please choose among those shown."),
        ({"a-q6": "many"}, "q6", "Please write a whole number in figures, such as 12."),
        ({"a-q6": "101"}, "q6", "Please write a number from 0 to 100."),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(more, name, sentence, compact):
    form = form_of(GOOD | more, compact=compact)
    assert not form.is_valid()
    assert form.errors == {name: [sentence]}


def test_figures_of_a_chinese_keyboard_are_figures():
    form = form_of(GOOD | {"a-q1": "５"}, compact=True)
    assert form.is_valid(), form.errors
    assert form.answers()["q1"] == 5


def test_a_question_left_out_is_no_answer():
    form = form_of({"a-q1": "1", "a-q2": ""})
    assert form.is_valid(), form.errors
    assert form.answers() == {"q1": 1}


def test_the_form_speaks_the_readers_language_and_chinese_where_there_is_no_other():
    with translation.override("zh-hans"):
        assert form_of().title == "问卷"
    with translation.override("en"):
        form = form_of()
        assert (form.title, form.intro, str(form.fields["q1"].label)) == ("Questionnaire", "请填写。", "我会写方案")


def test_what_was_given_before_stands_in_the_form():
    form = form_of(given=KEPT)
    page = render_to_string("evaluations/answer_form_partial.html", {"form": form})
    assert page.count(" checked") == 6  # four answers by ticking, and "no answer" at the two that were left out
    assert 'value="12"' in page


def test_each_scale_question_is_a_group_with_a_legend_and_no_table():
    page = render_to_string("evaluations/answer_form_partial.html", {"form": form_of()})
    assert page.count("<fieldset") == page.count("<legend>") == 5
    assert "<table" not in page
    assert "style=" not in page


def test_from_paper_the_key_stands_once_and_each_question_takes_one_figure():
    form = form_of(compact=True)
    page = render_to_string("evaluations/answer_form_partial.html", {"form": form})
    assert page.count("answer-key") == 1
    assert page.count('class="answer-figure"') == 3
    other = AnswerForm(
        content(section("s1", likert("q1", "甲"), likert("q2", "乙", labels=("一", "二", "三"), scale="")), scales=[]),
        compact=True,
    )
    assert render_to_string("evaluations/answer_form_partial.html", {"form": other}).count("answer-key") == 2


def test_what_has_to_be_looked_at_again_is_led_to():
    form = form_of(GOOD | {"a-q1": "6"})
    page = render_to_string("evaluations/answer_form_partial.html", {"form": form})
    assert 'href="#id_a-q1_box"' in page
    assert 'aria-describedby="id_a-q1_wrong"' in page
