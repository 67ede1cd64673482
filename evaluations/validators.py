"""What the content of a questionnaire has to be, which scales it has, and what answers add up to. Pure: no database, no
clock, no sentences (those are in services/instrument_problems.py). The shape of the content: docs/questionnaires.md."""

import re
from dataclasses import dataclass, field

from incubator.base.hashes import content_sha256

LANGUAGES = ("zh-hans", "en")
LIKERT, SINGLE, MULTIPLE, NUMBER, TEXT = "likert", "single", "multiple", "number", "text"
KINDS = (LIKERT, SINGLE, MULTIPLE, NUMBER, TEXT)
CHOICES = (SINGLE, MULTIPLE)
LEVELS = ("individual", "interpersonal", "social")
MIN_POINTS, MAX_POINTS = 3, 7
MAX_ITEMS, MAX_SECTIONS, MAX_SCALES, MAX_OPTIONS = 100, 20, 20, 40
MAX_NAME, MAX_LINE, MAX_TEXT = 80, 300, 2000
LOWEST, HIGHEST = -1_000_000_000, 1_000_000_000
IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@dataclass(frozen=True)
class Problem:
    """``where`` is "", "section:<id>", "item:<id>" or "scale:<id>"."""

    code: str
    where: str = ""
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class ScaleFacts:
    """A scale with what the items say of it; the fields are those of the model ``Scale``."""

    code: str
    label: dict
    level: str
    items: tuple
    reverse: tuple
    points: int
    min_answered: int
    higher_is_better: bool
    fingerprint: str


# --- reading ---------------------------------------------------------------------------------------------------------


def items_of(content):
    """All items in their order."""
    return [item for section in content["sections"] for item in section["items"]]


def words(value):
    """{language: text} with every language, without blanks at the ends."""
    value = value if isinstance(value, dict) else {}
    return {name: text.strip() if isinstance(text := value.get(name), str) else "" for name in LANGUAGES}


def normalized(content):
    """The content of an edition: what a draft says, without what only its making needs. Equal for equal questionnaires."""
    return {
        "title": words(content.get("title")),
        "intro": words(content.get("intro")),
        "sections": [
            {
                "id": section["id"], "title": words(section.get("title")), "text": words(section.get("text")),
                "items": [_item(item) for item in section["items"]],
            }
            for section in content.get("sections", [])
        ],
        "scales": [
            {
                "id": scale["id"], "label": words(scale.get("label")), "level": scale.get("level", ""),
                "min_answered": scale.get("min_answered", 1), "higher_is_better": scale.get("higher_is_better", True),
            }
            for scale in content.get("scales", [])
        ],
    }  # fmt: skip


def _item(item):
    row = {
        "id": item["id"], "kind": item["kind"], "text": words(item.get("text")), "help": words(item.get("help")),
        "required": bool(item.get("required", False)),
    }  # fmt: skip
    if item["kind"] == LIKERT:
        row |= {
            "points": item["points"], "labels": [words(label) for label in item["labels"]],
            "reverse": bool(item.get("reverse", False)), "scale": item.get("scale", ""),
            "services": list(item.get("services", [])),
        }  # fmt: skip
    elif item["kind"] in CHOICES:
        row["options"] = [
            {"id": option["id"], "text": words(option.get("text")), "services": list(option.get("services", []))}
            for option in item["options"]
        ]
    elif item["kind"] == NUMBER:
        row |= {"min": item.get("min"), "max": item.get("max"), "unit": words(item.get("unit"))}
    return row


# --- scales and scores -----------------------------------------------------------------------------------------------


def scales_of(content):
    """The ScaleFacts of a valid content, in its order."""
    return [_facts(scale, items_of(content)) for scale in content["scales"]]


def _facts(scale, items):
    members = [item for item in items if item["kind"] == LIKERT and item.get("scale") == scale["id"]]
    return ScaleFacts(
        code=scale["id"], label=words(scale["label"]), level=scale.get("level", ""),
        items=tuple(item["id"] for item in members),
        reverse=tuple(item["id"] for item in members if item.get("reverse")),
        points=members[0]["points"] if members else 0, min_answered=scale["min_answered"],
        higher_is_better=scale["higher_is_better"], fingerprint=fingerprint(scale, members),
    )  # fmt: skip


