"""Who may do what with an organization, as a table; and lists and policies say the same."""

import pytest

from incubator.base.policies import verdict
from incubator.divisions.models import Division
from organizations.models import SocialOrganization
from organizations.policies import community as community_policies
from organizations.policies import organization as policies
from organizations.policies import place as place_policies
from organizations.querysets import communities_visible_to
from tests.factories.organizations import AgencyFactory, AgencyServiceAreaFactory, OrganizationFactory, PlaceFactory
from tests.personas import give_leader

ALL = {
    "worker", "other_worker", "staff", "other_staff", "community_staff", "leader", "other_leader", "supervisor", "hub",
    "expert", "evaluator", "funder", "finance", "grid_worker", "district_admin", "admin", "stranger",
}  # fmt: skip
SEE = {
    "worker",
    "staff",
    "community_staff",
    "leader",
    "supervisor",
    "hub",
    "evaluator",
    "finance",
    "district_admin",
    "admin",
}
KEEP = {"worker", "staff", "community_staff", "hub", "district_admin"}
# verb: who may, for an organization in the first community of the first street
TABLE = {
    policies.check_view_organization: SEE,
    policies.check_update_organization: KEEP | {"leader"},
    policies.check_rest_organization: KEEP | {"leader"},
    policies.check_wake_organization: KEEP | {"leader"},
    policies.check_dissolve_organization: {"staff", "community_staff", "district_admin"},
    policies.check_view_contact: {"worker", "community_staff", "hub", "leader", "supervisor"},
}
REGISTER = KEEP
SEE_COMMUNITY = SEE | {"grid_worker"}


@pytest.fixture
def scene(personas):
    """The first organization is led by ``leader`` and served by the agency of ``supervisor``; another one lies in the other
    street, one far away."""
    agency = AgencyFactory(uuid=personas.agency_uuid)
    AgencyServiceAreaFactory(agency=agency, division=personas.street)
    personas.organization = OrganizationFactory(community=personas.community)
    personas.next = OrganizationFactory(community=personas.next_community)
    personas.other = OrganizationFactory(community=personas.other_community)
    personas.far = OrganizationFactory(community=personas.far_community)
    give_leader(personas.leader, personas.organization.uuid)
    give_leader(personas.other_leader, personas.other.uuid)
    return personas


def allowed(scene, check, thing):
    return {name for name in ALL if verdict(check, getattr(scene, name), thing)}


@pytest.mark.parametrize("check", TABLE, ids=lambda check: check.__name__)
def test_each_verb_is_open_to_exactly_these_people(scene, check):
    assert allowed(scene, check, scene.organization) == TABLE[check]


def test_register_organization_is_open_to_exactly_these_people(scene):
    assert allowed(scene, policies.check_register_organization, scene.community) == REGISTER


def test_nobody_of_another_place_keeps_an_organization(scene):
    assert allowed(scene, policies.check_update_organization, scene.far) == set()
    assert allowed(scene, policies.check_view_organization, scene.far) == {"admin"}


def test_a_visitor_may_nothing(scene):
    for check in TABLE:
        assert verdict(check, scene.anonymous, scene.organization).reason == "Please sign in first."


def test_a_dissolved_organization_is_not_changed(scene):
    gone = OrganizationFactory(community=scene.community, dissolved=True)
    assert allowed(scene, policies.check_update_organization, gone) == set()
    assert verdict(policies.check_update_organization, scene.staff, gone).reason == (
        "The organization is dissolved; its file is closed."
    )


def test_visible_to_and_check_view_organization_agree(scene):
    everything = [scene.organization, scene.next, scene.other, scene.far]
    for name in ALL:
        user = getattr(scene, name)
        seen = set(SocialOrganization.objects.visible_to(user))
        assert seen == {thing for thing in everything if verdict(policies.check_view_organization, user, thing)}, name


def test_communities_visible_to_and_check_view_community_agree(scene):
    communities = list(Division.objects.communities())
    for name in ALL:
        user = getattr(scene, name)
        seen = set(communities_visible_to(user))
        expected = {place for place in communities if verdict(community_policies.check_view_community, user, place)}
        assert seen == expected, name


def test_a_community_is_seen_kept_and_its_places_listed_by_exactly_these_people(scene):
    place = PlaceFactory(community=scene.community)
    assert allowed(scene, community_policies.check_view_community, scene.community) == SEE_COMMUNITY
    assert allowed(scene, community_policies.check_update_community, scene.community) == KEEP
    for check in (
        place_policies.check_rename_place, place_policies.check_retire_place, place_policies.check_restore_place
    ):  # fmt: skip
        assert allowed(scene, check, place) == {"staff", "community_staff"}
    assert allowed(scene, place_policies.check_add_place, scene.community) == {"staff", "community_staff"}


def test_export_is_refused_to_people_without_any_role(scene):
    assert not verdict(policies.check_export_organizations, scene.stranger)
    assert verdict(policies.check_export_organizations, scene.worker)


def test_contact_reader_says_what_check_view_contact_says(scene):
    for name in ALL - {"admin"}:
        user = getattr(scene, name)
        reads = policies.contact_reader(user)
        for thing in (scene.organization, scene.other, scene.far):
            assert reads(thing.uuid, thing.community.code) == bool(verdict(policies.check_view_contact, user, thing)), (
                name
            )


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812341234", "138****1234"), ("057187654321", "057****4321"), ("12345", "****"), ("", "")],
)
def test_phones_are_masked(phone, shown):
    assert policies.masked_phone(phone) == shown
