"""Pages of support networks: who reads them, what they name, what they cost."""

import datetime
import itertools
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from incubator.base.policies import verdict
from linkage.network import organization_end
from linkage.policies.network import (
    check_view_organization_network,
    check_view_place_network,
    network_places,
)
from linkage.services.network import names_of, network_of, token_of
from linkage.services.place_network import alone_with_proposals, place_network
from linkage.views.network import FIRST_YEAR
from linkage.views.network_picture import columns_of, spots_of
from organizations.models import SocialOrganization
from projects.models import Activity
from tests.factories.network import hold_meeting
from tests.factories.organizations import AgencyFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory

SUMMER = datetime.datetime(2026, 8, 4, 2, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 20)


@pytest.fixture
def three(place):
    """Three organizations of one community, on 20 November 2026."""
    with time_machine.travel(datetime.datetime(2026, 11, 20, 2, 0, tzinfo=datetime.UTC), tick=False):
        yield [OrganizationFactory(name=name, community=place.community) for name in ("棋社", "合唱团", "读书会")]


def page(organization, **query):
    return reverse("linkage:organization-network", args=[organization.uuid], query=query)


def records(organization, **query):
    return reverse("linkage:organization-network-records", args=[organization.uuid], query=query)


def text_of(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_whoever_reads_the_activities_reads_the_network(place, three):
    for user in (place.worker, place.staff, place.community_staff, place.supervisor, place.hub, place.district_admin):
        assert verdict(check_view_organization_network, user, three[0])
    for user in (place.other_worker, place.other_staff, place.leader, place.admin, place.finance, place.stranger):
        assert not verdict(check_view_organization_network, user, three[0])
    assert verdict(check_view_organization_network, place.leader, place.organization)


def test_policy_and_pages_agree(place, three, sign_in):
    for user in place.everybody:
        seen = SocialOrganization.objects.visible_to(user).filter(pk=three[0].pk).exists()
        allowed = seen and bool(verdict(check_view_organization_network, user, three[0]))
        assert sign_in(user).get(page(three[0])).status_code == (200 if allowed else 403 if seen else 404)


def test_the_page_names_ends_and_says_what_is_new(place, three, sign_in):
    ActivityFactory(organization=three[0], links=[three[1]], starts_at=SUMMER)
    ActivityFactory(organization=three[0], links=three[1:])
    found = text_of(sign_in(place.worker).get(page(three[0])))
    assert "2 ties in 2026 Q4; in 2025 Q1 there were 0" in found
    assert found.count("合唱团") >= 2
    assert "读书会" in found
    assert found.count('class="status status-success">new') == 1 or found.count(">new<") == 1


def test_a_tie_that_is_no_more_is_told(place, three, sign_in):
    ActivityFactory(organization=three[0], links=[three[1]], starts_at=SUMMER)
    ActivityFactory(organization=three[0], links=[three[2]])
    assert "in the quarter before, not in this one" in text_of(sign_in(place.worker).get(page(three[0])))


def test_without_ties_the_page_says_how_they_come_about(place, three, sign_in):
    assert "Nothing is entered here." in text_of(sign_in(place.worker).get(page(three[0])))


def test_an_organization_of_another_place_is_counted_and_not_named(place, three, sign_in):
    ActivityFactory(organization=three[0], links=[place.other_organization])
    found = text_of(sign_in(place.worker).get(page(three[0])))
    assert "1 tie in 2026 Q4" in found
    assert "an organization of another place" in found
    assert place.other_organization.name not in found
    assert str(place.other_organization.uuid) not in found
    listed = text_of(sign_in(place.worker).get(records(three[0], quarter="2026-Q4")))
    assert place.other_organization.name not in listed
    assert str(place.other_organization.uuid) not in listed


def test_a_token_does_not_say_who_it_is(place, three):
    end = organization_end(three[0].pk)
    assert re.fullmatch("[0-9a-f]{12}", token_of(end))
    assert token_of(end) != token_of(organization_end(three[1].pk))
    assert names_of({end}, place.other_worker)[end].is_hidden


@pytest.mark.parametrize("quarter", ["", "2026-Q9", "0001-Q1", "9999-Q1", "2027-Q1", "x", "2000-Q4", "2001-Q1"])
def test_any_quarter_in_the_address_gives_a_page(place, three, sign_in, quarter):
    ActivityFactory(organization=three[0], links=[three[1]])
    client = sign_in(place.worker)
    for name in ("quarter", "until"):
        assert client.get(page(three[0], **{name: quarter})).status_code == 200
        assert client.get(reverse("linkage:place-network", query={name: quarter})).status_code == 200
    assert client.get(records(three[0], quarter=quarter)).status_code == 200
    assert FIRST_YEAR == 2000


def test_behind_each_number_are_its_records(place, three, sign_in):
    old = ActivityFactory(organization=three[0], links=[three[1]], starts_at=SUMMER, title="夏天的事")
    new = ActivityFactory(organization=three[0], links=[three[2]], title="秋天的事")
    client = sign_in(place.worker)
    asked = {
        (): [new], (("change", "new"),): [new], (("change", "lost"),): [old], (("party", "police"),): [],
        (("party", "organization"),): [new], (("end", token_of(organization_end(three[2].pk))),): [new],
    }  # fmt: skip
    for more, expected in asked.items():
        found = text_of(client.get(records(three[0], quarter="2026-Q4", **dict(more))))
        assert [one for one in (old, new) if one.get_absolute_url() in found] == expected


def test_an_end_that_is_not_there_is_not_found(place, three, sign_in):
    assert sign_in(place.worker).get(records(three[0], end="0" * 12)).status_code == 404


def test_records_that_others_read_are_counted(place, three, sign_in):
    """The activity of another street served the organization; its leader reads it, somebody of the far place does not."""
    hold_meeting(place.street, [("organization", "", three[0]), ("police", "派出所", None)], activity=None)
    found = text_of(sign_in(place.community_staff).get(records(three[0], quarter="2026-Q4")))
    assert "1 record more counts; it is read by others than you." in found


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(place, three, sign_in, django_assert_num_queries, number):
    AgencyFactory(name="同心社工")
    friends = [OrganizationFactory(community=place.community) for _ in range(3)]
    for friend in friends[:number]:
        ActivityFactory(organization=three[0], links=[friend])
        ActivityFactory(
            organization=three[0], links=[friend], kind="resource_link", details={"resource": "x", "provider": "区商会"}
        )
        hold_meeting(place.community, [("organization", "", three[0]), ("social_worker", "同心社工", None)])
    client = sign_in(place.worker)
    client.get(page(three[0]))
    with django_assert_num_queries(19):
        assert client.get(page(three[0])).status_code == 200


# --- the place ---------------------------------------------------------------------------------------------------------


def test_the_network_of_a_place_is_read_by_those_who_accompany_it(place, sign_in):
    for user in (place.worker, place.staff, place.community_staff, place.supervisor, place.hub, place.district_admin):
        assert sign_in(user).get(reverse("linkage:place-network")).status_code == 200
    for user in (place.leader, place.admin, place.finance, place.stranger, place.grid_worker):
        assert sign_in(user).get(reverse("linkage:place-network")).status_code == 403
        with pytest.raises(PermissionDenied):
            check_view_place_network(user)


def test_a_foreign_place_is_not_found(place, sign_in):
    for code in (place.other_street.code, place.far_community.code, "x"):
        assert sign_in(place.staff).get(reverse("linkage:place-network", query={"place": code})).status_code == 404


def test_places_stand_in_the_order_of_their_codes(place):
    codes = [one.code for one in network_places(place.staff)]
    assert codes == sorted(codes)
    assert codes[0] == place.street.code


def test_density_and_who_stands_alone(place, three):
    ActivityFactory(organization=three[0], links=[three[1]])
    network = place_network(place.community, place.staff, until=TODAY)
    now = network.quarters[-1]
    assert [one.pk for one in network.organizations][:1]
    assert len(network.organizations) == 4
    assert now.density == pytest.approx(1 / 6)
    assert (len(now.pairs), now.new, now.lost, now.outside) == (1, 1, 0, 0)
    alone = alone_with_proposals(network, now)
    assert {one.name for one, _near in alone} == {"读书会", place.organization.name}
    assert all(len(near) == 3 for _one, near in alone)


def test_who_rests_is_not_called_alone(place, three):
    OrganizationFactory(name="休息的", community=place.community, dormant=True)
    network = place_network(place.community, place.staff, until=TODAY)
    assert "休息的" not in {one.name for one, _near in alone_with_proposals(network, network.quarters[-1])}


def test_who_shared_something_in_the_quarter_before_is_not_alone(place, three):
    ActivityFactory(organization=three[0], links=[three[1]], starts_at=SUMMER)
    network = place_network(place.community, place.staff, until=TODAY)
    found = {one.name for one, _near in alone_with_proposals(network, network.quarters[-1])}
    assert found == {"读书会", place.organization.name}


def test_one_source_alone_can_be_looked_at(place, three, sign_in):
    hold_meeting(place.community, [("organization", "", one) for one in three])
    client, url = sign_in(place.staff), "linkage:place-network"
    asked = {"place": place.community.code}
    assert "3 of 4 organizations shared something in 2026 Q4" in text_of(client.get(reverse(url, query=asked)))
    found = text_of(client.get(reverse(url, query=asked | {"source": "activity"})))
    assert "No two organizations shared anything in 2026 Q4" in found


def test_a_pair_s_number_opens_its_records(place, three, sign_in):
    activity = ActivityFactory(organization=three[0], links=[three[1]])
    client = sign_in(place.staff)
    found = text_of(client.get(reverse("linkage:place-network", query={"place": place.community.code})))
    (url,) = {one.replace("&amp;", "&") for one in re.findall(r'href="([^"]*network/records/[^"]*)"', found)}
    assert activity.get_absolute_url() in text_of(client.get(url))


def test_beyond_forty_organizations_communities_are_shown(place, sign_in):
    for number in range(41):
        OrganizationFactory(name=f"组织{number}", community=place.community if number % 2 else place.next_community)
    ones = list(SocialOrganization.objects.filter(community=place.community).order_by("pk")[:2])
    ActivityFactory(organization=ones[0], links=[ones[1]], starts_at=timezone.now())
    found = text_of(sign_in(place.staff).get(reverse("linkage:place-network", query={"place": place.street.code})))
    assert 'class="net-matrix"' in found
    assert "net-wide" not in found


@pytest.mark.parametrize("number", [1, 3])
def test_a_place_costs_the_same_for_one_and_for_three(place, sign_in, django_assert_num_queries, number):
    AgencyFactory(name="同心社工")
    for _number in range(number):
        one = OrganizationFactory(community=place.community)
        ActivityFactory(organization=one, links=[place.organization])
        ActivityFactory(organization=one, kind="resource_link", details={"resource": "x", "provider": "区商会"})
        hold_meeting(place.community, [("organization", "", one), ("social_worker", "同心社工", None)])
    client = sign_in(place.staff)
    client.get(reverse("linkage:place-network"))
    with django_assert_num_queries(13):
        assert client.get(reverse("linkage:place-network")).status_code == 200


def test_numbers_are_the_same_for_every_reader(place, three):
    ActivityFactory(organization=three[0], links=[three[1], place.other_organization])
    numbers = {
        str([quarter.numbers for quarter in network_of(three[0], user, until=TODAY).quarters])
        for user in (place.worker, place.district_admin, place.community_staff)
    }
    assert len(numbers) == 1
    assert Activity.objects.count() == 1


def test_names_in_the_columns_do_not_lie_on_one_another():
    spots = spots_of([(number, "a" if number < 9 else "b") for number in range(40)])
    _headers, height = columns_of(spots, {"a": "A", "b": "B"})
    for side in (1, -1):
        lines = sorted(float(spot.column["y"]) for spot in spots if spot.side == side)
        assert all(after - before >= 20 for before, after in itertools.pairwise(lines))
        assert lines[0] > 0
        assert lines[-1] < height
