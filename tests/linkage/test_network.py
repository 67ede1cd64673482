"""The numbers of support networks: examples, edges, properties. No database."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.choices import Party
from linkage.network import (
    WORDS,
    End,
    Occasion,
    after_quarter,
    as_written,
    between_groups,
    by_quarter,
    density,
    numbers_of,
    organization_end,
    party_of_name,
    quarter_of,
    quarters_until,
    shared_pairs,
    ties_of,
)

pytestmark = pytest.mark.no_db

DAY = datetime.date(2026, 11, 3)
POLICE = End("police", "name", "渭源路派出所")
CLINIC = End("hospital", "name", "卫生服务中心")


def met(organization, end, record="activity:1", source="activity", on=DAY):
    return Occasion(organization, end, source, record, on)


def served(record, bodies, source="activity", on=DAY):
    """What a source says about one record that served these organizations."""
    return [met(one, organization_end(other), record, source, on) for one in bodies for other in bodies if one != other]


def test_a_tie_gathers_its_occasions():
    later = DAY + datetime.timedelta(days=9)
    found = ties_of([met(1, POLICE, "activity:5", on=later), met(1, POLICE, "activity:4")])
    tie = found[1][POLICE]
    assert (tie.occasions, tie.records, tie.first, tie.last) == (2, ("activity:4", "activity:5"), DAY, later)
    assert tie.sources == ("activity",)


def test_what_two_sources_say_of_one_record_is_one_occasion():
    end = organization_end(2)
    tie = ties_of([met(1, end), met(1, end, source="resource"), met(1, end, source="meeting")])[1][end]
    assert (tie.occasions, tie.sources) == (1, ("activity", "meeting", "resource"))


def test_an_organization_is_not_tied_to_itself():
    assert ties_of([met(1, organization_end(1))]) == {}


def test_numbers_against_the_quarter_before():
    before = ties_of([met(1, POLICE), met(1, organization_end(2))])[1]
    now = ties_of([met(1, POLICE), met(1, CLINIC), met(1, organization_end(3)), met(1, organization_end(4))])[1]
    numbers = numbers_of(now, before)
    assert (numbers.ties, numbers.parties, numbers.new, numbers.lost) == (4, 3, 3, 1)


def test_without_a_quarter_before_nothing_is_said_to_be_new():
    numbers = numbers_of({})
    assert (numbers.ties, numbers.parties, numbers.new, numbers.lost) == (0, 0, None, None)


def test_density_of_fewer_than_two_is_none():
    assert density([], {}) is None
    assert density([7], {}) is None


def test_density_is_the_share_of_tied_pairs():
    pairs = shared_pairs(ties_of(served("activity:1", (1, 2)) + served("activity:2", (2, 3))), {1, 2, 3})
    assert sorted(pairs) == [(1, 2), (2, 3)]
    assert density([1, 2, 3], pairs) == pytest.approx(2 / 3)


def test_pairs_with_others_than_those_asked_for_do_not_count():
    assert shared_pairs(ties_of(served("activity:1", (1, 9))), {1, 2}) == {}


def test_quarters_are_those_of_the_calendar():
    assert quarter_of(datetime.date(2026, 3, 31)) == datetime.date(2026, 1, 1)
    assert after_quarter(datetime.date(2026, 10, 1)) == datetime.date(2027, 1, 1)
    assert quarters_until(datetime.date(2026, 2, 28), 3) == [
        datetime.date(2025, 7, 1), datetime.date(2025, 10, 1), datetime.date(2026, 1, 1),
    ]  # fmt: skip


def test_what_lies_outside_of_the_quarters_is_left_out():
    firsts = quarters_until(DAY, 2)
    parts = by_quarter([met(1, POLICE), met(1, POLICE, on=datetime.date(2026, 1, 1))], firsts)
    assert [len(part) for part in parts] == [0, 1]


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("渭源路派出所", "police"),
        ("社区卫生服务中心", "hospital"),
        ("第三小学", "school"),
        ("区慈善总会", "charity"),
        ("青年志愿者协会", "volunteers"),
        ("区商会", "enterprise"),
        ("明德社区居委会", "community"),
        ("惠民街道办事处", "street"),
        ("六家驻区单位", "other"),
        ("", "other"),
    ],
)
def test_the_words_of_a_name_say_the_party(name, party):
    assert party_of_name(name) == party


def test_every_word_speaks_of_a_party_that_there_is():
    assert {party for party, _words in WORDS} <= set(Party.values)


def test_names_lose_the_accidents_of_typing():
    assert as_written("  区  商会\n") == "区 商会"
    assert as_written(None) == ""


def test_communities_count_their_pairs_in_order():
    assert between_groups([(1, 2), (1, 3)], {1: "b", 2: "a", 3: "b"}) == {("a", "b"): 1, ("b", "b"): 1}


bodies = st.sets(st.integers(1, 6), min_size=1, max_size=5).map(sorted)
days = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
records = st.lists(st.tuples(bodies, days), max_size=12)


def all_of(drawn):
    return [
        one for number, (who, on) in enumerate(drawn) for one in served(f"activity:{number}", who, on=on)
    ]  # fmt: skip


@settings(deadline=None)
@given(records)
def test_what_is_shared_is_shared_both_ways(drawn):
    ties = ties_of(all_of(drawn))
    for organization, ends in ties.items():
        for end, tie in ends.items():
            back = ties[end.key][organization_end(organization)]
            assert (back.records, back.first, back.last) == (tie.records, tie.first, tie.last)


@settings(deadline=None)
@given(records)
def test_a_second_source_of_the_same_records_changes_no_number(drawn):
    once = all_of(drawn)
    again = [Occasion(one.organization, one.end, "resource", one.record, one.on) for one in once]
    first, both = ties_of(once), ties_of(once + again)
    assert {key: {end: tie.records for end, tie in ends.items()} for key, ends in first.items()} == {
        key: {end: tie.records for end, tie in ends.items()} for key, ends in both.items()
    }


@settings(deadline=None)
@given(records, st.sets(st.integers(1, 6)))
def test_density_lies_between_none_and_all(drawn, members):
    share = density(members, shared_pairs(ties_of(all_of(drawn)), members))
    assert (share is None) == (len(members) < 2)
    assert share is None or 0 <= share <= 1


@settings(deadline=None)
@given(records, records)
def test_new_and_lost_are_what_makes_one_quarter_the_next(drawn, drawn_before):
    now, before = ties_of(all_of(drawn)).get(1, {}), ties_of(all_of(drawn_before)).get(1, {})
    numbers = numbers_of(now, before)
    assert numbers.ties == len(before) + numbers.new - numbers.lost


@settings(deadline=None)
@given(st.integers(2, 6))
def test_when_all_meet_the_density_is_one(number):
    members = range(1, number + 1)
    assert Fraction(density(members, shared_pairs(ties_of(served("meeting:1", members)), members))) == 1
