"""Each source says who is tied to whom, for any number of organizations in the same number of queries."""

import datetime

import pytest

from linkage.network import End, organization_end, ties_of
from linkage.registries import tie_sources
from linkage.services.network import occasions_of
from tests.factories.network import hold_meeting
from tests.factories.organizations import AgencyFactory, OrganizationFactory
from tests.factories.projects import STARTS_AT, ActivityFactory

BEGIN, AFTER = datetime.date(2026, 10, 1), datetime.date(2027, 1, 1)


@pytest.fixture
def three(place):
    """Three organizations of one community."""
    names = ("棋社", "合唱团", "读书会")
    return [OrganizationFactory(name=name, community=place.community) for name in names]


def ends_of(organization, source="", begin=BEGIN, after=AFTER):
    return set(ties_of(occasions_of([organization.pk], begin, after, source)).get(organization.pk, {}))


def end(organization):
    return organization_end(organization.pk)


def link_resource(organization, provider, **more):
    return ActivityFactory(organization=organization, kind="resource_link", details={"resource": "背心", "provider": provider}, **more)  # noqa: E501  # fmt: skip


@pytest.mark.django_db
class TestActivities:
    def test_all_that_one_activity_served_are_tied(self, three):
        ActivityFactory(organization=three[0], links=three[1:])
        assert ends_of(three[0], "activity") == {end(three[1]), end(three[2])}
        assert ends_of(three[2], "activity") == {end(three[0]), end(three[1])}

    def test_the_agency_of_the_record_is_an_end(self, three):
        agency = AgencyFactory()
        ActivityFactory(organization=three[0], agency=agency)
        assert ends_of(three[0]) == {End("social_worker", "agency", agency.pk)}

    def test_a_community_that_recorded_it_is_an_end(self, three):
        ActivityFactory(organization=three[0], source="community")
        assert ends_of(three[0]) == {End("community", "division", three[0].community_id)}

    @pytest.mark.parametrize(
        "facts", [{"returned": True}, {"outcome": "cancelled", "outcome_reason": "下雨"}], ids=["returned", "cancelled"]
    )
    def test_what_does_not_count_ties_nobody(self, three, facts):
        ActivityFactory(organization=three[0], links=three[1:], **facts)
        assert ends_of(three[0]) == set()

    def test_days_are_those_of_the_place(self, three):
        """Half past midnight of 1 October in Shanghai is September in Greenwich."""
        at = datetime.datetime(2026, 9, 30, 16, 30, tzinfo=datetime.UTC)
        ActivityFactory(organization=three[0], links=[three[1]], starts_at=at)
        assert ends_of(three[0]) == {end(three[1])}
        assert ends_of(three[0], begin=datetime.date(2026, 7, 1), after=BEGIN) == set()


@pytest.mark.django_db
class TestResources:
    def test_a_provider_is_a_body_by_its_name(self, three):
        link_resource(three[0], " 区商会 ")
        assert ends_of(three[0], "resource") == {End("enterprise", "name", "区商会")}

    def test_a_provider_with_the_name_of_an_organization_is_that_organization(self, three):
        link_resource(three[0], "合唱团")
        assert ends_of(three[0], "resource") == {end(three[1])}
        assert ends_of(three[1], "resource") == {end(three[0])}

    def test_the_one_of_the_same_community_is_meant(self, place, three):
        OrganizationFactory(name="合唱团", community=place.next_community)
        link_resource(three[0], "合唱团")
        assert ends_of(three[0], "resource") == {end(three[1])}

    def test_of_two_elsewhere_nobody_knows_which(self, place, three):
        street = place.next_community.parent
        OrganizationFactory(name="舞蹈队", community=place.next_community)
        other = type(place.next_community).objects.create(
            code=f"{street.code}099", name="新社区", level=5, parent=street, valid_from=datetime.date(2023, 1, 1)
        )
        OrganizationFactory(name="舞蹈队", community=other)
        link_resource(three[0], "舞蹈队")
        assert ends_of(three[0], "resource") == {End("other", "name", "舞蹈队")}

    def test_nobody_told_from_whom(self, three):
        link_resource(three[0], "")
        assert ends_of(three[0], "resource") == set()

    def test_an_organization_that_gives_and_is_served_is_tied_once(self, three):
        link_resource(three[0], "合唱团", links=[three[1]])
        found = ties_of(occasions_of([three[0].pk], BEGIN, AFTER))[three[0].pk][end(three[1])]
        assert (found.occasions, found.sources) == (1, ("activity", "resource"))


@pytest.mark.django_db
class TestMeetings:
    def test_those_at_the_table_are_tied(self, place, three):
        agency = AgencyFactory(name="同心社工")
        present = [
            ("organization", "", three[0]), ("organization", "", three[1]), ("social_worker", "同心社工", None),
            ("community", "", None), ("police", "派出所", None), ("police", "派出所", None), ("residents", "", None),
            ("street", "", None),
        ]  # fmt: skip
        hold_meeting(place.community, present)
        assert ends_of(three[0], "meeting") == {
            end(three[1]), End("social_worker", "agency", agency.pk), End("community", "division", place.community.pk),
            End("police", "name", "派出所"), End("residents", "party", "residents"),
            End("street", "division", place.community.parent_id),
        }  # fmt: skip
        assert ends_of(three[2], "meeting") == set()

    def test_in_a_meeting_of_a_street_the_community_is_known_by_its_name(self, place, three):
        short = place.community.name.removesuffix("居委会").removesuffix("社区")
        hold_meeting(place.street, [("organization", "", three[0]), ("community", f"{short}社区", None)])
        assert ends_of(three[0]) == {End("community", "division", place.community.pk)}

    def test_a_proxy_is_there(self, place, three):
        hold_meeting(place.community, [("organization", "", one) for one in three[:2]], presence="proxy")
        assert ends_of(three[0]) == {end(three[1])}

    @pytest.mark.parametrize(
        "facts", [{"status": "minutes_draft"}, {"presence": "excused"}, {"presence": "absent"}], ids=str
    )
    def test_who_was_not_there_or_is_not_confirmed_ties_nobody(self, place, three, facts):
        hold_meeting(place.community, [("organization", "", one) for one in three[:2]], **facts)
        assert ends_of(three[0]) == set()

    def test_a_meeting_that_became_a_record_is_told_once(self, place, three):
        activity = ActivityFactory(
            organization=three[0], kind="joint_meeting", links=[three[1]], details={}, starts_at=STARTS_AT
        )
        hold_meeting(place.community, [("organization", "", one) for one in three[:2]], at=STARTS_AT, activity=activity)
        found = ties_of(occasions_of([three[0].pk], BEGIN, AFTER))[three[0].pk][end(three[1])]
        assert (found.occasions, found.sources) == (1, ("activity", "meeting"))


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "queries"), [("activity", 1), ("resource", 2), ("meeting", 3)])
@pytest.mark.parametrize("number", [1, 3])
def test_a_source_costs_the_same_for_one_and_for_three(place, three, django_assert_num_queries, code, queries, number):
    AgencyFactory(name="同心社工")
    for one in three[:number]:
        link_resource(one, "区商会", links=[place.organization])
        hold_meeting(place.community, [("organization", "", one), ("social_worker", "同心社工", None)])
    with django_assert_num_queries(queries):
        assert tie_sources[code].occasions({one.pk for one in three[:number]}, BEGIN, AFTER)


@pytest.mark.django_db
def test_nobody_asked_for_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert occasions_of([], BEGIN, AFTER) == []
