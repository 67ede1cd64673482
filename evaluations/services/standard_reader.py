"""A growth standard out of a workbook: our own export, or a score sheet as offices have them (一级 / 二级 / 三级指标,
评定方法与说明, 标准分值). What is wrong is told with sheet and row, and nothing of such a file is taken. Sums are not
trusted and not refused: they stand among what is to be put right before publishing."""

from django.utils.translation import gettext as _

from evaluations.choices import ScoreColumn
from evaluations.scoring import check_standard
from evaluations.scoring.facts import as_decimal
from evaluations.services.problem_words import sentence_of
from evaluations.services.standard_columns import (
    ALIASES,
    BONUS,
    JUDGED,
    LADDERS,
    MODES,
    MORE_SPECIAL,
    NAMES,
    NEEDED,
    PROPERTIES,
    SPECIAL,
    TABLES,
    VETOES,
    meanings,
    places,
)
from evaluations.services.standard_draft import LABELS, MOST_PARTS
from evaluations.services.standard_text import (
    in_languages,
    lines_of,
    number,
    read_condition,
    read_mode,
    read_value,
)
from incubator.importing.readers import SheetRefused, plain, read_grids

HEAD_WITHIN = 10
# What keeps a file from being taken; everything else is put right in the draft.
BROKEN = {
    "wrong_type", "bad_code", "duplicate_code", "label_missing", "not_a_number", "negative_points", "unknown_mode",
    "unknown_operator", "unknown_source",
}  # fmt: skip


def read_standard(data):
    """The parts of a content that the workbook ``data`` (bytes) holds. Raises SheetRefused, or FileRefused for
    what is no workbook."""
    reader = _Reader()
    for grid in read_grids(data):
        for at, cells in enumerate(grid.rows[:HEAD_WITHIN]):
            name, columns = _table(cells)
            if name:
                reader.read(name, grid.rows, at + 1, columns)
                break
    return reader.finish()


def _table(cells):
    """(name, {key: column}) of the table that these headings begin; ("", {}) when they are none."""
    best = ("", {})
    for name, columns in TABLES.items():
        found = places(cells, columns, ALIASES.items() if name == "indicators" else ())
        if NEEDED[name] <= found.keys() and len(found) > len(best[1]):
            best = (name, found)
    return best


