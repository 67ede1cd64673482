"""Persona × verb. Each table names who may; everybody else is refused with a sentence."""

import pytest
from django.core.exceptions import PermissionDenied

from incubator.accounts import policies
from incubator.accounts.choices import Role, Scope, scope_of
from incubator.accounts.models import Invitation, RoleGrant, User
from incubator.base.policies import verdict
from tests.factories.accounts import UserFactory
from tests.incubator.accounts.conftest import FAR_TEAM, TEAM
from tests.personas import PEOPLE

GRANTERS = {"admin", "district_admin", "staff", "other_staff", "hub"}


def who_may(personas, check, thing=None):
    allowed = set()
    for key in (*PEOPLE, "anonymous"):
        answer = verdict(check, getattr(personas, key), *([thing] if thing is not None else []))
        if answer:
            allowed.add(key)
        else:
            assert answer.reason, f"{key} is refused without a sentence"
    return allowed


@pytest.mark.parametrize("check", [policies.check_list_users, policies.check_invite_people])
def test_people_are_looked_after_by_those_who_give_roles(personas, check):
    assert who_may(personas, check) == GRANTERS


IN_STREET = {"admin", "district_admin", "staff"}
PLACED = {
    (Role.SOCIAL_WORKER, "street"): IN_STREET | {"hub"},
    (Role.SOCIAL_WORKER, "community"): IN_STREET | {"hub"},
    (Role.SOCIAL_WORKER, "district"): {"admin", "district_admin", "hub"},
    (Role.SOCIAL_WORKER, "far_street"): {"admin"},
    (Role.SOCIAL_WORKER, "other_street"): {"admin", "district_admin", "other_staff", "hub"},
    (Role.COMMUNITY_STAFF, "community"): IN_STREET,
    (Role.GRID_WORKER, "community"): IN_STREET,
    (Role.STREET_STAFF, "street"): {"admin", "district_admin"},
    (Role.HUB_CENTER, "street"): {"admin", "district_admin"},
    (Role.EXPERT, "district"): {"admin", "district_admin"},
    (Role.EVALUATOR, "district"): {"admin", "district_admin"},
    (Role.FUNDER, "district"): {"admin", "district_admin"},
    (Role.FINANCE, "district"): {"admin", "district_admin"},
    (Role.DISTRICT_ADMIN, "district"): {"admin", "district_admin"},
    (Role.DISTRICT_ADMIN, "far_district"): {"admin"},
}


@pytest.mark.parametrize(("role", "place"), list(PLACED))
def test_who_may_give_which_role_where(personas, role, place):
    somebody = UserFactory()
    grant = RoleGrant(user=somebody, role=role, scope=Scope.DIVISION, division=getattr(personas, place))
    invitation = Invitation(role=role, scope=Scope.DIVISION, division=getattr(personas, place))

    assert who_may(personas, policies.check_grant_role, grant) == PLACED[role, place]
    assert who_may(personas, policies.check_revoke_role, grant) == PLACED[role, place]
    assert who_may(personas, policies.check_invite_person, invitation) == PLACED[role, place]


def test_only_platform_admins_make_platform_admins(personas):
    grant = RoleGrant(user=UserFactory(), role=Role.PLATFORM_ADMIN, scope=Scope.PLATFORM)

    assert who_may(personas, policies.check_grant_role, grant) == {"admin"}


@pytest.mark.parametrize(
    ("team", "expected"), [(TEAM, {"admin", "district_admin", "staff", "hub"}), (FAR_TEAM, {"admin"})]
)
def test_leaders_are_made_by_those_whose_place_the_organization_stands_in(personas, team_body, team, expected):
    grant = RoleGrant(
        user=UserFactory(), role=Role.ORGANIZATION_LEADER, scope=Scope.ORGANIZATION, body_uuid=team
    )
    assert who_may(personas, policies.check_grant_role, grant) == expected


def test_a_role_on_a_body_that_nobody_registered_is_given_by_platform_admins_only(personas):
    grant = RoleGrant(user=UserFactory(), role=Role.AGENCY_SUPERVISOR, scope="nothing", body_uuid=TEAM)

    assert who_may(personas, policies.check_grant_role, grant) == {"admin"}


@pytest.mark.parametrize("key", sorted(GRANTERS))
def test_nobody_gives_or_ends_their_own_role(personas, key):
    person = getattr(personas, key)
    grant = RoleGrant(user=person, role=Role.SOCIAL_WORKER, scope=Scope.DIVISION, division=personas.community)

    for check in (policies.check_grant_role, policies.check_revoke_role):
        with pytest.raises(PermissionDenied):
            check(person, grant)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("worker", {"admin", "district_admin", "staff", "hub"}),
        ("community_staff", {"admin", "district_admin", "staff"}),
        ("staff", {"admin", "district_admin"}),
        ("district_admin", {"admin"}),
        ("admin", set()),
        ("stranger", {"admin"}),
    ],
)
def test_an_account_is_closed_and_opened_by_those_who_look_after_all_its_roles(personas, key, expected):
    person = getattr(personas, key)
    assert who_may(personas, policies.check_deactivate_user, person) == expected

    closed = User.objects.get(pk=person.pk)
    closed.is_active = False
    assert who_may(personas, policies.check_reactivate_user, closed) == expected


def test_a_role_elsewhere_keeps_the_street_from_closing_an_account(personas):
    from tests.personas import give_grant

    give_grant(personas.worker, Role.SOCIAL_WORKER, division=personas.other_street)

    assert who_may(personas, policies.check_deactivate_user, personas.worker) == {"admin", "district_admin", "hub"}


def test_what_is_visible_and_what_may_be_viewed_agree(personas, team_body):
    from tests.personas import give_leader

    give_leader(personas.leader, TEAM)
    give_leader(personas.other_leader, FAR_TEAM)
    for viewer in personas.everybody:
        visible = set(User.objects.visible_to(viewer).values_list("pk", flat=True))
        allowed = {person.pk for person in personas.everybody if verdict(policies.check_view_user, viewer, person)}
        assert visible == allowed, viewer.username


def test_staff_see_the_people_of_their_street_and_its_organizations(personas, team_body):
    from tests.personas import give_leader

    give_leader(personas.leader, TEAM)
    give_leader(personas.other_leader, FAR_TEAM)
    seen = set(User.objects.visible_to(personas.staff).values_list("username", flat=True))

    assert seen == {"staff", "worker", "community_staff", "grid_worker", "leader"}
    assert set(User.objects.visible_to(personas.worker).values_list("username", flat=True)) == {"worker"}
    assert not User.objects.visible_to(personas.anonymous).exists()


def test_every_role_has_a_scope():
    assert {role: scope_of(role) for role in Role if scope_of(role) != Scope.DIVISION} == {
        Role.ORGANIZATION_LEADER: Scope.ORGANIZATION,
        Role.AGENCY_SUPERVISOR: Scope.AGENCY,
        Role.PLATFORM_ADMIN: Scope.PLATFORM,
    }
