"""A growth standard as a workbook: four sheets, headed in the reader's language; standard_reader.py reads them back."""

from evaluations.services.scoring_words import labels_in
from evaluations.services.standard_columns import (
    JUDGED,
    LADDERS,
    MODES,
    NAMES,
    PROPERTIES,
    SPECIAL,
    TABLES,
)
from evaluations.services.standard_text import condition_text, mode_text, value_text
from incubator.importing.writers import Sheet, workbook

WIDTHS = {
    "indicators": (16, 10, 16, 10, 26, 9, 48, 18, 30, 26),
    "bands": (14, 14),
    "rules": (14, 16, 34, 30, 24, 12, 12, 12, 24),
    "head": (34, 24),
}


def standard_workbook(content):
    """xlsx bytes of a content."""
    rows = {
        "indicators": _indicators(content),
        "bands": map(_band, labels_in(content.get("bands"))),
        "rules": _rules(content),
        "head": _head(content),
    }
    return workbook([Sheet(NAMES[name], columns, rows[name], WIDTHS[name]) for name, columns in TABLES.items()])


def _named(name, thing, code="code"):
    label = thing.get("label") or {}
    return {name: label.get("zh-hans"), f"{name}_en": label.get("en"), code: thing.get("code")}


def _indicators(content):
    for dimension in labels_in(content.get("dimensions")):
        head = _named("dimension", dimension, "dimension_code")
        head |= {"dimension_points": dimension.get("points"), "weight": dimension.get("weight")}
        groups = {one["code"]: one for one in labels_in(dimension.get("groups"))}
        found = labels_in(dimension.get("indicators"))
        for one in found:
            group = groups.get(one.get("group"))
            grouped = _named("group", group, "group_code") | {"group_points": group.get("points")} if group else {}
            yield head | grouped | _indicator(one)
        if not found:
            yield head
    for key, words in SPECIAL.items():
        for one in labels_in(content.get(key)):
            yield {"dimension": words} | _indicator(one)


def _indicator(one):
    evidence, mode = one.get("evidence") or {}, one.get("mode") or {}
    row = _named("indicator", one) | {"points": one.get("points"), "source": _source(one.get("source"))}
    row |= {"evidence": evidence.get("zh-hans"), "evidence_en": evidence.get("en")}
    if "op" in one:  # a veto that compares
        row["params"] = f"{one['op']} {value_text(one.get('value'))}"
    return row | ({"mode": MODES.get(mode["kind"], mode["kind"]), "params": mode_text(mode)} if "kind" in mode else {})


def _source(source):
    return JUDGED if source == "judged" else source


def _band(band):
    ends = {key: value_text(band.get(key)) for key in ("from_closed", "to_closed")}
    return _named("label", band) | {"from": band.get("from"), "to": band.get("to")} | ends


def _rules(content):
    for key, words in LADDERS.items():
        for rung in labels_in(content.get(key)):
            label = rung.get("label") or {}
            head = {
                "ladder": words, "rung": rung["code"], "form": rung.get("form"), "rung_label": label.get("zh-hans"),
                "rung_label_en": label.get("en"),
            }  # fmt: skip
            found = labels_in(rung.get("rules"))
            for rule in found:
                yield head | _named("label", rule) | {
                    "fact": rule.get("fact"), "op": rule.get("op"), "value": value_text(rule.get("value")),
                    "mandatory": value_text(rule.get("mandatory", True)),
                    "or": "\n".join(condition_text(one) for one in rule.get("or") or ()),
                }  # fmt: skip
            if not found:
                yield head


def _head(content):
    for key, words in PROPERTIES.items():
        if key in content:
            yield {"key": words, "value": value_text(content[key])}
