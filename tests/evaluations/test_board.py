"""The growth board: exact numbers, the first cards, the flow between stages with its lists, and who sees what."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.policies import board as policies
from evaluations.services.board import SHOWN, board_of
from evaluations.services.flow import flow_of
from organizations.choices import OrganizationForm
from organizations.models import OrganizationType, SocialOrganization
from tests.factories.board import move_to
from tests.factories.growth import ReviewFactory
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.personas import PEOPLE

BOARD, MOVES = reverse("evaluations:board-growth"), reverse("evaluations:board-moves")
# Of which the frame of the page (session, person, roles, menu, bell) asks for its part.
BOARD_QUERIES, MOVES_QUERIES = 10, 8
READERS = {
    "worker", "staff", "community_staff", "leader", "supervisor", "hub", "evaluator", "district_admin",
}  # fmt: skip
SEE_ONLY = {"finance", "admin"}


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def page_of(client, url=BOARD, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response


def numbers(response):
    return {column.code: column.number for column in response.context["columns"]}


def names(response):
    return {column.code: [card.name for card in column.cards] for column in response.context["columns"] if column.cards}


def test_each_organization_stands_in_the_column_of_its_stage_places_in_code_order(place, sign_in):
    OrganizationFactory(name="乙", community=place.next_community, growth_stage="seed")
    OrganizationFactory(name="甲", community=place.community, growth_stage="seed", form="strong_ties")
    OrganizationFactory(name="没了", community=place.community, growth_stage="seed", dissolved=True)
    response = page_of(sign_in(place.staff))

    assert numbers(response) == {"none": 1, "seed": 2, "seedling": 0, "sapling": 0, "tree": 0}
    assert names(response) == {"none": ["治安服务队"], "seed": ["甲", "乙"]}
    page = response.content.decode()
    assert page.count(str(OrganizationForm.STRONG_TIES.label)) == 2  # a choice of the filter, and on the card
    assert 'href="#stage-seed"' in page
    assert "没了" not in page


def test_a_column_shows_the_first_and_leads_to_all_of_them(place, sign_in):
    OrganizationFactory.create_batch(
        SHOWN + 2, community=place.community, growth_stage="tree", form="strong_organization"
    )
    OrganizationFactory(community=place.community, growth_stage="tree", dissolved=True)
    client = sign_in(place.staff)
    response = page_of(client, organization_form="strong_organization")
    tree = response.context["columns"][-1]

    assert (tree.number, len(tree.cards), tree.more) == (22, 20, 2)
    assert f"Show all {tree.number}" in response.content.decode()
    assert page_of(client, tree.url).context["count"] == tree.number


def test_the_board_is_narrowed_by_place_type_form_and_words(place, sign_in):
    other = OrganizationType.objects.create(code="singing", name="唱歌")
    found = OrganizationFactory(
        name="合唱团", community=place.next_community, growth_stage="seed", form="weak_organization", type=other
    )
    client = sign_in(place.staff)
    for query in (
        {"area": place.next_community.code},
        {"type": other.code},
        {"organization_form": "weak_organization"},
        {"q": "合唱"},
    ):
        assert names(page_of(client, **query)) == {"seed": [found.name]}, query
    assert "Nothing matches these filters" in page_of(client, q="没有").content.decode()


@pytest.mark.parametrize(
    "query", [{"area": "x"}, {"type": "x"}, {"organization_form": "x"}, {"q": "\x00"}, {"page": "x"}]
)
def test_what_is_no_filter_is_passed_over(place, sign_in, query):
    client = sign_in(place.staff)
    for url in (BOARD, MOVES):
        assert client.get(url, query).status_code == 200


def test_cards_say_since_when_how_long_ago_and_whether_a_review_goes_on(place, standard, sign_in):
    move_to(place.organization, "seed", datetime.date(2026, 2, 3))
    move_to(place.organization, "seed", datetime.date(2026, 8, 3), outcome="hold")
    ActivityFactory(organization=place.organization, recorded_by=place.worker, starts_at=days_ago(9))
    ActivityFactory(organization=place.organization, recorded_by=place.worker, starts_at=days_ago(3), draft=True)
    ReviewFactory(organization=place.organization)
    page = page_of(sign_in(place.staff)).content.decode()

    assert "at this stage since 2026-02-03" in page
    assert "last activity 9 days ago" in page
    assert "review under way" in page


@pytest.mark.parametrize("person", ["admin", "finance"])
def test_who_reads_no_casework_sees_the_stages_and_no_more(person, place, standard, sign_in):
    move_to(place.organization, "seed", datetime.date(2026, 2, 3))
    ActivityFactory(organization=place.organization, recorded_by=place.worker, starts_at=days_ago(9))
    ReviewFactory(organization=place.organization)
    client = sign_in(getattr(place, person))
    page = page_of(client).content.decode()

    assert "治安服务队" in page
    assert "last activity" not in page
    assert "review under way" not in page
    seen = page_of(client, MOVES).content.decode()
    assert "治安服务队" in seen
    assert "Open the review" not in seen
    assert client.get(reverse("evaluations:board-fading")).status_code == 403


def test_nobody_sees_organizations_of_other_places(place, sign_in):
    assert names(page_of(sign_in(place.other_staff))) == {"none": ["书画社"]}
    assert names(page_of(sign_in(place.leader))) == {"none": ["治安服务队"]}
    assert "No organization here yet" in page_of(sign_in(place.stranger)).content.decode()


def test_who_reads_the_activities_reads_the_life_on_the_cards(place):
    seen, read = {}, {}
    for name in PEOPLE:
        user = getattr(place, name)
        columns = board_of(SocialOrganization.objects.existing().visible_to(user), user, today=timezone.localdate())
        cards = [card for column in columns for card in column.cards]
        seen[name] = {card.name for card in cards}
        read[name] = {card.name for card in cards if card.is_read}
        assert read[name] == set(policies.organizations_read(user).values_list("name", flat=True)) & seen[name], name
    assert {name for name, cards in read.items() if "治安服务队" in cards} == READERS
    assert {name for name, cards in seen.items() if "治安服务队" in cards} - READERS == SEE_ONLY


# --- the flow ---
def test_the_flow_tells_the_stages_at_the_end_of_each_quarter_and_the_moves_in_it(place, standard):
    other = OrganizationFactory(community=place.community)
    move_to(place.organization, "seed", datetime.date(2026, 2, 3))
    move_to(place.organization, "seed", datetime.date(2026, 3, 31), outcome="hold")
    move_to(other, "seed", datetime.date(2026, 7, 1))
    move_to(place.organization, "sapling", datetime.date(2026, 9, 30))
    move_to(other, "seedling", datetime.date(2026, 11, 1))
    quarters = flow_of(SocialOrganization.objects.existing(), today=datetime.date(2026, 11, 22))

    assert [(quarter.code, quarter.stock, quarter.moves) for quarter in quarters] == [
        ("2026-Q1", {"seed": 1, "seedling": 0, "sapling": 0, "tree": 0}, {("", "seed"): 1}),
        ("2026-Q2", {"seed": 1, "seedling": 0, "sapling": 0, "tree": 0}, {}),
        ("2026-Q3", {"seed": 1, "seedling": 0, "sapling": 1, "tree": 0}, {("", "seed"): 1, ("seed", "sapling"): 1}),
        ("2026-Q4", {"seed": 0, "seedling": 1, "sapling": 1, "tree": 0}, {("seed", "seedling"): 1}),
    ]
    assert flow_of(SocialOrganization.objects.none(), today=datetime.date(2026, 11, 22)) == []


def test_each_number_of_the_moves_opens_its_decisions(place, standard, sign_in):
    OrganizationFactory(community=place.next_community)
    move_to(place.organization, "seed", datetime.date(2026, 2, 3), reason="理由在评审里")
    move_to(place.organization, "seedling", datetime.date(2026, 3, 31))
    client = sign_in(place.staff)
    response = page_of(client, area=place.community.code)
    moves = response.context["picture"]["rows"][0]["moves"]

    assert [(move["before"], move["after"], move["number"]) for move in moves] == [
        ("not reviewed yet", "seed", 1), ("seed", "seedling", 1),
    ]  # fmt: skip
    for move in moves:
        assert "area=330102001051" in move["url"]
        listed = page_of(client, move["url"])
        assert listed.context["count"] == move["number"]
    assert "Open the review" in listed.content.decode()
    assert "理由在评审里" not in listed.content.decode()
    assert page_of(client, MOVES, area=place.next_community.code).context["count"] == 0
    assert page_of(client, MOVES, quarter="2026-Q2").context["count"] == 0
    assert page_of(client, MOVES, quarter="x", before="x", after="x").context["count"] == 2
    assert page_of(sign_in(place.other_staff), MOVES).context["count"] == 0


def test_without_a_decision_the_flow_says_when_it_begins(place, sign_in):
    client = sign_in(place.staff)
    assert "From the first decided review on" in page_of(client).content.decode()
    assert "No decision on growth yet" in page_of(client, MOVES).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_as_often_for_three_as_for_one(number, place, standard, sign_in, django_assert_num_queries):
    for organization in OrganizationFactory.create_batch(number, community=place.community):
        move_to(organization, "seed", datetime.date(2026, 2, 3))
        ActivityFactory(organization=organization, recorded_by=place.worker)
        ReviewFactory(organization=organization)
    client = sign_in(place.staff)
    client.get(BOARD)
    with django_assert_num_queries(BOARD_QUERIES):
        client.get(BOARD)
    with django_assert_num_queries(MOVES_QUERIES):
        client.get(MOVES)
