"""Cells of answers that another tool wrote (问卷星 and the like), translated into what the questionnaire calls an answer.
Whether that answer is allowed is said by ``services.answers`` for all who hand in."""

import datetime
import difflib
import re
import unicodedata

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from evaluations.choices import ItemKind
from evaluations.validators import LANGUAGES, items_of
from projects.choices import AgeGroup

SKIPPED = {"(跳过)", "(空)", "跳过", "空", "-3", "(skipped)", "n/a"}
BETWEEN = re.compile(r"[┋;；|\n]+")
NUMBERED = re.compile(r"^\s*(?:Q|q|第)?\d+\s*(?:题)?\s*[、.．:：)）]\s*")
KIND_NOTE = re.compile(r"[\[【(（](?:单选题|多选题|填空题|量表题|矩阵.*?题|必答|single|multiple).*?[\])）】]")
BY_HAND = re.compile(r"〖.*?〗|\{.*?\}")
NOT_A_WORD = re.compile(r"[\W_]+")
ALIKE = 0.6
MAX_HEADING = 200  # characters; what is longer is no heading, and would take long to compare
AGE_GROUP, CODE, NAME, SUBMITTED_AT = "age_group", "code", "name", "submitted_at"
# What headings of columns that are no question contain, in the order in which they are looked for.
KNOWN_HEADINGS = (
    (SUBMITTED_AT, ("提交答卷时间", "提交时间", "submitted", "timestamp")),
    (CODE, ("自编码", "编码", "代码", "暗号", "self-made code", "code")),
    (NAME, ("姓名", "your name", "name")),
    (AGE_GROUP, ("年龄", "age")),
)
OLDEST = 120
MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


class CellWrong(ValueError):
    """``str`` is the sentence for the person who uploaded it."""


def plain(text):
    """Without what differs from export to export: width, numbers in front, notes on the kind, marks."""
    text = unicodedata.normalize("NFKC", str(text))
    return NOT_A_WORD.sub("", KIND_NOTE.sub("", NUMBERED.sub("", text))).casefold()


def propose_mapping(content, headers):
    """{question or known column: number of the column}, each column once, the surest first."""
    mapping, taken = {}, set()
    heads = [plain(head[:MAX_HEADING]) for head in headers]
    pairs = []
    for item in items_of(content):
        texts = [plain(item["text"][name]) for name in LANGUAGES if item["text"].get(name)]
        for place, head in enumerate(heads):
            likeness = max((_alike(head, text) for text in texts), default=0)
            if likeness >= ALIKE:
                pairs.append((-likeness, place, item["id"]))
    for _likeness, place, name in sorted(pairs):
        if name not in mapping and place not in taken:
            mapping[name] = place
            taken.add(place)
    for name, words in KNOWN_HEADINGS:
        found = next(
            (
                place
                for word in words
                for place, head in enumerate(headers)
                if place not in taken and _names(str(head).casefold(), word)
            ),
            None,
        )
        if found is not None:
            mapping[name] = found
            taken.add(found)
    return mapping


def _names(head, word):
    return re.search(rf"\b{re.escape(word)}\b", head) is not None if word.isascii() else word in head


def _alike(head, text):
    if not head or not text:
        return 0
    if head == text:
        return 1
    if len(text) > 3 and (text in head or head in text) and len(head) > 3:
        return 0.9
    matcher = difflib.SequenceMatcher(None, head, text, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:  # upper bounds, told much faster
        return 0
    return matcher.ratio()


def is_empty(text):
    return not text or text.strip().casefold() in SKIPPED


def read_answer(item, text):
    """What a cell says to this question, not yet checked; None when it was left out. CellWrong for words that are none of
    the answers."""
    if is_empty(text):
        return None
    return _READERS[item["kind"]](item, text.strip())


def _labels(words):
    return [plain(words[name]) for name in LANGUAGES if words.get(name)]


def _number(text):
    found = re.fullmatch(r"(-?\d+)(?:\.0+)?\s*(?:分|岁|人|次)?", unicodedata.normalize("NFKC", text).replace(",", ""))
    return int(found[1]) if found else None


def _likert(item, text):
    number = _number(text)
    if number is None:
        wanted = plain(text)
        number = next((at for at, words in enumerate(item["labels"], 1) if wanted in _labels(words)), None)
    if number is None and (led := re.match(r"\s*(\d)\s*[、.．:：]", text)):
        number = int(led[1])
    if number is None:
        raise CellWrong(
            _("“%(text)s” is not on the scale from 1 to %(points)s.") % {"text": text[:40], "points": item["points"]}
        )
    return number


def _option(item, text):
    wanted = plain(BY_HAND.sub("", text))
    for option in item["options"]:
        if text == option["id"] or wanted in _labels(option["text"]):
            return option["id"]
    number = _number(text)
    if number is not None and 1 <= number <= len(item["options"]):
        return item["options"][number - 1]["id"]
    letter = re.match(r"\s*([A-Z])\s*(?:[、.．:：]|$)", text)
    if letter and ord(letter[1]) - ord("A") < len(item["options"]):
        return item["options"][ord(letter[1]) - ord("A")]["id"]
    raise CellWrong(_("“%(text)s” is none of the answers to choose from.") % {"text": text[:40]})


def _multiple(item, text):
    chosen = {_option(item, part.strip()) for part in BETWEEN.split(BY_HAND.sub("", text)) if part.strip()}
    return [option["id"] for option in item["options"] if option["id"] in chosen] or None


def _amount(item, text):
    number = _number(text)
    if number is None:
        raise CellWrong(_("“%(text)s” is no number that fits here.") % {"text": text[:40]})
    return number


_READERS = {
    ItemKind.LIKERT: _likert,
    ItemKind.SINGLE: _option,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.NUMBER: _amount,
    ItemKind.TEXT: lambda item, text: text,
}


def age_labels():
    """{plain label: age group}, in both languages."""
    found = {code: code for code in AgeGroup.values}
    for language in LANGUAGES:
        with override(language):
            found |= {plain(str(group.label)): group.value for group in AgeGroup}
    return found


def read_age(text, labels):
    """The age group of a label, an age, or a span of ages. CellWrong."""
    if is_empty(text):
        return AgeGroup.UNKNOWN
    if known := labels.get(plain(text)):
        return known
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if numbers and numbers[0] <= OLDEST:
        age = sum(numbers[:2]) / len(numbers[:2])
        if len(numbers) == 1 and re.search(r"以上|>|＞|over|\+", text):
            age += 1
        bounds = ((26, AgeGroup.UP_TO_25), (46, AgeGroup.FROM_26), (61, AgeGroup.FROM_46))
        return next((group for bound, group in bounds if age < bound), AgeGroup.OVER_60)
    raise CellWrong(_("“%(text)s” is no age.") % {"text": text[:40]})


def read_moment(text, now):
    """When the sheet was handed in; ``now`` for an empty cell. CellWrong."""
    if is_empty(text):
        return now
    for pattern in MOMENTS:
        try:
            found = datetime.datetime.strptime(text.strip(), pattern)  # noqa: DTZ007 - made aware below
        except ValueError:
            continue
        moment = timezone.make_aware(found)
        if moment <= now + datetime.timedelta(days=1):
            return min(moment, now)
    raise CellWrong(_("“%(text)s” is no time in the past.") % {"text": text[:40]})
