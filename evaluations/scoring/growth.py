"""Growth stages and forms of organization: ladders of rules. The engine proposes; people decide.

A rung is reached when all its mandatory rules and those of all rungs before hold. A rule that cannot be told does not
hold; it is listed as missing with ``have`` None. Rules that are not mandatory are listed and hold nobody back.
"""

from dataclasses import dataclass

from evaluations.scoring.facts import CircularStandardError, fact_in, holds, plain
from evaluations.scoring.points import score

STAGES, FORMS = "stages", "forms"
RUNGS = {"stage": STAGES, "form": FORMS}


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing to a rung: which rule, what there is (None: unknown) and what is needed.

    ``alternatives``: any of them would do as well, each with its own ``have`` and ``need``. ``rung`` is the code of the
    stage or form that asks for it; a fired veto stands as ``veto:<code>``, have True, need False."""

    rung: str
    code: str
    label: dict
    fact: str
    op: str
    have: object
    need: object
    mandatory: bool = True
    alternatives: tuple = ()

    def as_json(self):
        return {
            "rung": self.rung,
            "code": self.code,
            "label": dict(self.label),
            "fact": self.fact,
            "op": self.op,
            "have": plain(self.have),
            "need": plain(self.need),
            "mandatory": self.mandatory,
            "alternatives": [
                {key: plain(alternative[key]) for key in sorted(alternative)} for alternative in self.alternatives
            ],
        }


def stage_reached(standard, facts, result=None):
    """Code of the highest growth stage whose rules and those of all stages before hold, or None."""
    return _Ladders(standard, facts, result).reached(STAGES)


def form_reached(standard, facts, result=None):
    """The same for the form of organization (组织形态)."""
    return _Ladders(standard, facts, result).reached(FORMS)


def missing_to(standard, facts, result=None, stage=None):
    """What is missing to that stage (default: the next one), those of the stages before first; [] at the top."""
    return _Ladders(standard, facts, result).missing(STAGES, stage)


def missing_to_form(standard, facts, result=None, form=None):
    return _Ladders(standard, facts, result).missing(FORMS, form)


class _Ladders:
    """The ladders of one standard with one organization's facts; ``trail`` holds the references being followed."""

    def __init__(self, standard, facts, result):
        self.standard, self.facts = standard, facts
        self.result = score(standard, facts) if result is None else result
        self.trail = []

    def rungs(self, ladder):
        return self.standard.get(ladder) or ()

    def reached(self, ladder):
        code = None
        for rung in self.rungs(ladder):
            if self._rung_holds(rung) is not True:
                break
            code = rung["code"]
        return code

    def missing(self, ladder, code=None):
        wanted = self._up_to(ladder, code) if code else self._next(ladder)
        rules = [(rung, rule) for rung in wanted for rule in rung.get("rules") or ()]
        rows = [self._row(rung, rule) for rung, rule in rules if self._rule_holds(rule) is not True]
        scored = next((rung for rung, rule in rules if rule["fact"] in {"template_score", "band"}), None)
        vetoes = [self._veto_row(scored, veto) for veto in self.result.vetoes] if scored else []
        return vetoes + rows

    def _next(self, ladder):
        codes = [rung["code"] for rung in self.rungs(ladder)]
        reached = self.reached(ladder)
        position = codes.index(reached) + 1 if reached else 0
        return self.rungs(ladder)[: position + 1] if position < len(codes) else ()

    def _up_to(self, ladder, code):
        codes = [rung["code"] for rung in self.rungs(ladder)]
        if code not in codes:
            raise ValueError(f"The standard has no {code!r} among its {ladder}: {codes}")
        return self.rungs(ladder)[: codes.index(code) + 1]

    def _row(self, rung, rule):
        alternatives = tuple(
            {"fact": one["fact"], "op": one["op"], "need": one.get("value"), "have": self._read(one["fact"])}
            for one in rule.get("or") or ()
        )
        return Missing(
            rung=rung["code"],
            code=rule["code"],
            label=rule.get("label") or {},
            fact=rule["fact"],
            op=rule["op"],
            have=self._read(rule["fact"]),
            need=rule.get("value"),
            mandatory=rule.get("mandatory", True),
            alternatives=alternatives,
        )

    def _veto_row(self, rung, veto):
        label = next((one.get("label") or {} for one in self.standard["vetoes"] if one["code"] == veto.code), {})
        return Missing(rung["code"], f"veto:{veto.code}", label, f"veto:{veto.code}", "==", True, False)

    def _rung_holds(self, rung):
        answers = [self._rule_holds(rule) for rule in rung.get("rules") or () if rule.get("mandatory", True)]
        return False if False in answers else None if None in answers else True

    def _rule_holds(self, rule):
        answers = [
            holds(self._read(one["fact"]), one["op"], one.get("value")) for one in (rule, *(rule.get("or") or ()))
        ]
        return True if True in answers else None if None in answers else False

    def _read(self, name):
        """The value a rule speaks of; None when unknown."""
        kind, _, code = name.partition(":")
        if name == "template_score":
            return self.result.template_score
        if name == "band":
            return self.result.band
        if kind == "indicator":
            indicator = self.result.indicators.get(code)
            return None if indicator is None or indicator.missing else indicator.points
        if kind == "dimension":
            return next((one.points for one in self.result.dimensions if one.code == code), None)
        if kind in {"rule", *RUNGS} and code:
            return self._follow(name, kind, code)
        return fact_in(self.facts, name).value

    def _follow(self, name, kind, code):
        if name in self.trail:
            raise CircularStandardError([*self.trail[self.trail.index(name) :], name])
        self.trail.append(name)
        try:
            if kind == "rule":
                rules = (
                    rule
                    for ladder in (STAGES, FORMS)
                    for rung in self.rungs(ladder)
                    for rule in rung.get("rules") or ()
                )
                rule = next((rule for rule in rules if rule["code"] == code), None)
                return None if rule is None else self._rule_holds(rule)
            if code not in [rung["code"] for rung in self.rungs(RUNGS[kind])]:
                return None
            answers = [self._rung_holds(rung) for rung in self._up_to(RUNGS[kind], code)]
            return False if False in answers else None if None in answers else True
        finally:
            self.trail.pop()
