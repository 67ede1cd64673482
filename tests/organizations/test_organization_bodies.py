"""Roles are granted on organizations, so accounts asks this app about them."""

import uuid

from incubator.accounts.registries import body_of
from tests.factories.organizations import OrganizationFactory


def test_organizations_are_bodies_of_roles(personas):
    body = body_of("organization")
    mine = OrganizationFactory(name="治安服务队", pinyin="zhianfuwudui zafwd", community=personas.community)
    other = OrganizationFactory(community=personas.other_community)
    assert body.search(personas.staff, "zafwd") == [(mine.uuid, f"治安服务队（{personas.community.name}）")]
    assert body.search(personas.other_staff, "zafwd") == []
    assert body.labels([mine.uuid, other.uuid, uuid.uuid4()]) == {mine.uuid: mine.name, other.uuid: other.name}
    assert [body.may_grant(user, mine.uuid) for user in (personas.staff, personas.admin, personas.district_admin)] == [
        True
    ] * 3
    assert [body.may_grant(user, mine.uuid) for user in (personas.other_staff, personas.worker)] == [False] * 2
    assert {row["uuid"] for row in body.within([personas.street])} == {mine.uuid}
    assert body.division(mine.uuid) == personas.community
    assert body.division(uuid.uuid4()) is None
