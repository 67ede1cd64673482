"""What can be wrong with a standard or with points that were typed: a code, where, and the numbers of the sentence."""

from dataclasses import dataclass, field

from evaluations.scoring.facts import plain

PROBLEMS = {
    "wrong_type": "something else was expected here",
    "bad_code": "codes are letters, digits, . - and _ only",
    "duplicate_code": "two things have the same code",
    "label_missing": "there is no Chinese label",
    "no_dimension": "a standard needs at least one dimension",
    "no_indicator": "a dimension needs at least one indicator",
    "no_rule": "a stage or form needs at least one mandatory rule",
    "not_a_number": "this is no number of ordinary size",
    "negative_points": "points cannot be below 0",
    "no_points": "an indicator needs more than 0 points",
    "too_many_decimals": "points have two decimals at most",
    "dimension_sum": "the indicators do not add up to the dimension",
    "group_sum": "the indicators do not add up to the group",
    "total_sum": "the dimensions do not add up to the total",
    "weights_incomplete": "some dimensions have a weight and some have none",
    "weight_not_positive": "a weight has to be above 0",
    "weights_sum": "the weights do not add up to 100",
    "bonus_without_cap": "bonus items need a cap",
    "band_empty": "the band holds no point",
    "band_overlap": "two bands share points",
    "band_gap": "points between two bands, or at an end of the scale, have no band",
    "band_outside_scale": "the band goes beyond the scale",
    "unknown_mode": "there is no such way of scoring",
    "unknown_source": "there is no such source",
    "unknown_reference": "what is referred to does not exist",
    "circular": "a rule refers to itself, directly or through others",
    "shadowed_fact": "an indicator has the code of a fact that others read, with another source",
    "per_not_positive": "what is taken off for each missing item has to be above 0",
    "step_not_positive": "the step has to be above 0",
    "every_not_positive": "the units of one step have to be above 0",
    "cap_below_base": "the cap is below the base",
    "above_full_points": "the mode gives more than the full points",
    "full_points_out_of_reach": "the mode can never give the full points",
    "no_tiers": "a tiered indicator needs tiers",
    "tiers_not_descending": "thresholds go down from tier to tier, and so do their points",
    "too_few_options": "a choice needs at least two options",
    "unknown_operator": "there is no such comparison",
    "wrong_value": "the comparison needs another kind of value",
    "score_out_of_reach": "the rule asks for a score beyond the scale",
    "unknown_column": "there is no such column",
    "unknown_indicator": "there is no such indicator",
    "outside_scale": "the points are outside 0 and full",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``where`` is a path of codes: "service/frequency", "bands/five_star", "stages/tree/score"."""

    code: str
    where: str = ""
    params: dict = field(default_factory=dict)

    def as_json(self):
        return {"code": self.code, "where": self.where, "params": plain(self.params)}
