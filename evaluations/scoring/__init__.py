"""Scoring by a growth standard: points, bands, vetoes, growth stages and what is missing to the next one.

Pure: no Django, no clock, no database. The same standard and the same facts give the same result, so a decided review
is replayed by scoring again. Points are ``decimal.Decimal`` with two decimals at most, never floats; facts are compared
as exact fractions (a float counts as the digits it is written with).

The content of a standard is plain data (docs/growth-standards.md tells it with examples)::

    {"code", "label": {"zh-hans", "en"}, "sample": bool, "blind": bool, "total": 100, "bonus_cap": 5,
     "bonus_beyond_total": false, "columns": ["self", "panel", "committee"], "reason_columns": [...all...],
     "dimensions": [{"code", "label", "points", "weight": percent or absent,
                     "groups": [{"code", "label", "points"}] or absent,
                     "indicators": [{"code", "label", "points", "group"?, "source", "evidence": {lang: text}, "mode"}]}],
     "bonus": [indicators], "vetoes": [{"code", "label", "source", "op"?, "value"?}],
     "bands": [{"code", "label", "from", "from_closed", "to", "to_closed"}],
     "stages": [{"code", "label", "form"?, "rules": [{"code", "label", "fact", "op", "value", "mandatory", "or"?}]}],
     "forms": [the same shape as stages]}

``source``: ``auto:<plug-in code>``, ``document:<dossier code>``, ``judged``, ``indicator:<code>`` (reads the points that
other indicator earned). ``mode`` by its ``kind``:

* ``fixed``: full points when the fact is true, or fulfils ``op`` and ``value``; else 0
* ``deduct``: full points less ``per`` for each missing item, never below 0; the fact is a count or the list of items
* ``steps``: below ``from`` 0; then ``base`` and ``step`` more for each further ``every`` units, up to ``cap``
* ``tiers``: the points of the first of ``tiers`` ({"at", "points"}, descending) that is reached, else ``else``; with
  ``"by": "ratio"`` the fact is divided by the fact ``of``, or is itself a pair [part, whole], or already a ratio
* ``options``: one of ``options`` ({"code", "label", "points"}); the fact is the chosen code
* ``judged``: a person's points within 0 and full

A rule's ``fact`` is a fact code, or ``template_score`` (what counts in the end; 0 when a veto fired), ``band``,
``indicator:<code>``, ``dimension:<code>``, ``rule:<code>``, ``stage:<code>``, ``form:<code>`` (true when that holds).

``facts`` is {code: value or Fact}: an indicator looks first under its own code, then under what its source names (the
plug-in's code, or ``document:<dossier code>``). None or absent means unknown: no points, and listed in ``missing``.
"""

from evaluations.scoring.checks import PROBLEMS, Problem, check_standard
from evaluations.scoring.facts import CircularStandardError, Fact, facts_of, freeze_facts
from evaluations.scoring.growth import Missing, form_reached, missing_to, missing_to_form, stage_reached
from evaluations.scoring.judged import check_judged, reasons_missing, score_columns
from evaluations.scoring.points import score
from evaluations.scoring.results import DimensionResult, FiredRule, IndicatorResult, Result, VetoResult

__all__ = [
    "PROBLEMS",
    "CircularStandardError",
    "DimensionResult",
    "Fact",
    "FiredRule",
    "IndicatorResult",
    "Missing",
    "Problem",
    "Result",
    "VetoResult",
    "check_judged",
    "check_standard",
    "facts_of",
    "form_reached",
    "freeze_facts",
    "missing_to",
    "missing_to_form",
    "reasons_missing",
    "score",
    "score_columns",
    "stage_reached",
]
