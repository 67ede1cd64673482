import uuid

import pytest

from incubator.accounts.choices import Role, Scope
from incubator.accounts.registries import Body, bodies

TEAM = uuid.UUID("11111111-1111-4111-8111-111111111111")
FAR_TEAM = uuid.UUID("22222222-2222-4222-8222-222222222222")


@pytest.fixture
def team_body(personas):
    """A toy body: two teams, one in the personas' street and one far away."""
    before = bodies.get("organization")
    if before:
        bodies.unregister("organization")
    places = {TEAM: personas.community, FAR_TEAM: personas.far_community}
    names = {TEAM: "治安服务队", FAR_TEAM: "远方合唱团"}

    class Team(Body):
        code = "organization"
        scope = Scope.ORGANIZATION
        name = "organization"

        @classmethod
        def search(cls, user, text):
            return [(key, name) for key, name in names.items() if text in name and cls.may_grant(user, key)]

        @classmethod
        def labels(cls, uuids):
            return {key: names[key] for key in uuids if key in names}

        @classmethod
        def may_grant(cls, user, uuid):
            return user.access.covers(places[uuid], Role.STREET_STAFF, Role.DISTRICT_ADMIN, Role.HUB_CENTER)

        @classmethod
        def within(cls, divisions):
            return [key for key, place in places.items() if any(root.contains(place) for root in divisions)]

        @classmethod
        def division(cls, uuid):
            return places[uuid]

    bodies.register(Team)
    yield Team
    bodies.unregister("organization")
    if before:
        bodies.register(before)
