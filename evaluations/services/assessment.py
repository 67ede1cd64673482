"""What the platform proposes: points, stage and form by a standard, from facts and from what people scored. Pure of the
database, so that a decision is replayed by asking again."""

from dataclasses import dataclass, field

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from evaluations.choices import ScoreColumn
from evaluations.scoring import (
    Fact,
    form_reached,
    missing_to,
    score,
    score_columns,
    stage_reached,
)
from evaluations.scoring.facts import as_number, fact_in, scoring_facts
from organizations.choices import GrowthStage

# Whose points count: the committee's, else the panel's. One's own score stands beside and never counts by itself.
COUNTING = (ScoreColumn.COMMITTEE, ScoreColumn.PANEL)


def judged_of(scores):
    """{column: {indicator: {"points": text, "reason"}}} of ColumnScore rows, as frozen with a decision."""
    judged = {}
    for row in sorted(scores, key=lambda row: (row.column, row.indicator)):
        points = f"{row.hundredths // 100}.{row.hundredths % 100:02d}"
        judged.setdefault(row.column, {})[row.indicator] = {"points": points, "reason": row.reason}
    return judged


def counting_facts(facts, judged, vetoes=()):
    """Facts with the points that count in place, and the vetoes that people found."""
    seen = dict(facts)
    for column in reversed(COUNTING):
        for code, entry in judged.get(column, {}).items():
            known = fact_in(facts, code)
            seen[code] = Fact(known.value, known.evidence, entry["points"])
    return seen | {code: Fact(True) for code in vetoes}


def assess(content, facts, judged, vetoes=()):
    """Plain data: {"judged", "vetoes", "score", "stage", "form"}; the same input gives the same answer, for ever.
    ``facts`` as in a manifest."""
    known = counting_facts(scoring_facts(facts), judged, vetoes)
    result = score(content, known)
    return {
        "judged": judged,
        "vetoes": sorted(vetoes),
        "score": result.as_json(),
        "stage": stage_reached(content, known, result) or "",
        "form": form_reached(content, known, result) or "",
    }


def words(label):
    """The text of {"zh-hans", "en"} in the language of the moment."""
    label = label or {}
    code = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return label.get(code) or label.get("zh-hans") or label.get("en") or ""


@dataclass
class RuleRow:
    """A rule of a stage: ``met`` None: cannot be told. ``facts`` are codes of the facts it reads."""

    code: str
    label: str
    stage: str
    have: object
    op: str
    need: object
    met: bool | None
    mandatory: bool = True
    facts: tuple = ()
    url: str = ""
    url_label: str = ""

    @property
    def have_words(self):
        return shown(self.have)

    @property
    def need_words(self):
        return needed(self.op, self.need)

    @property
    def stage_label(self):
        return GrowthStage(self.stage).label if self.stage in GrowthStage.values else self.stage


@dataclass
class Ladder:
    """How an organization stands to the next stage by a standard."""

    stage: str
    rows: list = field(default_factory=list)
    result: object = None

    @property
    def missing(self):
        return [row for row in self.rows if row.met is not True and row.mandatory]

    @property
    def met_number(self):
        return sum(row.met is True for row in self.rows)


def next_stage(content, stage):
    """Code of the stage after ``stage`` in the standard; "" at the top."""
    codes = [rung["code"] for rung in content.get("stages") or ()]
    position = codes.index(stage) + 1 if stage in codes else 0
    return codes[position] if position < len(codes) else ""


