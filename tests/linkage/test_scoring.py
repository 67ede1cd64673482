"""How well an organization or a resource fits a need: pure, the same in any order, and told in reasons."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.scoring import Candidate, Wanted, nearness, rank, score

pytestmark = pytest.mark.no_db
TODAY = datetime.date(2026, 11, 22)
HERE, NEXT, STREET, DISTRICT = "330102001051", "330102001052", "330102001", "330102003050"
WANTED = Wanted(community=HERE, category="elderly", types=frozenset({1}))

candidates = st.builds(
    Candidate,
    key=st.tuples(st.sampled_from(["organization", "resource"]), st.integers(1, 9)),
    place=st.sampled_from([HERE, NEXT, STREET, DISTRICT, "620102001001"]),
    types=st.frozensets(st.integers(1, 3), max_size=2),
    categories=st.frozensets(st.sampled_from(["elderly", "safety"]), max_size=2),
    valid_until=st.none() | st.dates(datetime.date(2026, 10, 1), datetime.date(2027, 6, 1)),
    left=st.none() | st.integers(0, 3),
    met=st.integers(0, 8),
    rests=st.booleans(),
)


@pytest.mark.parametrize(
    ("place", "near"),
    [
        (HERE, "community"),
        (NEXT, "street"),
        (STREET, "street"),
        (DISTRICT, "district"),
        ("620102", ""),
        ("330102", "district"),
    ],
)
def test_how_near_a_place_is(place, near):
    assert nearness(HERE, place) == near


def test_the_reasons_are_told_the_strongest_first():
    found = score(WANTED, Candidate("a", HERE, types=frozenset({1}), met=3), TODAY)
    assert found.reasons == (("type", ""), ("community", ""), ("met", 3))


@pytest.mark.parametrize(
    "out",
    [
        Candidate("far", "620102001001", types=frozenset({1})),
        Candidate("else", HERE, types=frozenset({2}), categories=frozenset({"safety"})),
        Candidate("used", HERE, types=frozenset({1}), left=0),
        Candidate("over", HERE, types=frozenset({1}), valid_until=TODAY - datetime.timedelta(days=1)),
    ],
    ids=lambda one: one.key,
)
def test_what_does_not_fit_is_not_proposed(out):
    assert score(WANTED, out, TODAY) is None


def test_what_ends_today_is_proposed_with_its_day():
    found = score(WANTED, Candidate("a", HERE, types=frozenset({1}), valid_until=TODAY), TODAY)
    assert ("ends", "2026-11-22") in found.reasons


@settings(deadline=None)
@given(st.lists(candidates, max_size=15, unique_by=lambda one: one.key), st.randoms())
def test_the_order_of_asking_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert rank(WANTED, found, TODAY) == rank(WANTED, shuffled, TODAY)


@settings(deadline=None)
@given(candidates)
def test_nearer_is_never_worse_and_experience_never_harms(one):
    from dataclasses import replace

    before = score(WANTED, one, TODAY)
    nearer = score(WANTED, replace(one, place=HERE), TODAY)
    wiser = score(WANTED, replace(one, met=one.met + 1), TODAY)
    if before is not None:
        assert nearer.points >= before.points
        assert wiser.points >= before.points
        assert 0 <= before.points <= 120