class _Reader:
    """Takes row after row and remembers what was wrong with which."""

    def __init__(self):
        self.content, self.sentences, self.rows = {}, [], {}
        self.special = meanings(SPECIAL) | {plain(word): key for word, key in MORE_SPECIAL.items()}
        self.modes, self.ladders, self.properties = meanings(MODES), meanings(LADDERS), meanings(PROPERTIES)
        self.judged = {plain(word) for word in ("judged", *in_languages(JUDGED))}
        self.takers = {
            "indicators": self.take_indicators, "bands": self.take_bands, "rules": self.take_rules, "head": self.take_head,
        }  # fmt: skip
        self.sheet = self.row = None
        self.dimension = self.group = self.rung = None

    def wrong(self, sentence):
        told = {"sheet": NAMES[self.sheet], "row": self.row, "sentence": sentence}
        self.sentences.append(_("%(sheet)s, row %(row)s: %(sentence)s") % told)

    def read(self, name, rows, first, columns):
        self.sheet = name
        for key in {"indicators": ("dimensions", BONUS, VETOES), "bands": ("bands",), "rules": LADDERS}.get(name, ()):
            self.content.setdefault(key, [])
        for at, cells in enumerate(rows[first:], start=first + 1):
            self.values = {key: cells[place].strip() if place < len(cells) else "" for key, place in columns.items()}
            if any(self.values.values()):
                self.row = at
                try:
                    self.takers[name]()
                except ValueError as error:
                    self.wrong(str(error))

    def label(self, name):
        return {"zh-hans": self.values.get(name, ""), "en": self.values.get(f"{name}_en", "")}

    def keep(self, path):
        self.rows.setdefault(path, (self.sheet, self.row))

    @staticmethod
    def free(letter, taken):
        codes = {one["code"] for one in taken}
        return next(code for at in range(1, 10_000) if (code := f"{letter}{at}") not in codes)

    # --- dimensions, indicators, bonus, vetoes ---

    def take_indicators(self):
        values, name, code = self.values, self.values.get("dimension", ""), self.values.get("dimension_code", "")
        special = self.special.get(plain(name)) if name and not code else None
        if special:
            self.dimension, self.group = special, None
        elif name or code:
            self.enter(name, code)
        if self.dimension is None:
            raise ValueError(_("It is not said which dimension this belongs to."))
        if special is None and not isinstance(self.dimension, str):
            self.enter_group()
        if not values.get("indicator"):
            return
        if isinstance(self.dimension, str):
            taken, parent = self.content[self.dimension], self.dimension
        else:
            taken, parent = self.dimension["indicators"], self.dimension["code"]
        everywhere = [one for part in self.content["dimensions"] for one in part["indicators"]]
        everywhere += [*self.content[BONUS], *self.content[VETOES]]
        one = {"code": values.get("code") or self.free("n", everywhere), "label": self.label("indicator")}
        if len(taken) >= MOST_PARTS:
            raise ValueError(_("There are more than %(number)s in one list.") % {"number": MOST_PARTS})
        self.keep(f"{parent}/{one['code']}")
        taken.append(one | self.measured(self.dimension == VETOES))

    def enter(self, name, code):
        here = self.dimension if isinstance(self.dimension, dict) else None
        if here and (code == here["code"] if code else name == here["label"]["zh-hans"]):
            return
        self.group = None
        code = code or self.free("d", self.content["dimensions"])
        self.dimension = {"code": code, "label": self.label("dimension"), "indicators": []}
        for key, column in (("points", "dimension_points"), ("weight", "weight")):
            if self.values.get(column):
                self.dimension[key] = number(self.values[column])
        self.content["dimensions"].append(self.dimension)
        self.keep(code)

    def enter_group(self):
        name, code = self.values.get("group", ""), self.values.get("group_code", "")
        if not name and not code:
            # A blank cell is the one above; a column of groups with codes says it in each row.
            self.group = None if self.values.get("code") else self.group
            return
        groups = self.dimension.setdefault("groups", [])
        known = next(
            (one for one in groups if (one["code"] == code if code else one["label"]["zh-hans"] == name)), None
        )
        if known is None:
            known = {"code": code or self.free("g", groups), "label": self.label("group")}
            if self.values.get("group_points"):
                known["points"] = number(self.values["group_points"])
            groups.append(known)
            self.keep(f"{self.dimension['code']}/{known['code']}")
        self.group = known["code"]

    def measured(self, is_veto):
        values, told = self.values, {}
        if not is_veto:
            told["points"] = number(values.get("points", ""))
        source = values.get("source", "")
        told["source"] = "judged" if not source or plain(source) in self.judged else source
        evidence = self.label("evidence")
        if any(evidence.values()):
            told["evidence"] = evidence
        if is_veto:
            return told | {
                key: value for key, value in read_mode("fixed", values.get("params", "")).items() if key != "kind"
            }
        if self.group and not isinstance(self.dimension, str):
            told["group"] = self.group
        kind = values.get("mode", "")
        if kind and plain(kind) not in self.modes:
            raise ValueError(_("“%(text)s” is no way of scoring.") % {"text": kind[:40]})
        told["mode"] = read_mode(self.modes.get(plain(kind), "judged"), values.get("params", ""))
        return told

    # --- bands, rules, head ---

    def take_bands(self):
        taken = self.content["bands"]
        band = {"code": self.values.get("code") or self.free("s", taken), "label": self.label("label")}
        band |= {"from": number(self.values["from"]), "to": number(self.values["to"])}
        for key, usual in (("from_closed", True), ("to_closed", False)):
            band[key] = self.boolean(key, usual)
        self.keep(f"bands/{band['code']}")
        taken.append(band)

    def boolean(self, key, usual):
        text = self.values.get(key, "")
        value = read_value(text) if text else usual
        if not isinstance(value, bool):
            raise ValueError(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        return value

    def take_rules(self):
        values = self.values
        if values.get("ladder") or values.get("rung"):
            self.enter_rung()
        if self.rung is None:
            raise ValueError(_("It is not said which stage or form this rule belongs to."))
        if not values.get("label"):
            return
        key, rung = self.rung
        everywhere = [rule for name in LADDERS for one in self.content[name] for rule in one["rules"]]
        rule = {"code": values.get("code") or self.free("r", everywhere), "label": self.label("label")}
        rule |= {"fact": values["fact"], "op": values["op"], "value": read_value(values.get("value", ""), values["op"])}
        rule["mandatory"] = self.boolean("mandatory", True)
        if values.get("or"):
            rule["or"] = [read_condition(line) for line in lines_of(values["or"])]
        self.keep(f"{key}/{rung['code']}/{rule['code']}")
        rung["rules"].append(rule)

    def enter_rung(self):
        words, code = self.values.get("ladder", ""), self.values.get("rung", "")
        key = self.ladders.get(plain(words)) if words else (self.rung or ("",))[0]
        if not key:
            raise ValueError(
                _("“%(text)s” is neither a growth stage nor a form of organization.") % {"text": words[:40]}
            )
        code = code or (self.rung[1]["code"] if self.rung else "")
        if code not in LABELS[key]:
            told = {"text": code[:40], "known": ", ".join(LABELS[key])}
            raise ValueError(_("There is no “%(text)s” here; there are: %(known)s.") % told)
        known = next((one for one in self.content[key] if one["code"] == code), None)
        if known is None:
            label = self.label("rung_label")
            known = {"code": code, "label": label if label["zh-hans"] else LABELS[key][code], "rules": []}
            if self.values.get("form"):
                known["form"] = self.values["form"]
            self.content[key].append(known)
            self.keep(f"{key}/{code}")
        self.rung = (key, known)

    def take_head(self):
        key = self.properties.get(plain(self.values.get("key", "")))
        if key is None:
            return
        value = self.values.get("value", "")
        if key in {"total", "bonus_cap"}:
            self.content[key] = number(value)
        elif key in {"columns", "reason_columns"}:
            self.content[key] = read_value(value, "in")
            if unknown := [one for one in self.content[key] if one not in ScoreColumn.values]:
                raise ValueError(_("There is no column “%(column)s”.") % {"column": unknown[0]})
        else:
            self.content[key] = self.boolean("value", False)

    # --- the end ---

    def finish(self):
        if not {"dimensions", "bands", *LADDERS} & self.content.keys():
            raise SheetRefused(
                [
                    _(
                        "There is no table of indicators, bands or rules in it. Please begin with the export of a standard."
                    )
                ]
            )
        self.content = {key: value for key, value in self.content.items() if value != [] or key in (BONUS, VETOES)}
        for dimension in self.content.get("dimensions", ()):
            if "points" not in dimension:
                dimension["points"] = _sum(dimension["indicators"])
        if "dimensions" in self.content and "total" not in self.content:
            self.content["total"] = _sum(self.content["dimensions"])
        for problem in check_standard(self.content) if not self.sentences else ():
            if problem.code in BROKEN and (problem.where in self.rows or problem.where.rpartition("/")[0] in self.rows):
                self.sheet, self.row = self.rows.get(problem.where) or self.rows[problem.where.rpartition("/")[0]]
                self.wrong(sentence_of(problem, self.content))
        if self.sentences:
            raise SheetRefused(self.sentences)
        return self.content


def _sum(parts):
    """What the parts add up to, as contents keep it; 0 when one of them is no number, which is told elsewhere."""
    points = [as_decimal(one.get("points")) for one in parts]
    return number(sum(points)) if None not in points else 0