def ladder_to(content, facts, stage, judged=None, vetoes=()):
    """The rules of ``stage`` and, before them, those of earlier stages that do not hold. ``facts`` as in a manifest."""
    known = counting_facts(scoring_facts(facts), judged or {}, vetoes)
    result = score(content, known)
    missing = {(row.rung, row.code): row for row in missing_to(content, known, result, stage)} if stage else {}
    rows = []
    for (rung, code), row in missing.items():
        if code.startswith("veto:"):
            rows.append(RuleRow(code, words(row.label), rung, True, "==", False, False))
    for rung in content.get("stages") or () if stage else ():
        for rule in rung.get("rules") or ():
            lacks = missing.get((rung["code"], rule["code"]))
            if lacks is None and rung["code"] != stage:
                continue
            have = lacks.have if lacks else read(rule["fact"], known, result)
            others = tuple(one["fact"] for one in rule.get("or") or ())
            unknown = lacks is not None and have is None
            rows.append(RuleRow(
                rule["code"], words(rule.get("label")), rung["code"], have, rule["op"], rule.get("value"),
                None if unknown else lacks is None, rule.get("mandatory", True), (rule["fact"], *others),
            ))  # fmt: skip
        if rung["code"] == stage:
            break
    return Ladder(stage, rows, result)


def read(name, facts, result):
    """What a rule's fact is, for showing."""
    if name == "template_score":
        return result.template_score
    if name == "band":
        return result.band
    kind, _colon, code = name.partition(":")
    if kind == "indicator" and code in result.indicators:
        return result.indicators[code].points
    if kind == "dimension":
        return next((one.points for one in result.dimensions if one.code == code), None)
    return fact_in(facts, name).value


def sheet_of(content, facts, judged, vetoes=()):
    """The score sheet: [{"label", "full", "points", "rows": [{…, "platform", "columns": [points or None]}]}], one block
    for each dimension and one for the bonus; what counts last."""
    known = scoring_facts(facts)
    platform = score(content, known)
    counted = score(content, counting_facts(known, judged, vetoes))
    columns = [column for column in ScoreColumn.values if column in (content.get("columns") or ScoreColumn.values)]
    blocks = [*(content.get("dimensions") or ())]
    if content.get("bonus"):
        blocks.append({"code": "bonus", "label": None, "indicators": content["bonus"]})
    sheet = []
    for block in blocks:
        rows = []
        for indicator in block.get("indicators") or ():
            code = indicator["code"]
            own, final = platform.indicators[code], counted.indicators[code]
            given = [judged.get(column, {}).get(code) for column in columns]
            rows.append({
                "code": code, "label": words(indicator.get("label")), "hint": words(indicator.get("evidence")),
                "full": own.full, "source": indicator.get("source", ""), "value": own.value,
                "fact": indicator.get("source", "").removeprefix("auto:"), "has_records": bool(own.evidence),
                "platform": None if own.missing else own.points,
                "columns": [(label, entry and entry["points"], (entry or {}).get("reason", ""))
                            for label, entry in zip([ScoreColumn(c).label for c in columns], given, strict=True)],
                "counted": None if final.missing else final.points,
            })  # fmt: skip
        dimension = next((one for one in counted.dimensions if one.code == block["code"]), None)
        sheet.append({
            "label": words(block.get("label")), "is_bonus": dimension is None, "rows": rows,
            "points": dimension.points if dimension else counted.bonus, "full": dimension.full if dimension else None,
        })  # fmt: skip
    return {
        "blocks": sheet, "columns": [ScoreColumn(column).label for column in columns], "result": counted,
        "totals": {column: one.final for column, one in score_columns(content, known, judged).items()},
    }  # fmt: skip


def band_label(content, code):
    return next((words(band.get("label")) for band in content.get("bands") or () if band["code"] == code), "")


def judged_indicators(content):
    """What people give points for, in the order of the standard; ``is_bonus`` tells which lose no points."""
    parts = [(part, False) for part in content.get("dimensions") or ()]
    parts.append(({"indicators": content.get("bonus") or ()}, True))
    return [
        indicator | {"is_bonus": is_bonus}
        for part, is_bonus in parts
        for indicator in part.get("indicators") or ()
        if indicator.get("source") == "judged"
    ]


SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "!=": "≠"}


def shown(value):
    """A fact as people read it."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return pgettext("between the things of a list", ", ").join(str(one) for one in value) if value else _("none")
    number = as_number(value)
    if number is None:
        return str(value)
    rounded = round(float(number), 2)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def needed(op, value):
    """A condition as people read it: "≥ 10", "yes"."""
    return f"{SIGNS[op]} {shown(value)}" if op in SIGNS else shown(value)
