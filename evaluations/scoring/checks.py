"""Whether a standard may be published: everything that is wrong with its content, as far as it can be read.

Never raises, whatever plain data it is given: contents are typed by people and come out of spreadsheets.
"""

import re

from evaluations.scoring.check_modes import check_mode
from evaluations.scoring.facts import OPERATORS, ORDERED, ZERO, as_decimal, as_number, as_points
from evaluations.scoring.problems import PROBLEMS, Problem
from evaluations.scoring.references import check_references

CODE = re.compile(r"[\w.-]+")
LISTED_OPERATORS = {"in", "any_of", "all_of"}


def check_standard(content, known_facts=None, known_documents=None):
    """Problems of the content, in its own order; [] when it may be published. ``known_facts`` and ``known_documents``
    (codes of plug-ins and of dossier items) also find references to what the platform does not know."""
    check = _Check()
    if not isinstance(content, dict):
        check.add("wrong_type", "", expected="object")
        return check.problems
    check.content(content)
    if not check.broken:
        check.problems += check_references(content, known_facts, known_documents)
    return check.problems


class _Check:
    def __init__(self):
        self.problems = []
        self.broken = False

    def add(self, code, where, **params):
        assert code in PROBLEMS, code  # noqa: S101 (a slip of ours, found by any test)
        self.broken = self.broken or code == "wrong_type"
        self.problems.append(Problem(code, where, params))

    # Shapes

    def entries(self, holder, key, where=""):
        """[(path, entry)] of the list under the key; what is no object is reported and left out."""
        path = f"{where}/{key}" if where else key
        given = holder.get(key)
        if given is None:
            return []
        if not isinstance(given, list):
            self.add("wrong_type", path, expected="list")
            return []
        found = []
        for position, entry in enumerate(given, start=1):
            if isinstance(entry, dict) and isinstance(entry.get("code"), str):
                found.append((entry["code"], entry))
            else:
                self.add("wrong_type", f"{path}/{position}", expected="object with a code")
        return found

    def named(self, where, entry):
        if not CODE.fullmatch(entry["code"]):
            self.add("bad_code", where, given=entry["code"])
        label = entry.get("label")
        if not (isinstance(label, dict) and isinstance(label.get("zh-hans"), str) and label["zh-hans"].strip()):
            self.add("label_missing", where)

    def unique(self, pairs):
        """``pairs``: (where, code). The second of two is reported."""
        seen = set()
        for where, code in pairs:
            if code in seen:
                self.add("duplicate_code", where, given=code)
            seen.add(code)

    def points(self, holder, key, where, *, required=True):
        """The points under the key, or None when there are none to reckon with."""
        given = holder.get(key)
        if given is None and not required:
            return None
        points = as_points(as_decimal(given))
        if points is None:
            self.add("not_a_number", where, given=given, field=key)
            return None
        if points < 0:
            self.add("negative_points", where, given=given, field=key)
            return None
        if points != as_decimal(given):
            self.add("too_many_decimals", where, given=given, field=key)
        return points

    # Parts

    def content(self, content):
        dimensions = self.entries(content, "dimensions")
        if not content.get("dimensions"):
            self.add("no_dimension", "dimensions")
        self.unique([(code, code) for code, _dimension in dimensions])
        indicators = []
        sums = []
        for code, dimension in dimensions:
            self.named(code, dimension)
            own = self.entries(dimension, "indicators", code)
            if not dimension.get("indicators"):
                self.add("no_indicator", code)
            indicators += [(f"{code}/{name}", name) for name, _indicator in own]
            sums.append(self.dimension(code, dimension, own))
        total = self.points(content, "total", "total")
        self.weights(content, dimensions)
        weighed = any(dimension.get("weight") is not None for _code, dimension in dimensions)
        if total is not None and None not in sums and dimensions and not weighed and sum(sums) != total:
            self.add("total_sum", "total", declared=total, sum=sum(sums))

        cap = self.points(content, "bonus_cap", "bonus_cap", required=False)
        bonus = self.entries(content, "bonus")
        if bonus and content.get("bonus_cap") is None:
            self.add("bonus_without_cap", "bonus_cap")
        for code, indicator in bonus:
            self.indicator(f"bonus/{code}", indicator)
        vetoes = self.entries(content, "vetoes")
        for code, veto in vetoes:
            self.named(f"vetoes/{code}", veto)
            if veto.get("op") is not None:
                self.condition(f"vetoes/{code}", veto)
        # Indicators, bonus items and vetoes are looked up in the same facts.
        codes = [
            (f"{kind}/{code}", code) for kind, found in (("bonus", bonus), ("vetoes", vetoes)) for code, _ in found
        ]
        self.unique(indicators + codes)
        columns = content.get("columns", [])
        if not isinstance(columns, list) or any(not isinstance(column, str) for column in columns):
            self.add("wrong_type", "columns", expected="list of texts")
        else:
            self.unique([(f"columns/{column}", column) for column in columns])

        top = None if total is None else total + ((cap or ZERO) if content.get("bonus_beyond_total") else ZERO)
        self.bands(content, top)
        self.ladder(content, "stages", top)
        self.ladder(content, "forms", top)
        rules = [
            (f"{ladder}/{rung['code']}/{rule['code']}", rule["code"])
            for ladder in ("stages", "forms")
            for rung in (content.get(ladder) or [] if not self.broken else [])
            for rule in rung.get("rules") or []
        ]
        self.unique(rules)

    def dimension(self, where, dimension, indicators):
        """What the dimension declares, or else what its indicators add up to; None when neither can be told."""
        points = [self.indicator(f"{where}/{code}", indicator) for code, indicator in indicators]
        declared = self.points(dimension, "points", where)
        known = None if None in points else sum(points, ZERO)
        if declared is not None and known is not None and declared != known:
            self.add("dimension_sum", where, declared=declared, sum=known)
        groups = self.entries(dimension, "groups", where)
        self.unique([(f"{where}/{code}", code) for code, _group in groups])
        for code, group in groups:
            self.named(f"{where}/{code}", group)
            own = [
                given for given, (_code, one) in zip(points, indicators, strict=True) if one.get("group") == code
            ]  # fmt: skip
            group_points = self.points(group, "points", f"{where}/{code}", required=False)
            if group_points is not None and None not in own and sum(own, ZERO) != group_points:
                self.add("group_sum", f"{where}/{code}", declared=group_points, sum=sum(own, ZERO))
        for code, indicator in indicators:
            if indicator.get("group") is not None and indicator["group"] not in [group for group, _ in groups]:
                self.add("unknown_reference", f"{where}/{code}", given=indicator["group"])
        return declared

    def indicator(self, where, indicator):
        self.named(where, indicator)
        points = self.points(indicator, "points", where)
        if points is not None and not points:
            self.add("no_points", where)
        mode = indicator.get("mode")
        if not isinstance(mode, dict):
            self.add("wrong_type", f"{where}/mode", expected="object")
        elif points is not None:
            check_mode(self, where, mode, points)
        return points

    def weights(self, content, dimensions):
        given = [(code, dimension.get("weight")) for code, dimension in dimensions]
        if all(weight is None for _code, weight in given):
            return
        weights = [(code, as_points(as_decimal(weight))) for code, weight in given]
        for (code, weight), (_code, raw) in zip(weights, given, strict=True):
            if raw is None:
                self.add("weights_incomplete", code)
            elif weight is None:
                self.add("not_a_number", code, given=raw, field="weight")
            elif weight <= 0:
                self.add("weight_not_positive", code, given=raw)
        numbers = [weight for _code, weight in weights]
        if None not in numbers and sum(numbers) != 100:
            self.add("weights_sum", "dimensions", sum=sum(numbers))

    def bands(self, content, top):
        bands = self.entries(content, "bands")
        self.unique([(f"bands/{code}", code) for code, _band in bands])
        spans = []
        for code, band in bands:
            where = f"bands/{code}"
            self.named(where, band)
            ends = [as_points(as_decimal(band.get(key))) for key in ("from", "to")]
            if None in ends:
                self.add("not_a_number", where, field="from" if ends[0] is None else "to")
                continue
            if any(not isinstance(band.get(key), bool) for key in ("from_closed", "to_closed")):
                self.add("wrong_type", where, expected="from_closed and to_closed as true or false")
                continue
            low, high = ends
            if low > high or (low == high and not (band["from_closed"] and band["to_closed"])):
                self.add("band_empty", where)
                continue
            if low < 0 or (top is not None and high > top):
                self.add("band_outside_scale", where, low=low, high=high, top=top)
            spans.append((low, not band["from_closed"], high, band["to_closed"], code))
        if not spans or top is None:
            return
        spans.sort()
        reach, closed, last = ZERO, False, None  # everything below ``reach`` has its band, itself too when ``closed``
        for low, open_below, high, closed_above, code in spans:
            if low > reach or (low == reach and open_below and not closed):
                self.add("band_gap", f"bands/{code}", below=last, above=code, low=reach, high=low)
            elif last is not None and (low < reach or (low == reach and closed and not open_below)):
                self.add("band_overlap", f"bands/{code}", first=last, second=code, low=low, high=min(reach, high))
            if (high, closed_above) >= (reach, closed):
                reach, closed, last = high, closed_above, code
        if reach < top or (reach == top and not closed):
            self.add("band_gap", f"bands/{last}", below=last, above=None, low=reach, high=top)

    def ladder(self, content, key, top):
        rungs = self.entries(content, key)
        self.unique([(f"{key}/{code}", code) for code, _rung in rungs])
        for code, rung in rungs:
            where = f"{key}/{code}"
            self.named(where, rung)
            rules = self.entries(rung, "rules", where)
            if not any(rule.get("mandatory", True) for _code, rule in rules):
                self.add("no_rule", where)
            for rule_code, rule in rules:
                path = f"{where}/{rule_code}"
                self.named(path, rule)
                alternatives = rule.get("or") or []
                if not isinstance(alternatives, list) or any(not isinstance(one, dict) for one in alternatives):
                    self.add("wrong_type", f"{path}/or", expected="list of conditions")
                    continue
                for condition in (rule, *alternatives):
                    if not isinstance(condition.get("fact"), str) or not condition["fact"]:
                        self.add("wrong_type", path, expected="fact")
                    self.condition(path, condition)
                    need = as_number(condition.get("value")) if condition.get("fact") == "template_score" else None
                    if need is not None and top is not None and not 0 <= need <= top:
                        self.add("score_out_of_reach", path, need=need, top=top)

    def condition(self, where, condition):
        op, value = condition.get("op"), condition.get("value")
        if not isinstance(op, str) or op not in OPERATORS:
            self.add("unknown_operator", where, given=op)
        elif op in ORDERED and (isinstance(value, list | bool) or as_number(value) is None):
            self.add("wrong_value", where, op=op, given=value, expected="number")
        elif op in LISTED_OPERATORS and not (isinstance(value, list) and value):
            self.add("wrong_value", where, op=op, given=value, expected="list")
        elif op in {"==", "!="} and (value is None or isinstance(value, list | dict)):
            self.add("wrong_value", where, op=op, given=value, expected="one value")
