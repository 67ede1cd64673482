"""A growth standard and what scoring did with it, as people read them: facts, conditions, ways of scoring, fired rules."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from evaluations.registries import indicators
from evaluations.scoring.facts import plain
from organizations.choices import GrowthStage, OrganizationForm
from projects.registries import spoken as told_in

SCORE, BAND = "template_score", "band"
DERIVED = ("indicator", "dimension", "rule", "stage", "form")
KINDS = {
    "fixed": gettext_lazy("full points when it holds"),
    "deduct": gettext_lazy("points off for each missing item"),
    "steps": gettext_lazy("a base and steps up to a cap"),
    "tiers": gettext_lazy("tiers"),
    "options": gettext_lazy("one of several options"),
    "judged": gettext_lazy("people judge"),
}
OPERATORS = {
    ">=": gettext_lazy("at least"),
    ">": gettext_lazy("more than"),
    "<=": gettext_lazy("at most"),
    "<": gettext_lazy("less than"),
    "==": gettext_lazy("is"),
    "!=": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "any_of": gettext_lazy("has one of"),
    "all_of": gettext_lazy("has all of"),
}
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "!=": "≠"}
VALUES = {
    "independent": gettext_lazy("independent"),
    "joint": gettext_lazy("joint with others"),
    "liaison": gettext_lazy("has a liaison"),
    "none": gettext_lazy("not set up"),
}
FIRED = {
    "met": gettext_lazy("It holds: full points."),
    "not_met": gettext_lazy("It does not hold: no points."),
    "nothing_missing": gettext_lazy("Nothing is missing: full points."),
    "deducted": gettext_lazy("%(missing)s missing, %(per)s points off for each: %(lost)s points off."),
    "below_base": gettext_lazy("%(value)s; points begin at %(from)s."),
    "base_and_steps": gettext_lazy(
        "%(value)s: %(base)s points to begin with and %(steps)s steps of %(step)s points, %(cap)s at most."
    ),
    "tier": gettext_lazy("%(value)s reaches the tier from %(at)s on."),
    "no_tier": gettext_lazy("%(value)s reaches no tier."),
    "option": gettext_lazy("Chosen: %(option)s."),
    "unknown_option": gettext_lazy("“%(option)s” is none of the options, so nothing counts yet."),
    "judged": gettext_lazy("Judged: %(given)s of %(of)s points."),
    "overruled": gettext_lazy("Judged: %(given)s points in place of %(computed)s computed ones."),
    "unknown": gettext_lazy("Not known yet, so no points for now."),
}


def spoken(label):
    """The text of {"zh-hans", "en"} in the reader's language; contents out of files may hold anything."""
    return str(told_in(label)) if isinstance(label, dict) else ""


def labels_in(entries):
    """Those of the entries that have a code; contents out of files may hold anything."""
    found = entries if isinstance(entries, list) else ()
    return [one for one in found if isinstance(one, dict) and isinstance(one.get("code"), str)]


def listed(value):
    """A plain value for a sentence."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return pgettext("between the things of a list", ", ").join(listed(one) for one in value) if value else _("none")
    return str(VALUES.get(value, value)) if isinstance(value, str) else str(value)


def value_words(value, fact=""):
    """A value of a rule or of a fact; stages and forms by their names, shares as percentages."""
    if value is None:
        return _("not known")
    if fact.endswith("_share") and not isinstance(value, bool | list):
        try:
            return f"{float(value) * 100:.4g} %"
        except ValueError:
            return listed(plain(value))
    return listed(plain(value))


def needed_words(op, value, fact=""):
    """What a condition asks for, in a few signs: "≥ 10", "yes"."""
    return f"{SIGNS[op]} {value_words(value, fact)}" if op in SIGNS else value_words(value, fact)


def fact_words(name, content=None, documents=None):
    """What a fact is called: a plug-in's, a heading of the dossier, or a part of the standard itself."""
    if name == SCORE:
        return _("score")
    if name == BAND:
        return pgettext("of a score", "band")
    kind, colon, code = name.partition(":")
    if not colon or kind == "auto":
        found = indicators.get(code or name)
        return str(found.label) if found else code or name
    if kind == "document":
        return _("document: %(name)s") % {"name": (documents or {}).get(code, code)}
    if kind in DERIVED:
        return _("“%(name)s”") % {"name": _derived(kind, code, content or {}) or name}
    return name


def _derived(kind, code, content):
    if kind == "stage" and code in GrowthStage.values:
        return GrowthStage(code).label
    if kind == "form" and code in OrganizationForm.values:
        return OrganizationForm(code).label
    dimensions = labels_in(content.get("dimensions"))
    ladders = [rung for key in ("stages", "forms") for rung in labels_in(content.get(key))]
    found = {
        "dimension": dimensions,
        "indicator": [
            one for part in (*dimensions, {"indicators": content.get("bonus")}) for one in labels_in(part.get("indicators"))
        ],
        "rule": [rule for rung in ladders for rule in labels_in(rung.get("rules"))],
    }.get(kind, ())  # fmt: skip
    return next((spoken(one.get("label")) for one in found if one["code"] == code), "")


