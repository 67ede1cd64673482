"""What is wrong with a standard, or with points that were typed, as sentences that say what to do next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.scoring.facts import plain
from evaluations.services.scoring_words import fact_words, labels_in, listed, spoken

# {code: sentence with the problem's numbers}; a test holds it against scoring.PROBLEMS.
SENTENCES = {
    "wrong_type": gettext_lazy("Something else is expected here: %(expected)s."),
    "bad_code": gettext_lazy("The code “%(given)s” may hold letters, digits and . - _ only."),
    "duplicate_code": gettext_lazy("The code “%(given)s” is there twice. Please give one of them another code."),
    "label_missing": gettext_lazy("It has no Chinese name. Please write one."),
    "no_dimension": gettext_lazy("There is no dimension yet. Please add one."),
    "no_indicator": gettext_lazy("This dimension has no indicator yet. Please add one, or take the dimension out."),
    "no_rule": gettext_lazy("It needs at least one rule that has to hold."),
    "not_a_number": gettext_lazy("A number is needed where “%(given)s” stands."),
    "negative_points": gettext_lazy("Points cannot be below 0; here they are %(given)s."),
    "no_points": gettext_lazy("It needs more than 0 points."),
    "too_many_decimals": gettext_lazy("Points have two decimals at most; here they are %(given)s."),
    "dimension_sum": gettext_lazy("Its indicators add up to %(sum)s points, but %(declared)s are stated."),
    "group_sum": gettext_lazy("The indicators of this group add up to %(sum)s points, but %(declared)s are stated."),
    "total_sum": gettext_lazy("The dimensions add up to %(sum)s points, but the full score is %(declared)s."),
    "weights_incomplete": gettext_lazy("Some dimensions have a weight and this one has none."),
    "weight_not_positive": gettext_lazy("A weight has to be above 0; here it is %(given)s."),
    "weights_sum": gettext_lazy("The weights add up to %(sum)s percent instead of 100."),
    "bonus_without_cap": gettext_lazy("There are bonus items. Please say how many points they bring at most."),
    "band_empty": gettext_lazy("No score falls into this band. Please look at its ends."),
    "band_overlap": gettext_lazy("“%(first)s” and “%(second)s” overlap from %(low)s to %(high)s."),
    "band_gap": gettext_lazy("Scores from %(low)s to %(high)s have no band."),
    "band_outside_scale": gettext_lazy("It goes from %(low)s to %(high)s, but scores only from 0 to %(top)s."),
    "unknown_mode": gettext_lazy("“%(given)s” is no way of scoring. Please choose one."),
    "unknown_source": gettext_lazy("It is not said where the fact comes from. Please choose it."),
    "unknown_reference": gettext_lazy("It refers to “%(given)s”, which does not exist."),
    "circular": gettext_lazy("It refers to itself: %(circle)s. Please take one of these references out."),
    "shadowed_fact": gettext_lazy(
        "Its code “%(given)s” is that of a fact which rules read, but its own points come from elsewhere. Please give it "
        "another code."
    ),
    "per_not_positive": gettext_lazy("Say how many points each missing item costs; more than 0."),
    "step_not_positive": gettext_lazy("Say how many points each step brings; more than 0."),
    "every_not_positive": gettext_lazy("Say how many more make a step; more than 0."),
    "cap_below_base": gettext_lazy("The most that it brings, %(cap)s, is below what it begins with, %(base)s."),
    "above_full_points": gettext_lazy("The way of scoring gives up to %(most)s points, but it has only %(full)s."),
    "full_points_out_of_reach": gettext_lazy(
        "The way of scoring gives at most %(most)s points, so the full %(full)s can never be reached."
    ),
    "no_tiers": gettext_lazy("There are no tiers yet. Please write at least one."),
    "tiers_not_descending": gettext_lazy(
        "Tiers go from the highest threshold down, and their points go down with them."
    ),
    "too_few_options": gettext_lazy("A choice needs at least two options."),
    "unknown_operator": gettext_lazy("“%(given)s” is no comparison. Please choose one."),
    "wrong_value": gettext_lazy("The value “%(given)s” does not fit here; needed: %(expected)s."),
    "score_out_of_reach": gettext_lazy("It asks for a score of %(need)s, but scores only go from 0 to %(top)s."),
    "unknown_column": gettext_lazy("There is no column “%(column)s”."),
    "unknown_indicator": gettext_lazy("There is no indicator “%(indicator)s”."),
    "outside_scale": gettext_lazy("%(given)s is outside 0 and %(full)s points."),
}
EXPECTED = {
    "object": gettext_lazy("an entry with several parts"),
    "list": gettext_lazy("a list"),
    "list of objects": gettext_lazy("a list of entries"),
    "object with a code": gettext_lazy("an entry with a code"),
    "list of texts": gettext_lazy("a list of words"),
    "list of conditions": gettext_lazy("a list of conditions"),
    "from_closed and to_closed as true or false": gettext_lazy("whether each end belongs to it"),
    "fact": gettext_lazy("a fact"),
    "value or ratio": gettext_lazy("a value or a ratio"),
    "a fact or indicator to divide by": gettext_lazy("a fact or an indicator to divide by"),
    "number": gettext_lazy("a number"),
    "one value": gettext_lazy("one value"),
}
HEADINGS = {
    "dimensions": gettext_lazy("Dimensions"),
    "total": gettext_lazy("Full score"),
    "bonus_cap": gettext_lazy("Bonus"),
    "bonus": gettext_lazy("Bonus"),
    "vetoes": gettext_lazy("Vetoes"),
    "bands": gettext_lazy("Bands"),
    "stages": gettext_lazy("Growth stages"),
    "forms": gettext_lazy("Forms of organization"),
    "columns": gettext_lazy("Columns"),
}


def problem_words(problem, content):
    """The problem as one sentence, with the place in front."""
    place = place_words(problem.where, content)
    sentence = sentence_of(problem, content)
    return _("%(place)s: %(sentence)s") % {"place": place, "sentence": sentence} if place else sentence


def sentence_of(problem, content):
    params, facts = dict(problem.params), problem.params
    names = _names(content)
    for key, value in facts.items():
        if key == "circle":
            params[key] = " → ".join(fact_words(one, content) for one in value)
        elif key == "expected":
            params[key] = EXPECTED.get(value, value)
        elif key in {"first", "second", "above", "below"}:
            params[key] = names.get(f"bands/{value}", value)
        else:
            params[key] = "–" if value is None else listed(plain(value))
    if problem.code == "unknown_reference":
        params["given"] = fact_words(str(facts.get("given", "")), content)
    return SENTENCES[problem.code] % _Given(params)


class _Given(dict):
    """A number that the problem does not tell is a dash, never an error."""

    def __missing__(self, key):
        return "–"


def path_of(where, content):
    """The path of codes behind a node of a circle ("rule:members", "template_score"); other places are paths already."""
    if where in {"template_score", "band"}:
        return "total"
    kind, colon, code = where.partition(":")
    if not colon:
        return where
    ends = [path for path in _names(content) if path.rpartition("/")[2] == code]
    if kind in {"stage", "form"}:
        return f"{kind}s/{code}"
    return next((path for path in ends if (path.count("/") == 2) == (kind == "rule")), where)


def place_words(where, content):
    """The path of codes of a problem in people's words: "Service › How often"."""
    where = path_of(where, content)
    if where in HEADINGS:
        return str(HEADINGS[where])
    names, path, found = _names(content), "", []
    for code in where.split("/") if where else ():
        path = f"{path}/{code}" if path else code
        found.append(names.get(path) or str(HEADINGS.get(path, code)))
    return " › ".join(found)


def _names(content):
    """{path of codes: name} of everything in the content that has a name."""
    names, parts = {}, content if isinstance(content, dict) else {}
    for dimension in labels_in(parts.get("dimensions")):
        names[dimension["code"]] = spoken(dimension.get("label"))
        for key in ("groups", "indicators"):
            for one in labels_in(dimension.get(key)):
                names[f"{dimension['code']}/{one['code']}"] = spoken(one.get("label"))
    for key in ("bonus", "vetoes", "bands", "stages", "forms"):
        for one in labels_in(parts.get(key)):
            names[f"{key}/{one['code']}"] = spoken(one.get("label"))
            for rule in labels_in(one.get("rules")):
                names[f"{key}/{one['code']}/{rule['code']}"] = spoken(rule.get("label"))
    return names