def fingerprint(scale, members):
    """Hash of all that decides what a figure of this scale means; its name and the order of the items do not."""
    asked = [
        {
            "id": item["id"], "text": words(item["text"]), "labels": [words(label) for label in item["labels"]],
            "points": item["points"], "reverse": bool(item.get("reverse")),
        }
        for item in sorted(members, key=lambda item: item["id"])
    ]  # fmt: skip
    return content_sha256(
        {"items": asked, "min_answered": scale["min_answered"], "higher_is_better": scale["higher_is_better"]}
    )


def score_answers(scales, answers):
    """{scale code: {"sum", "answered"}}, reverse items turned round; ``scales`` are ScaleFacts or rows of ``Scale``."""
    found = {}
    for scale in scales:
        given = [_counted(scale, item, answers[item]) for item in scale.items if item in answers]
        found[scale.code] = {"sum": sum(given), "answered": len(given)}
    return found


def turned(value, points):
    """The same answer on a scale from 1 to ``points`` that is read from its other end."""
    return points + 1 - value


def _counted(scale, item, value):
    return turned(value, scale.points) if item in scale.reverse else value


def turned_rows(scale, answers):
    """[[value of each item]], reverse ones turned round, of everybody who answered all items of the scale."""
    return [
        [_counted(scale, item, given[item]) for item in scale.items]
        for given in answers
        if all(item in given for item in scale.items)
    ]


def scale_mean(scale, score):
    """The mean of the answered items, from 1 to ``scale.points``; None with too few answers."""
    if not score or not score["answered"] or score["answered"] < scale.min_answered:
        return None
    return score["sum"] / score["answered"]


# --- checking --------------------------------------------------------------------------------------------------------


def check_questionnaire(content, services=None):
    """[Problem] that keep the content from being published; whatever is given, nothing is raised. ``services``: the codes
    of services there are; None: not asked."""
    check = _Check(services)
    if not isinstance(content, dict):
        check.add("no_content")
        return check.found
    check.text(content.get("title"), "", "no_title", MAX_LINE)
    check.text(content.get("intro"), "", None, MAX_TEXT)
    sections = check.rows(content.get("sections", []), "", "sections", MAX_SECTIONS)
    items = [(section, item) for section in sections for item in check.rows(section.get("items", []), "", "items")]
    if not items:
        check.add("no_items")
    if len(items) > MAX_ITEMS:
        check.add("too_many_items", number=MAX_ITEMS)
    scales = check.rows(content.get("scales", []), "", "scales", MAX_SCALES)
    check.identifiers(sections, "section")
    check.identifiers([item for _section, item in items], "item")
    check.identifiers(scales, "scale")
    for section in sections:
        check.section(section)
    for _section, item in items:
        check.item(item, {scale.get("id") for scale in scales if isinstance(scale.get("id"), str)})
    check.same_words([item for _section, item in items], "text", "same_item", "item")
    for scale in scales:
        check.scale(scale, [item for _section, item in items])
    return check.found


def _is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