def source_words(source, content=None, documents=None):
    if source == "judged" or not source:
        return _("people say it")
    kind, _colon, code = str(source).partition(":")
    if kind == "indicator":
        return _("points of %(name)s") % {"name": fact_words(source, content)}
    if kind == "auto":
        return _("the platform: %(fact)s") % {"fact": fact_words(code)}
    return fact_words(source, content, documents)


def condition_words(condition, content=None, documents=None):
    """ "members: at least 10"; a yes-or-no fact by its name alone."""
    fact = str(condition.get("fact", ""))
    name, op, value = fact_words(fact, content, documents), condition.get("op"), condition.get("value")
    if (op, value) == ("==", True):
        return name
    if (op, value) == ("==", False):
        return _("not: %(fact)s") % {"fact": name}
    told = {"fact": name, "operator": OPERATORS.get(op, op), "value": value_words(value, fact)}
    return _("%(fact)s: %(operator)s %(value)s") % told


def rule_words(rule, content=None, documents=None):
    """The condition of a rule with what would do as well."""
    told = [
        condition_words(one, content, documents) for one in (rule, *(rule.get("or") or ())) if isinstance(one, dict)
    ]
    return f" {_('or')} ".join(told)


def points_words(points):
    points = plain(points)
    return ngettext("%(number)s point", "%(number)s points", 1 if points == 1 else 2) % {"number": points}


def mode_words(indicator, content=None, documents=None):
    """[line] of how an indicator is scored."""
    mode = indicator.get("mode") or {}
    told = _MODES.get(mode.get("kind"))
    return told(mode, indicator.get("source", ""), content, documents) if told else [_("not set yet")]


def _fixed(mode, source, content, documents):
    if mode.get("op") is None:
        return [_("full points when it holds")]
    told = {"operator": OPERATORS.get(mode["op"], mode["op"]), "value": value_words(mode.get("value"), str(source))}
    return [_("full points when it is: %(operator)s %(value)s") % told]


def _deduct(mode, source, content, documents):
    return [_("%(points)s off for each missing item") % {"points": points_words(mode.get("per"))}]


def _steps(mode, source, content, documents):
    lines = [
        _("from %(from)s on: %(base)s")
        % {"from": value_words(mode.get("from", 1)), "base": points_words(mode.get("base", 0))},
        _("each further %(every)s: %(step)s more")
        % {"every": value_words(mode.get("every", 1)), "step": points_words(mode.get("step"))},
    ]
    return lines + ([_("at most %(points)s") % {"points": points_words(mode["cap"])}] if "cap" in mode else [])


def _tiers(mode, source, content, documents):
    of, fact = mode.get("of"), _measured(mode, source)
    lines = [_("divided by %(fact)s") % {"fact": fact_words(of, content, documents)}] if of else []
    for tier in mode.get("tiers") or ():
        told = {"at": value_words(tier.get("at"), fact), "points": points_words(tier.get("points"))}
        lines.append(_("from %(at)s on: %(points)s") % told)
    return [*lines, _("else: %(points)s") % {"points": points_words(mode.get("else", 0))}]


def _measured(mode, source):
    """The name of the fact that tiers speak of; what was divided is a share."""
    return "_share" if mode.get("by") == "ratio" else str(source)


def _options(mode, source, content, documents):
    return [
        _("%(option)s: %(points)s") % {"option": spoken(one.get("label")), "points": points_words(one.get("points"))}
        for one in mode.get("options") or ()
    ]


def _judged(mode, source, content, documents):
    return [_("people judge, from 0 to full points")]


_MODES = {
    "fixed": _fixed, "deduct": _deduct, "steps": _steps, "tiers": _tiers, "options": _options, "judged": _judged,
}  # fmt: skip


def fired_words(rule, indicator=None):
    """The sentence of a fired rule: a FiredRule, or what was frozen of one ({"code", "params"}). ``indicator``: its part
    of the standard, for the names of options."""
    code, params = (rule["code"], rule["params"]) if isinstance(rule, dict) else (rule.code, rule.params)
    mode = (indicator or {}).get("mode") or {}
    measured = {"value", "at", "from"}
    fact = _measured(mode, (indicator or {}).get("source"))
    told = {key: value_words(value, fact if key in measured else "") for key, value in params.items()}
    for option in mode.get("options") or ():
        if option.get("code") == params.get("option"):
            told["option"] = spoken(option.get("label"))
    return FIRED[code] % told
