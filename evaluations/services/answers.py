"""What a questionnaire lets people answer, checked whoever hands it in: a page, a person with paper, a file."""

from django.utils.translation import gettext as _

from evaluations.choices import ItemKind
from evaluations.validators import HIGHEST, LOWEST, MAX_TEXT, items_of
from incubator.base.errors import RuleViolation


class AnswersWrong(RuleViolation):
    """``errors``: {item: sentence}."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(dict.fromkeys(errors.values())))


def clean_answers(content, answers):
    """The answers to items of this edition, unanswered ones left out; AnswersWrong for what it does not let one say."""
    cleaned, errors = {}, {}
    for item in items_of(content):
        value = answers.get(item["id"])
        if isinstance(value, str):
            value = value.strip()
        if value is None or value == "" or value == []:
            if item.get("required"):
                errors[item["id"]] = _("Please answer this question.")
            continue
        try:
            cleaned[item["id"]] = _CHECKS[item["kind"]](item, value)
        except ValueError:
            errors[item["id"]] = _sentence(item)
    if errors:
        raise AnswersWrong(errors)
    if not cleaned:
        raise RuleViolation(_("Nothing is answered yet. Please answer at least one question."))
    return cleaned


def _sentence(item):
    if item["kind"] == ItemKind.LIKERT:
        return _("This is not on the scale from 1 to %(points)s.") % {"points": item["points"]}
    if item["kind"] == ItemKind.NUMBER:
        least, most = item.get("min"), item.get("max")
        if least is not None and most is not None:
            return _("Please give a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        return _("Please give a whole number.")
    if item["kind"] == ItemKind.TEXT:
        return _("Please write less, at most %(count)s characters.") % {"count": MAX_TEXT}
    return _("This is none of the answers to choose from.")


def _whole(value):
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError(value)
    if isinstance(value, str | int | float):
        return int(value)
    raise ValueError(value)


def _likert(item, value):
    number = _whole(value)
    if not 1 <= number <= item["points"]:
        raise ValueError(value)
    return number


def _number(item, value):
    number = _whole(value)
    least = LOWEST if item.get("min") is None else item["min"]
    most = HIGHEST if item.get("max") is None else item["max"]
    if not least <= number <= most:
        raise ValueError(value)
    return number


def _single(item, value):
    if value not in [option["id"] for option in item["options"]]:
        raise ValueError(value)
    return value


def _multiple(item, value):
    if not isinstance(value, list | tuple):
        raise ValueError(value)
    codes = [option["id"] for option in item["options"]]
    if any(each not in codes for each in value):
        raise ValueError(value)
    return [code for code in codes if code in value]


def _text(item, value):
    text = str(value).replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > MAX_TEXT:
        raise ValueError(value)
    return text


_CHECKS = {
    ItemKind.LIKERT: _likert,
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.NUMBER: _number,
    ItemKind.TEXT: _text,
}
