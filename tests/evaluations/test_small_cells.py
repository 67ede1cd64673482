"""No number of one to four people is shown, nor follows from those that are; nor from knowing how they are hidden."""

import itertools
from collections import defaultdict

import pytest

from evaluations.small_cells import SMALLEST, digits_of, hide_small, is_hidden, is_small

pytestmark = pytest.mark.no_db


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([0, 6, 7], [0, 6, 7]),
        ([3, 6, 9], [None, None, None]),  # 3 and 6 would be too few together
        ([3, 7, 9], [None, None, 9]),
        ([3, 4, 9], [None, None, None]),
        ([5, 4, 4, 4], [None] * 4),  # three fours beside the five would be known
        ([6, 6, 4], [None] * 3),  # so would one of two equal ones
        ([9, 3, 8, 2], [9, None, None, None]),
        ([1, 1, 20, 30], [None, None, None, 30]),
        ([9, 0, 8], [9, 0, 8]),
        ([5, 0, 1], [None, None, None]),
        ([3, 0, 0], [None, None, None]),
        ([1] * 5, [None] * 5),
        ([1] * 10 + [50], [None] * 11),
        ([5, 0], [5, 0]),
        ([], []),
    ],
)
def test_small_numbers_are_hidden_with_others_they_could_be_worked_out_from(numbers, shown):
    assert hide_small(numbers) == shown


def _parts(total, number):
    """All ways to share ``total`` people out to ``number`` groups."""
    for cuts in itertools.combinations(range(total + number - 1), number - 1):
        ends = (-1, *cuts, total + number - 1)
        yield [after - before - 1 for before, after in itertools.pairwise(ends)]


@pytest.mark.parametrize(("number", "most"), [(2, 30), (3, 20), (4, 18), (5, 12)])
def test_no_hidden_number_follows_from_the_sum_and_the_rule(number, most):
    """Of all groups with the same sum that are shown alike, each hidden number has two values at least."""
    for total in range(SMALLEST, most):
        alike = defaultdict(list)
        for numbers in _parts(total, number):
            alike[tuple(hide_small(numbers))].append(numbers)
        for shown, found in alike.items():
            assert not any(told is not None and is_small(told) for told in shown)
            for place in (place for place, told in enumerate(shown) if told is None):
                assert len({numbers[place] for numbers in found}) > 1, (total, shown)


def _scale(n, before, after):
    return {"before": {"n": before}, "after": {"n": after}, "pairs": [], "n": n}


@pytest.mark.parametrize(
    ("n", "before", "after", "hidden"),
    [
        (5, 5, 5, True), (6, 6, 6, False), (6, 7, 6, True), (6, 6, 10, True), (6, 11, 6, False), (19, 24, 21, True),
        (19, 24, 24, False), (0, 12, 12, True),
    ],
)  # fmt: skip
def test_pairs_are_hidden_when_they_are_few_or_few_are_missing(n, before, after, hidden):
    assert is_hidden(_scale(n, before, after)) is hidden


@pytest.mark.parametrize(("before", "after", "hidden"), [(5, 5, False), (4, 30, True), (30, 4, True)])
def test_two_groups_are_hidden_when_one_is_small(before, after, hidden):
    assert is_hidden({"before": {"n": before}, "after": {"n": after}, "unpaired": None}) is hidden


def test_others_read_means_to_one_digit():
    assert (digits_of(shows_small=True), digits_of(shows_small=False)) == (2, 1)
