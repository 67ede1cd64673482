"""What is said about a comparison of two surveys, when nobody but the group itself was asked: what changed, never why.

A test reads every sentence here, and its translation, for words that claim more (tests/evaluations/test_effect_words.py).
What may be said beside a comparison group stands in effect_comparison_words.py. ``shows_small``: whoever reads it serves
these people (policies.effect.serves_run); the others are told nothing of a group smaller than five.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from evaluations.services.effect_numbers import ALONE, ANSWERED_ONCE, DOUBTFUL, LEFT, UNPAIRED
from evaluations.small_cells import FEWEST_PAIRS, FEWEST_SPREAD, hide_small, is_hidden, is_small

SURE, SMALLEST_P = 0.05, 0.001
MINUS = "\N{MINUS SIGN}"


def figure(value, digits=1, *, signed=False):
    """A number as people read it; a dash for what there is none of."""
    if value is None:
        return "–"
    text = f"{abs(value):.{digits}f}"
    is_zero = not float(text)
    sign = "" if is_zero else MINUS if value < 0 else "+" if signed else ""
    return f"{sign}{text}"


def chance(value):
    """A p-value."""
    if value is None:
        return "–"
    return pgettext("p-value", "below 0.001") if value < SMALLEST_P else f"{value:.3f}"


def interval(low, high, digits=1):
    if low is None or high is None:
        return "–"
    return _("%(low)s to %(high)s") % {"low": figure(low, digits), "high": figure(high, digits)}


def counts_sentence(counts):
    return _("%(before)s people answered before, %(after)s after; %(matched)s of them can be matched.") % counts


def lost_rows(counts, *, shows_small):
    """[(why, number)] of those who answered before and cannot be matched; None for a number that is hidden, and no row
    where all are."""
    labels = {
        ANSWERED_ONCE: _("did not answer the second survey"),
        LEFT: _("left the organization in between"),
        DOUBTFUL: _("their sheet waits for a person to look whose it is"),
        ALONE: _("their sheet carries no key"),
    }
    numbers = [counts["reasons"][name] for name in labels]
    shown = numbers if shows_small else hide_small(numbers)
    if set(shown) <= {None, 0}:
        return []
    return [(labels[name], number) for name, number in zip(labels, shown, strict=True) if number != 0]


def people_sentence(results):
    """Who is compared with whom."""
    if results["mode"] == UNPAIRED:
        return _(
            "The answers carry no key, so nobody can be matched: before and after these are perhaps different people. "
            "What is shown is the difference between two groups, not anybody's own change."
        )
    return _(
        "Only people who answered both times are compared. What else happened in the meantime is not taken out: the "
        "figures say what changed, not why."
    )


def caution_text(results, instrument):
    """``people_sentence``, and whether the questionnaire was ever tested, for a paper."""
    if instrument.is_validated:
        return people_sentence(results)
    untested = _("Our own questionnaire, not tested: its figures are a picture, not a measurement.")
    return f"{people_sentence(results)} {untested}"


def left_out_sentence(row, label):
    words = {
        "changed": _("“%(scale)s” was changed between the two editions of the questionnaire and cannot be compared."),
        "before_only": _("“%(scale)s” was asked before only and cannot be compared."),
        "after_only": _("“%(scale)s” was asked after only and cannot be compared."),
    }
    return words[row["why"]] % {"scale": label}


def scale_sentence(scale, *, shows_small=True):
    """The finding of one scale, in one plain sentence."""
    if "pairs" in scale:
        return _paired_sentence(scale, shows_small)
    return _unpaired_sentence(scale, shows_small)


def _paired_sentence(scale, shows_small):
    number, comparison = scale["n"], scale["paired"]
    if not number:
        return _nobody(scale, _("Nobody answered enough questions of this scale both times."))
    if not shows_small and is_hidden(scale):
        return _(
            "So few people were matched, lost or new that single ones could be recognized; the figures are for those who "
            "serve them."
        )
    if comparison is None:
        return ngettext(
            "%(number)s person can be matched. Below %(least)s no calculation could tell a change from chance: each "
            "one's own change is shown, and no mean.",
            "%(number)s people can be matched. Below %(least)s no calculation could tell a change from chance: each "
            "one's own change is shown, and no mean.",
            number,
        ) % {"number": number, "least": FEWEST_PAIRS}
    if scale["same"] == number:
        return _("All %(number)s answered the same as before.") % {"number": number}
    if not shows_small and any(is_small(scale[name]) for name in ("rose", "fell", "same")):
        return _mean(comparison)
    return f"{_direction(scale)} {_mean(comparison)}"


def _direction(scale):
    values = {"rose": scale["rose"], "fell": scale["fell"], "number": scale["n"]}
    if scale["rose"] >= scale["fell"]:
        return _("%(rose)s of %(number)s answered higher than before, %(fell)s lower.") % values
    return _("%(fell)s of %(number)s answered lower than before, %(rose)s higher.") % values


def _mean(comparison):
    change, low, high = (comparison[name] for name in ("change", "ci_low", "ci_high"))
    if low is None:
        return _("Everybody's answer moved by the same %(points)s points; without any spread there is no interval.") % {
            "points": figure(change, signed=True)
        }
    values = {"points": figure(abs(change)), "low": figure(low), "high": figure(high)}
    if not float(figure(abs(change))):
        return _("The mean stayed about the same (95 %% interval of its change %(low)s to %(high)s points).") % values
    if change > 0:
        return _("The mean rose by %(points)s points (95 %% interval %(low)s to %(high)s).") % values
    return _("The mean fell by %(points)s points (95 %% interval %(low)s to %(high)s).") % values


def _nobody(scale, otherwise):
    if not scale["before"]["n"]:
        return _("Nobody answered enough questions of this scale before.")
    return otherwise if scale["after"]["n"] else _("Nobody answered enough questions of this scale after.")


def _unpaired_sentence(scale, shows_small):
    comparison = scale["unpaired"]
    if comparison is None:
        return _nobody(scale, "")
    if not shows_small and is_hidden(scale):
        return _(
            "So few people answered that single ones could be recognized; the figures are for those who serve them."
        )
    values = {
        "before": figure(comparison["mean_before"]), "after": figure(comparison["mean_after"]),
        "n_before": comparison["n_before"], "n_after": comparison["n_after"],
        "points": figure(comparison["difference"], signed=True), "low": figure(comparison["ci_low"]),
        "high": figure(comparison["ci_high"]),
    }  # fmt: skip
    text = (
        _("The mean of %(n_before)s people before was %(before)s, that of %(n_after)s people after %(after)s.") % values
    )
    if comparison["ci_low"] is None:
        return f"{text} {_('There is too little spread or there are too few answers for an interval.')}"
    more = _("Difference %(points)s points (95 %% interval %(low)s to %(high)s).") % values
    return f"{text} {more}"


def chance_sentence(scale, tests):
    """How far chance alone could have brought it; corrected over all tests of the report. Empty where there is no test."""
    value = scale.get("p_holm")
    if value is None:
        return ""
    values = {"chance": chance(value), "tests": tests}
    if value < SURE:
        return _("Chance alone would seldom bring this (p %(chance)s, corrected for %(tests)s tests).") % values
    return _("Chance alone could bring this as well (p %(chance)s, corrected for %(tests)s tests).") % values


def direction_note(scale):
    return "" if scale["higher_is_better"] else _("On this scale lower is better.")


def lost_sentence(scale):
    """How those who were lost had begun, and how far the loss could move the mean. Empty when nobody was lost."""
    found = scale.get("attrition")
    if not found or not found["n_lost"]:
        return ""
    sentences = []
    gap = found["baseline_gap"]
    if gap is not None:
        values = {"points": figure(abs(gap))}
        if not float(values["points"]):
            sentences.append(_("Those who were lost had begun at about the same mean as those who stayed."))
        elif gap < 0:
            sentences.append(_("Those who were lost had begun %(points)s points lower than those who stayed.") % values)
        else:
            sentences.append(
                _("Those who were lost had begun %(points)s points higher than those who stayed.") % values
            )
    if found["change_low"] is not None:
        sentences.append(
            _("Had all of them ended at the lowest or the highest answer, the mean change of everybody who began would "
              "lie between %(low)s and %(high)s points.")
            % {"low": figure(found["change_low"]), "high": figure(found["change_high"])}
        )  # fmt: skip
    return " ".join(sentences)


def alpha_text(alpha, *, shows_small=True):
    """Cronbach's α, that it does not apply, or a dash where too few people are behind it."""
    if not shows_small and alpha["n"] < FEWEST_SPREAD:
        return figure(None)
    if alpha["value"] is None:
        return pgettext("Cronbach's alpha", "not applicable")
    return f"{figure(alpha['value'], 2)} (n = {alpha['n']})"


def title_of(results, *, shows_small=True):
    """The finding of the whole comparison, for panels: the first scale that chance alone would seldom bring, else that
    there is none."""
    told = [scale for scale in results["scales"] if shows_small or not is_hidden(scale)]
    clear = [scale for scale in told if scale.get("p_holm") is not None and scale["p_holm"] < SURE]
    if not told:
        return _("Too few answers to compare")
    if not any(scale.get("p_holm") is not None for scale in told):
        return _("Too few matched answers for more than each one's own change")
    if not clear:
        return _("No scale moved further than chance alone could bring")
    return ngettext(
        "%(clear)s of %(all)s scale moved further than chance alone would usually bring",
        "%(clear)s of %(all)s scales moved further than chance alone would usually bring",
        len(told),
    ) % {"clear": len(clear), "all": len(told)}
