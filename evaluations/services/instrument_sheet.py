"""A questionnaire as a workbook and back: one sheet of questions, one of scales. What comes out goes in again unchanged;
what is wrong is told with the row it stands in, and nothing of such a file is taken."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.choices import ItemKind
from evaluations.services.instrument_problems import tell
from evaluations.validators import (
    CHOICES,
    LANGUAGES,
    LIKERT,
    NUMBER,
    check_questionnaire,
    normalized,
    words,
)
from incubator.importing.readers import SheetRefused, plain, read_grids
from incubator.importing.writers import Sheet, workbook
from projects.choices import NeedLevel
from projects.services.kind import kind_choices

TITLE, INTRO, SECTION, OPTION = "title", "intro", "section", "option"
BAR = "|"
COLUMNS = {
    "kind": gettext_lazy("Kind of row"),
    "id": gettext_lazy("Identifier"),
    "text": gettext_lazy("Words"),
    "text_en": gettext_lazy("Words in English"),
    "help": gettext_lazy("Hint below"),
    "help_en": gettext_lazy("Hint in English"),
    "required": gettext_lazy("Has to be answered"),
    "labels": gettext_lazy("Points of the scale"),
    "scale": gettext_lazy("Counts towards the scale"),
    "reverse": gettext_lazy("Counts the other way round"),
    "services": gettext_lazy("Services that answer it"),
    "min": gettext_lazy("Smallest answer"),
    "max": gettext_lazy("Largest answer"),
    "unit": gettext_lazy("Unit"),
    "unit_en": gettext_lazy("Unit in English"),
}
SCALE_COLUMNS = {
    "id": gettext_lazy("Identifier"),
    "label": pgettext_lazy("scale", "Name of the scale"),
    "label_en": gettext_lazy("Name in English"),
    "level": gettext_lazy("Level of needs"),
    "min_answered": gettext_lazy("Answers needed"),
    "higher_is_better": gettext_lazy("Higher is better"),
}
KINDS = {
    TITLE: gettext_lazy("Title"),
    INTRO: gettext_lazy("Words at the beginning"),
    SECTION: gettext_lazy("Section"),
    **dict(ItemKind.choices),
    OPTION: gettext_lazy("Choice"),
}
NEED_LEVELS = dict(NeedLevel.choices)
YES, NO = gettext_lazy("yes"), gettext_lazy("no")
BOOLEANS = {True: YES, False: NO}
MORE_YES, MORE_NO = {"1", "true", "y", "√", "✓"}, {"0", "false", "n", "×"}


# --- out -------------------------------------------------------------------------------------------------------------


def questionnaire_workbook(content):
    """xlsx bytes of a content, headed in the reader's language."""
    content = normalized(content)
    return workbook(
        [
            Sheet(_("Questions"), COLUMNS, _rows_out(content), (12, 12, 50, 50)),
            Sheet(_("Scales"), SCALE_COLUMNS, _scales_out(content), (16, 24, 24, 18, 16, 16)),
        ]
    )


def _pair(name, value):
    return {name: value["zh-hans"], f"{name}_en": value["en"]}


def _rows_out(content):
    yield {"kind": KINDS[TITLE], **_pair("text", content["title"])}
    yield {"kind": KINDS[INTRO], **_pair("text", content["intro"])}
    for section in content["sections"]:
        head = {"kind": KINDS[SECTION], "id": section["id"]}
        yield head | _pair("text", section["title"]) | _pair("help", section["text"])
        for item in section["items"]:
            yield from _item_out(item)


def _item_out(item):
    row = {"kind": KINDS[item["kind"]], "id": item["id"], "required": BOOLEANS[item["required"]]}
    row |= _pair("text", item["text"]) | _pair("help", item["help"])
    if item["kind"] == LIKERT:
        row |= {
            "labels": "\n".join(_line(label) for label in item["labels"]),
            "scale": item["scale"], "reverse": BOOLEANS[item["reverse"]], "services": ", ".join(item["services"]),
        }  # fmt: skip
    if item["kind"] == NUMBER:
        row |= {name: "" if item[name] is None else item[name] for name in ("min", "max")} | _pair("unit", item["unit"])
    yield row
    for option in item.get("options", []):
        services = ", ".join(option["services"])
        yield {"kind": KINDS[OPTION], "id": option["id"], "services": services} | _pair("text", option["text"])


def _line(label):
    return f"{label['zh-hans']} {BAR} {label['en']}" if label["en"] else label["zh-hans"]


def _scales_out(content):
    for scale in content["scales"]:
        yield _pair("label", scale["label"]) | {
            "id": scale["id"], "level": NEED_LEVELS.get(scale["level"], ""), "min_answered": scale["min_answered"],
            "higher_is_better": BOOLEANS[scale["higher_is_better"]],
        }  # fmt: skip


# --- in --------------------------------------------------------------------------------------------------------------


def read_questionnaire(data):
    """The content of a workbook (bytes). FileRefused for what is no list at all, SheetRefused with sentences by row."""
    reader = _Reader()
    for rows in (grid.rows for grid in read_grids(data)):
        head = next((number for number, row in enumerate(rows) if any(row)), None)
        if head is None:
            continue
        keys = {plain(cell): place for place, cell in reversed(list(enumerate(rows[head])))}
        questions, scales = _places(keys, COLUMNS), _places(keys, SCALE_COLUMNS)
        if {"kind", "text"} <= questions.keys():
            reader.read(rows, head + 1, questions, reader.question)
        elif {"id", "label"} <= scales.keys():
            reader.read(rows, head + 1, scales, reader.scale)
    return reader.finish()


