"""What keeps a questionnaire from being published, as sentences, and where one can mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.validators import check_questionnaire, items_of, words
from projects.registries import spoken
from projects.services.kind import kind_choices

SENTENCES = {
    "no_content": gettext_lazy("There is no questionnaire in it."),
    "no_title": gettext_lazy("The questionnaire has no title."),
    "no_items": gettext_lazy("It asks nothing yet. Please add a question."),
    "too_many_items": gettext_lazy("A questionnaire has at most %(number)s questions. A longer one is not filled in."),
    "too_many_sections": gettext_lazy("A questionnaire has at most %(number)s sections."),
    "too_many_scales": gettext_lazy("A questionnaire has at most %(number)s scales."),
    "too_many_options": gettext_lazy("A question has at most %(number)s choices."),
    "not_text": gettext_lazy("A text cannot be read. Please write it again."),
    "not_a_list": gettext_lazy("A list (%(name)s) cannot be read. Please write it again."),
    "not_yes_or_no": gettext_lazy("“%(name)s” has to be yes or no."),
    "too_long": gettext_lazy("A text is longer than %(number)s characters."),
    "bad_identifier": gettext_lazy(
        "The identifier “%(given)s” cannot be used. It begins with a small letter and has letters, digits and _ alone."
    ),
    "identifier_twice": gettext_lazy("The identifier “%(given)s” comes twice."),
    "same_item": gettext_lazy("Another question has the same words. Please tell them apart."),
    "empty_section": gettext_lazy("The section has no question. Please add one or remove the section."),
    "no_text": gettext_lazy("The question has no words."),
    "unknown_kind": gettext_lazy("“%(given)s” is no way to answer a question."),
    "points_out_of_range": gettext_lazy("A scale question has %(smallest)s to %(largest)s points."),
    "labels_do_not_fit": gettext_lazy("There are %(points)s points and %(number)s labels."),
    "no_label": gettext_lazy("A point of the scale has no words."),
    "same_label": gettext_lazy("Two points of the scale have the same words."),
    "unknown_scale": gettext_lazy("It counts towards a scale (%(given)s) that is not there."),
    "few_options": gettext_lazy("It has fewer than two choices."),
    "no_option_text": gettext_lazy("A choice has no words."),
    "same_option": gettext_lazy("Two choices have the same words."),
    "bad_bounds": gettext_lazy("The smallest and the largest answer have to be whole numbers."),
    "bounds_reversed": gettext_lazy("The smallest answer is larger than the largest."),
    "unknown_service": gettext_lazy("There is no kind of activity with the code “%(given)s”."),
    "no_scale_label": gettext_lazy("The scale has no name."),
    "unknown_level": gettext_lazy("“%(given)s” is no level of needs."),
    "empty_scale": gettext_lazy("No question counts towards the scale. Choose it in a scale question, or remove it."),
    "points_differ": gettext_lazy("The questions of the scale do not have the same number of points."),
    "answers_needed_out_of_range": gettext_lazy("The number of answers needed has to be from 1 to %(number)s."),
}


@dataclass(frozen=True)
class Told:
    """``kind`` "section", "item", "scale" or "" and ``name`` its identifier; ``subject`` is what people read there."""

    sentence: str
    kind: str = ""
    name: str = ""
    subject: str = ""


def problems_of(content):
    """[Told] of a draft, as the reader reads it."""
    found = check_questionnaire(content, {code for code, _label in kind_choices()})
    return [tell(problem, content) for problem in found]


def tell(problem, content):
    kind, _colon, name = problem.where.partition(":")
    return Told(SENTENCES[problem.code] % problem.params, kind, name, _subject(content, kind, name))


def _subject(content, kind, name):
    rows = {"section": "sections", "scale": "scales"}
    try:
        found = items_of(content) if kind == "item" else content[rows[kind]]
        row = next(row for row in found if row["id"] == name)
        label = {"section": "title", "item": "text", "scale": "label"}[kind]
    except (KeyError, TypeError, StopIteration):
        return name
    return str(spoken(words(row.get(label)))) or name


def told_shortly(told, most=3):
    """The first of them in one line, for a refusal."""
    lines = [
        _("“%(subject)s”: %(sentence)s") % {"subject": row.subject, "sentence": row.sentence}
        if row.subject
        else row.sentence
        for row in told[:most]
    ]
    if len(told) > most:
        lines.append(_("There are %(number)s more.") % {"number": len(told) - most})
    return " ".join(lines)
