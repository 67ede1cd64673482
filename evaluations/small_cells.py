"""Which numbers of small groups are kept from those who do not serve the people. Pure.

One rule for all pages: nobody else reads a number of one to four people, nor what it could be worked out from.
"""

SMALLEST = 5  # people; a number from 1 to 4 is hidden
FEWEST_PAIRS = 6  # with fewer, no answer could be told from chance: there is only each one's own change
FEWEST_SPREAD = 10  # people; with fewer, median and quartiles are single people's answers
DIGITS = 1  # of a mean: with more, one answer more or less would tell what it was
# What hidden cells have to hold beyond one person each, so that each of them may still be large or small.
LEEWAY = 2 * (SMALLEST - 1)


def digits_of(*, shows_small):
    """How many digits the figures of a scale have; those who serve the people (``shows_small``) read two."""
    return 2 if shows_small else DIGITS


def is_small(number):
    return 0 < number < SMALLEST


def hide_small(numbers):
    """``numbers`` (people, of groups whose sum is known) with None for each that is hidden, in the same order.

    Hidden are those from 1 to 4, and with them the next larger (all of the same size), until none follows from the sum,
    not even for somebody who knows this rule. A nought stays, as it tells of nobody, unless all the others are too few.
    """
    if not any(is_small(number) for number in numbers):
        return list(numbers)
    for largest in sorted({SMALLEST - 1, *(number for number in numbers if number >= SMALLEST)}):
        if _stay_open([number for number in numbers if 0 < number <= largest]):
            return [None if 0 < number <= largest else number for number in numbers]
    return [None] * len(numbers)


def _stay_open(hidden):
    """Whether each of them may still be another number when only their sum is known."""
    if len(hidden) < 2 or sum(hidden) - len(hidden) < LEEWAY:
        return False
    return max(hidden) >= SMALLEST or sum(hidden) < len(hidden) * (SMALLEST - 1)  # else each is a 4


def is_hidden(scale):
    """Whether a scale of a comparison (a row of ``AnalysisRun.results["scales"]``) is hidden: too few people, or so few
    who answered only once that their answers would follow from the figures of each survey."""
    before, after = scale["before"]["n"], scale["after"]["n"]
    if "pairs" not in scale:
        return min(before, after) < SMALLEST
    return scale["n"] < FEWEST_PAIRS or is_small(before - scale["n"]) or is_small(after - scale["n"])