def _places(keys, columns):
    """{key: column} of the headings that are known, in any of our languages."""
    found = {}
    for key, label in columns.items():
        for heading in (key, *_in_languages(label)):
            if plain(heading) in keys:
                found.setdefault(key, keys[plain(heading)])
    return found


def _in_languages(label):
    told = []
    for language in LANGUAGES:
        with translation.override(language):
            told.append(str(label))
    return told


def _meanings(labels):
    """{plain word: code} of a list of words, codes and words in any of our languages."""
    return {plain(word): code for code, label in labels.items() for word in (str(code), *_in_languages(label))}


class _Reader:
    """Takes row after row and remembers what was wrong with which."""

    def __init__(self):
        self.content = {"title": words(None), "intro": words(None), "sections": [], "scales": []}
        self.sentences, self.rows, self.item = [], {}, None
        self.kinds, self.levels = _meanings(KINDS), _meanings(NEED_LEVELS)
        self.services = _meanings(dict(kind_choices()))
        self.booleans = _meanings(BOOLEANS) | dict.fromkeys(MORE_YES, True) | dict.fromkeys(MORE_NO, False)
        self.was_read = False

    def wrong(self, sentence):
        self.sentences.append(_("Row %(row)s: %(sentence)s") % {"row": self.number, "sentence": sentence})

    def read(self, rows, first, places, take):
        for number, cells in enumerate(rows[first:], start=first + 1):
            values = {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
            if any(values.values()):
                self.number, self.values = number, values
                take()

    def pair(self, name):
        return {"zh-hans": self.values.get(name, ""), "en": self.values.get(f"{name}_en", "")}

    def boolean(self, name, default):
        text = self.values.get(name, "")
        if not text:
            return default
        found = self.booleans.get(plain(text))
        if found is None:
            self.wrong(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        return bool(found)

    def whole(self, name):
        text = self.values.get(name, "")
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            self.wrong(_("“%(text)s” is no whole number.") % {"text": text[:40]})
            return None

    def codes(self):
        found = []
        for text in self.values.get("services", "").replace("，", ",").replace("、", ",").split(","):
            if text.strip():
                code = self.services.get(plain(text))
                if code is None:
                    self.wrong(_("There is no service “%(text)s”.") % {"text": text.strip()[:40]})
                else:
                    found.append(code)
        return found

    def question(self):
        self.was_read = True
        kind = self.kinds.get(plain(self.values["kind"]))
        if kind is None:
            self.wrong(_("“%(text)s” is no kind of row.") % {"text": self.values["kind"][:40]})
        elif kind in (TITLE, INTRO):
            self.content[kind] = self.pair("text")
        elif kind == SECTION:
            self.section(self.values.get("id") or f"s{len(self.content['sections']) + 1}")
        elif kind == OPTION:
            self.option()
        else:
            self.add_item(kind)

    def section(self, name, title=None):
        title, text = title or self.pair("text"), self.pair("help") if title is None else words(None)
        self.content["sections"].append({"id": name, "title": title, "text": text, "items": []})
        self.rows.setdefault(f"section:{name}", self.number)

    def add_item(self, kind):
        if not self.content["sections"]:
            self.section("s1", words(None))
        taken = {item["id"] for section in self.content["sections"] for item in section["items"]}
        name = self.values.get("id") or next(f"q{n}" for n in range(1, 1000) if f"q{n}" not in taken)
        self.item = {
            "id": name, "kind": kind, "text": self.pair("text"), "help": self.pair("help"),
            "required": self.boolean("required", False),
        }  # fmt: skip
        if kind == LIKERT:
            labels = [line.partition(BAR)[::2] for line in self.values.get("labels", "").splitlines() if line.strip()]
            self.item |= {
                "points": len(labels), "labels": [words(dict(zip(LANGUAGES, label, strict=True))) for label in labels],
                "reverse": self.boolean("reverse", False), "scale": self.values.get("scale", ""),
                "services": self.codes(),
            }  # fmt: skip
        elif kind in CHOICES:
            self.item["options"] = []
        elif kind == NUMBER:
            self.item |= {"min": self.whole("min"), "max": self.whole("max"), "unit": self.pair("unit")}
        self.content["sections"][-1]["items"].append(self.item)
        self.rows.setdefault(f"item:{name}", self.number)

    def option(self):
        if self.item is None or "options" not in self.item:
            self.wrong(_("A choice stands below the question that it belongs to."))
            return
        name = self.values.get("id") or f"c{len(self.item['options']) + 1}"
        self.item["options"].append({"id": name, "text": self.pair("text"), "services": self.codes()})

    def scale(self):
        level = self.levels.get(plain(self.values.get("level", "")), "") if self.values.get("level") else ""
        if self.values.get("level") and not level:
            self.wrong(_("“%(text)s” is no level of needs.") % {"text": self.values["level"][:40]})
        name = self.values["id"] or f"scale{len(self.content['scales']) + 1}"
        self.content["scales"].append(
            {
                "id": name, "label": self.pair("label"), "level": level, "min_answered": self.whole("min_answered") or 1,
                "higher_is_better": self.boolean("higher_is_better", True),
            }
        )  # fmt: skip
        self.rows.setdefault(f"scale:{name}", self.number)

    def finish(self):
        if not self.was_read:
            raise SheetRefused(
                [_("There is no sheet of questions in it. Please begin with the export of a questionnaire.")]
            )
        for problem in check_questionnaire(self.content, None):
            told = tell(problem, self.content)
            self.number = self.rows.get(problem.where)
            self.wrong(told.sentence) if self.number else self.sentences.append(told.sentence)
        if self.sentences:
            raise SheetRefused(self.sentences)
        return normalized(self.content)
