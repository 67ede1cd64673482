"""What may be said beside a comparison group: still careful, for nobody was drawn by lot."""

from django.utils.translation import gettext as _

from evaluations.services.effect_words import SURE, chance, figure
from evaluations.small_cells import FEWEST_PAIRS


def comparison_sentence(scale):
    """How the change here differs from the change in the comparison group."""
    found = scale.get("comparison")
    if found is None:
        return _("The comparison group was not asked this scale in the same words.")
    if found["did"] is None:
        return _(
            "Fewer than %(least)s people can be matched here or in the comparison group: the two are not compared."
        ) % {"least": FEWEST_PAIRS}
    did = found["did"]
    values = {
        "here": figure(did["mean_after"], signed=True), "there": figure(did["mean_before"], signed=True),
        "points": figure(did["difference"], signed=True), "low": figure(did["ci_low"]), "high": figure(did["ci_high"]),
    }  # fmt: skip
    text = _("Mean change here %(here)s points, in the comparison group %(there)s.") % values
    if did["ci_low"] is None:
        return f"{text} {_('There is too little spread for an interval of the difference.')}"
    return f"{text} {_('Difference %(points)s points (95 %% interval %(low)s to %(high)s).') % values}"


def comparison_chance(scale):
    found = scale.get("comparison")
    value = found and found.get("p_holm")
    if value is None:
        return ""
    if value < SURE:
        return _(
            "This agrees with an effect of the project (p %(chance)s, corrected). The groups were not drawn by lot, so "
            "other differences between them can be the reason as well."
        ) % {"chance": chance(value)}
    return _("The two groups cannot be told apart (p %(chance)s, corrected).") % {"chance": chance(value)}
