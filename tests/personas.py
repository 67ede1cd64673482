"""The fixed people of every test. Two streets of one district are served by different people; Lanzhou is far away.

``personas.worker`` and so on are saved users with their grants; ``personas.anonymous`` has not signed in. Leaders get
their organization by ``give_leader(personas.leader, organization.uuid)`` once there is one.
"""

import uuid
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser

from incubator.accounts.choices import ROLE_SCOPES, Role, Scope
from incubator.accounts.models import RoleGrant, User
from tests.factories.accounts import GRANTED_ON, password_hash
from tests.factories.divisions import load_divisions

DISTRICT = "330102"
STREET = "330102001"
OTHER_STREET = "330102003"
COMMUNITY = "330102001051"
NEXT_COMMUNITY = "330102001052"
OTHER_COMMUNITY = "330102003050"
FAR_DISTRICT = "620102"
FAR_STREET = "620102001"
FAR_COMMUNITY = "620102001001"
AGENCY = uuid.UUID("5b0a6a50-7c58-4f0e-9b7e-2f1f4c1d0a01")

# name of the attribute: (what people call them, role, code of the place)
PEOPLE = {
    "worker": ("王社工", Role.SOCIAL_WORKER, STREET),
    "other_worker": ("李社工", Role.SOCIAL_WORKER, OTHER_STREET),
    "staff": ("赵街道", Role.STREET_STAFF, STREET),
    "other_staff": ("钱街道", Role.STREET_STAFF, OTHER_STREET),
    "community_staff": ("孙社区", Role.COMMUNITY_STAFF, COMMUNITY),
    "leader": ("周队长", None, None),
    "other_leader": ("吴队长", None, None),
    "supervisor": ("郑督导", Role.AGENCY_SUPERVISOR, None),
    "hub": ("冯中心", Role.HUB_CENTER, DISTRICT),
    "expert": ("陈专家", Role.EXPERT, DISTRICT),
    "evaluator": ("褚评估", Role.EVALUATOR, DISTRICT),
    "funder": ("卫资助", Role.FUNDER, DISTRICT),
    "finance": ("蒋财务", Role.FINANCE, DISTRICT),
    "grid_worker": ("沈网格", Role.GRID_WORKER, COMMUNITY),
    "district_admin": ("韩民政", Role.DISTRICT_ADMIN, DISTRICT),
    "admin": ("杨平台", Role.PLATFORM_ADMIN, None),
    "stranger": ("朱路人", None, None),
}


def give_grant(user, role, *, division=None, body_uuid=None):
    """One more active role; what the user object remembered about its grants is forgotten."""
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        scope=ROLE_SCOPES.get(role, Scope.DIVISION),
        division=division,
        body_uuid=body_uuid,
        valid_from=GRANTED_ON,
    )
    user.__dict__.pop("access", None)
    return grant


def give_leader(user, organization_uuid):
    """Make the person leader of one organization."""
    return give_grant(user, Role.ORGANIZATION_LEADER, body_uuid=organization_uuid)


def make_personas():
    """All people with their grants, and the places they serve, in a handful of queries."""
    codes = (COMMUNITY, NEXT_COMMUNITY, OTHER_COMMUNITY, FAR_COMMUNITY)
    places = load_divisions(codes)
    people = User.objects.bulk_create(
        User(username=key, name=name, password=password_hash()) for key, (name, _role, _code) in PEOPLE.items()
    )
    by_key = {person.username: person for person in people}
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=by_key[key],
            role=role,
            scope=ROLE_SCOPES.get(role, Scope.DIVISION),
            division=places[code] if code else None,
            body_uuid=AGENCY if role == Role.AGENCY_SUPERVISOR else None,
            valid_from=GRANTED_ON,
        )
        for key, (_name, role, code) in PEOPLE.items()
        if role
    )
    return SimpleNamespace(
        **by_key,
        anonymous=AnonymousUser(),
        everybody=people,
        agency_uuid=AGENCY,
        district=places[DISTRICT],
        street=places[STREET],
        other_street=places[OTHER_STREET],
        community=places[COMMUNITY],
        next_community=places[NEXT_COMMUNITY],
        other_community=places[OTHER_COMMUNITY],
        far_district=places[FAR_DISTRICT],
        far_street=places[FAR_STREET],
        far_community=places[FAR_COMMUNITY],
    )
