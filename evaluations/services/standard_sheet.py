"""A growth standard as a workbook: four sheets, headed in the reader's language; standard_reader.py reads them back."""

import io

import xlsxwriter

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

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = {
    "indicators": (16, 10, 16, 10, 26, 9, 48, 18, 30, 26),
    "bands": (14, 14),
    "rules": (14, 16, 34, 30, 24, 12, 12, 12, 24),
    "head": (34, 24),
}


def standard_workbook(content):
    """xlsx bytes of a content."""
    target = io.BytesIO()
    rows = {
        "indicators": _indicators(content),
        "bands": map(_band, labels_in(content.get("bands"))),
        "rules": _rules(content),
        "head": _head(content),
    }
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8F3EE", "border": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for name, columns in TABLES.items():
            sheet = book.add_worksheet(str(NAMES[name])[:31])
            for place, label in enumerate(columns.values()):
                sheet.write_string(0, place, str(label), bold)
                width = WIDTHS[name][place] if place < len(WIDTHS[name]) else 18
                sheet.set_column(place, place, width, text)
            for number, row in enumerate(rows[name], start=1):
                for place, key in enumerate(columns):
                    _write(sheet, number, place, row.get(key), text)
            sheet.freeze_panes(1, 0)
    return target.getvalue()


def _write(sheet, number, place, value, text):
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(number, place, value, text)
    else:
        sheet.write_string(number, place, "" if value is None else str(value), text)


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
