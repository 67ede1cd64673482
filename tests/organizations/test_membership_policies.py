"""Who may do what with members: everybody × every verb, and the list against the policy."""

import datetime

import pytest

from incubator.base.policies import verdict
from organizations.models import Membership
from organizations.policies import membership as policies
from tests.factories.organizations import (
    AgencyFactory,
    AgencyServiceAreaFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.personas import PEOPLE, give_leader

COUNTS = {"staff", "evaluator", "finance", "district_admin", "admin"}
KEEPERS = {"worker", "community_staff", "hub", "leader"}
NAMES = KEEPERS | {"supervisor"}


@pytest.fixture
def scene(personas):
    """One organization with a member in the worker's street; it is led by ``leader`` and in the supervisor's area."""
    personas.organization = OrganizationFactory(community=personas.community)
    personas.member = MembershipFactory(organization=personas.organization)
    give_leader(personas.leader, personas.organization.uuid)
    give_leader(personas.other_leader, OrganizationFactory(community=personas.other_community).uuid)
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    return personas


def allowed(check, scene, thing):
    return {name for name in [*PEOPLE, "anonymous"] if verdict(check, getattr(scene, name), thing)}


@pytest.mark.parametrize(
    ("check", "about", "expected"),
    [
        (policies.check_list_memberships, "organization", NAMES | COUNTS),
        (policies.check_see_names, "organization", NAMES),
        (policies.check_export_memberships, "organization", NAMES),
        (policies.check_add_membership, "organization", KEEPERS),
        (policies.check_view_membership, "member", NAMES),
        (policies.check_update_membership, "member", KEEPERS),
        (policies.check_appoint_membership, "member", KEEPERS),
        (policies.check_end_membership, "member", KEEPERS),
    ],
)
def test_who_may(scene, check, about, expected):
    assert allowed(check, scene, getattr(scene, about)) == expected


def test_nobody_changes_a_member_who_left(scene):
    gone = MembershipFactory(organization=scene.organization, left_on=datetime.date(2026, 1, 1))
    assert allowed(policies.check_update_membership, scene, gone) == set()
    assert "has left" in verdict(policies.check_update_membership, scene.worker, gone).reason


def test_nobody_adds_to_a_dissolved_organization(scene):
    gone = OrganizationFactory(community=scene.community, dissolved=True)
    assert allowed(policies.check_add_membership, scene, gone) == set()


def test_the_list_of_members_agrees_with_the_policy(scene):
    members = [
        scene.member,
        MembershipFactory(organization=OrganizationFactory(community=scene.other_community)),
        MembershipFactory(organization=OrganizationFactory(community=scene.far_community)),
    ]
    for name in PEOPLE:
        person = getattr(scene, name)
        seen = set(Membership.objects.visible_to(person))
        assert seen == {m for m in members if verdict(policies.check_view_membership, person, m)}, name
