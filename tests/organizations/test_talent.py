"""能人库: who sees and keeps it, what the history says, the pages."""

import uuid

import pytest
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from organizations.models import Talent
from organizations.policies import talent as policies
from organizations.services.talent import add_talent, move_talent, update_talent
from tests.factories.organizations import AgencyFactory, AgencyServiceAreaFactory, OrganizationFactory, TalentFactory
from tests.personas import PEOPLE

KEEPERS = {"worker", "community_staff", "hub"}
LIST = reverse("organizations:talent-list")


@pytest.fixture
def scene(personas):
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    personas.talent = TalentFactory(community=personas.community, name="张秀英", phone="13812341234")
    return personas


def address(name, talent):
    return reverse(f"organizations:talent-{name}", args=[talent.uuid])


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (policies.check_view_talent, KEEPERS | {"supervisor"}),
        (policies.check_update_talent, KEEPERS),
        (policies.check_move_talent, KEEPERS),
    ],
)
def test_who_may_with_one_talent(scene, check, expected):
    names = [*PEOPLE, "anonymous"]
    assert {name for name in names if verdict(check, getattr(scene, name), scene.talent)} == expected


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (policies.check_list_talents, KEEPERS | {"other_worker", "supervisor"}),
        (policies.check_add_talent, KEEPERS | {"other_worker"}),
    ],
)
def test_who_may_at_all(scene, check, expected):
    assert {name for name in [*PEOPLE, "anonymous"] if verdict(check, getattr(scene, name))} == expected


def test_the_list_of_talents_agrees_with_the_policy(scene):
    talents = [
        scene.talent,
        *(TalentFactory(community=place) for place in (scene.other_community, scene.far_community)),
    ]
    for name in PEOPLE:
        person = getattr(scene, name)
        expected = {talent for talent in talents if verdict(policies.check_view_talent, person, talent)}
        assert set(Talent.objects.visible_to(person)) == expected, name


def test_add_update_and_move_leave_one_event_each_without_names(scene):
    facts = {"uuid": uuid.uuid4(), "community": scene.community, "name": "李建国", "skill": "二胡"}
    talent = add_talent(actor=scene.worker, **facts)
    update_talent(talent_id=talent.pk, actor=scene.worker, skill="京胡")
    update_talent(talent_id=talent.pk, actor=scene.worker, skill="京胡")
    move_talent(talent_id=talent.pk, actor=scene.worker, step="backbone")
    events = AuditEvent.objects.order_by("pk")
    assert [(event.verb, event.target_label, event.data) for event in events] == [
        ("talent.added", "•••", {"step": "talent"}),
        ("talent.updated", "•••", {"changes": {"skill": ["•••", "•••"]}}),
        ("talent.moved", "•••", {"from": "talent", "to": "backbone"}),
    ]


def test_move_talent_to_the_same_step_is_refused(scene):
    with pytest.raises(RuleViolation, match="already"):
        move_talent(talent_id=scene.talent.pk, actor=scene.worker, step="talent")
    assert AuditEvent.objects.count() == 0


def test_an_organization_of_another_community_is_refused(scene):
    foreign = OrganizationFactory(community=scene.next_community)
    with pytest.raises(RuleViolation, match="another community"):
        update_talent(talent_id=scene.talent.pk, actor=scene.worker, organization=foreign)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_one_and_for_three(scene, sign_in, django_assert_num_queries, rows):
    organization = OrganizationFactory(community=scene.community)
    TalentFactory.create_batch(rows - 1, community=scene.community, organization=organization)
    client = sign_in(scene.worker)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_list_can_be_searched_and_narrowed(scene, sign_in):
    TalentFactory(community=scene.next_community, name="李建国", skill="二胡", step="backbone")
    client = sign_in(scene.worker)
    for query in ({"q": "二胡"}, {"step": "backbone"}, {"area": scene.next_community.code}):
        page = client.get(LIST, query).content.decode()
        assert "李建国" in page, query
        assert "张秀英" not in page, query


@pytest.mark.parametrize("person", ["staff", "district_admin", "admin", "leader", "evaluator", "stranger"])
def test_list_is_refused_with_the_reason(scene, sign_in, person):
    response = sign_in(getattr(scene, person)).get(LIST)
    assert response.status_code == 403
    assert "张秀英" not in response.content.decode()
    assert "shown to those who serve these people" in response.content.decode()


def test_add_form_sent_twice_makes_one_talent(scene, sign_in):
    client = sign_in(scene.worker)
    assert client.get(reverse("organizations:talent-add")).status_code == 200
    facts = {"uuid": uuid.uuid4(), "community": scene.community.code, "name": "李建国", "skill": "二胡"}
    for _click in range(2):
        assert client.post(reverse("organizations:talent-add"), facts).url == LIST
    assert Talent.objects.filter(name="李建国").count() == 1
    assert AuditEvent.objects.count() == 1


def test_a_foreign_community_is_no_choice(scene, sign_in):
    facts = {"uuid": uuid.uuid4(), "community": scene.other_community.code, "name": "李建国", "skill": "二胡"}
    assert sign_in(scene.worker).post(reverse("organizations:talent-add"), facts).status_code == 422
    assert Talent.objects.count() == 1


def test_update_and_move_by_form(scene, sign_in):
    organization = OrganizationFactory(community=scene.community)
    client = sign_in(scene.worker)
    steps = (
        ("update", {"name": "张秀英", "skill": "书法", "organization": organization.uuid, "is_active": "on"}),
        ("move", {"step": "reserve"}),
    )
    for name, facts in steps:
        assert client.get(address(name, scene.talent)).status_code == 200
        assert client.post(address(name, scene.talent), facts).url == LIST
    scene.talent.refresh_from_db()
    assert (scene.talent.organization, scene.talent.step) == (organization, "reserve")


@pytest.mark.parametrize("name", ["update", "move"])
@pytest.mark.parametrize(("person", "status"), [("other_worker", 404), ("staff", 404), ("supervisor", 403)])
def test_a_talent_that_one_may_not_change(scene, sign_in, name, person, status):
    assert sign_in(getattr(scene, person)).get(address(name, scene.talent)).status_code == status