class _Check:
    """Gathers what is found."""

    def __init__(self, services):
        self.services, self.found = services, []

    def add(self, code, where="", **params):
        self.found.append(Problem(code, where, params))

    def text(self, value, where, missing, most):
        if value is not None and (
            not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values())
        ):
            self.add("not_text", where)
            return
        told = words(value)
        if missing and not told[LANGUAGES[0]]:
            self.add(missing, where)
        if any(len(text) > most for text in told.values()):
            self.add("too_long", where, number=most)

    def rows(self, value, where, name, most=None):
        """The rows of a list that are objects; the others are told."""
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.add("not_a_list", where, name=name)
            value = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        if most is not None and len(value) > most:
            self.add(f"too_many_{name}", where, number=most)
        return value

    def identifiers(self, rows, kind):
        seen = set()
        for row in rows:
            name = row.get("id")
            if not isinstance(name, str) or not IDENTIFIER.fullmatch(name):
                self.add("bad_identifier", f"{kind}:{name}" if isinstance(name, str) else "", given=str(name)[:40])
            elif name in seen:
                self.add("identifier_twice", f"{kind}:{name}", given=name)
            else:
                seen.add(name)

    def same_words(self, rows, name, code, kind=None, where=""):
        """Two that read the same cannot be told apart."""
        seen = set()
        for row in rows:
            told = words(row if name is None else row.get(name))[LANGUAGES[0]].casefold()
            if told and told in seen:
                self.add(code, f"{kind}:{row.get('id')}" if kind else where, text=told)
            seen.add(told)

    def section(self, section):
        where = f"section:{section.get('id')}"
        self.text(section.get("title"), where, None, MAX_LINE)
        self.text(section.get("text"), where, None, MAX_TEXT)
        if not section.get("items"):
            self.add("empty_section", where)

    def item(self, item, scales):
        where = f"item:{item.get('id')}"
        self.text(item.get("text"), where, "no_text", MAX_LINE)
        self.text(item.get("help"), where, None, MAX_LINE)
        if not isinstance(item.get("required", False), bool):
            self.add("not_yes_or_no", where, name="required")
        kind = item.get("kind")
        if kind == LIKERT:
            self.likert(item, where, scales)
        elif kind in (SINGLE, MULTIPLE):
            self.options(item, where)
        elif kind == NUMBER:
            self.number(item, where)
        elif kind != TEXT:
            self.add("unknown_kind", where, given=str(kind)[:40])

    def likert(self, item, where, scales):
        points, labels = item.get("points"), self.rows(item.get("labels"), where, "labels")
        if not _is_int(points) or not MIN_POINTS <= points <= MAX_POINTS:
            self.add("points_out_of_range", where, smallest=MIN_POINTS, largest=MAX_POINTS)
        elif len(labels) != points:
            self.add("labels_do_not_fit", where, points=points, number=len(labels))
        for label in labels:
            self.text(label, where, "no_label", MAX_NAME)
        self.same_words(labels, None, "same_label", where=where)
        if not isinstance(item.get("reverse", False), bool):
            self.add("not_yes_or_no", where, name="reverse")
        scale = item.get("scale", "")
        if scale != "" and (not isinstance(scale, str) or scale not in scales):
            self.add("unknown_scale", where, given=str(scale)[:40])
        self.known_services(item, where)

    def options(self, item, where):
        options = self.rows(item.get("options"), where, "options", MAX_OPTIONS)
        if len(options) < 2:
            self.add("few_options", where)
        seen = set()
        for option in options:
            name = option.get("id")
            if not isinstance(name, str) or not IDENTIFIER.fullmatch(name):
                self.add("bad_identifier", where, given=str(name)[:40])
            elif name in seen:
                self.add("identifier_twice", where, given=name)
            else:
                seen.add(name)
            self.text(option.get("text"), where, "no_option_text", MAX_LINE)
            self.known_services(option, where)
        self.same_words(options, "text", "same_option", where=where)

    def number(self, item, where):
        bounds = [item.get(name) for name in ("min", "max")]
        if any(bound is not None and (not _is_int(bound) or not LOWEST <= bound <= HIGHEST) for bound in bounds):
            self.add("bad_bounds", where)
        elif None not in bounds and bounds[0] > bounds[1]:
            self.add("bounds_reversed", where)
        self.text(item.get("unit"), where, None, MAX_NAME)

    def known_services(self, row, where):
        codes = row.get("services", [])
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            self.add("not_a_list", where, name="services")
            return
        for code in codes:
            if self.services is not None and code not in self.services:
                self.add("unknown_service", where, given=code[:40])

    def scale(self, scale, items):
        where = f"scale:{scale.get('id')}"
        self.text(scale.get("label"), where, "no_scale_label", MAX_NAME)
        level = scale.get("level", "")
        if level != "" and level not in LEVELS:
            self.add("unknown_level", where, given=str(level)[:40])
        if not isinstance(scale.get("higher_is_better", True), bool):
            self.add("not_yes_or_no", where, name="higher_is_better")
        members = [
            item for item in items
            if item.get("kind") == LIKERT and item.get("scale", "") != "" and item.get("scale") == scale.get("id")
        ]  # fmt: skip
        if not members:
            self.add("empty_scale", where)
            return
        if len({repr(item.get("points")) for item in members}) > 1:
            self.add("points_differ", where)
        least = scale.get("min_answered")
        if not _is_int(least) or not 1 <= least <= len(members):
            self.add("answers_needed_out_of_range", where, number=len(members))
