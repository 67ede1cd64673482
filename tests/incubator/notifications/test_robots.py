"""Robots of groups: who keeps them, what is never shown again, and the pages."""

import uuid

import pytest
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.notifications import policies
from incubator.notifications.models import ChannelRest, GroupRobot
from incubator.notifications.services import robot as services
from tests.factories.robots import GroupRobotFactory
from tests.incubator.notifications.fake_services import ADDRESSES

LIST = "/notifications/robots/"
KEY, SECRET = "693a91f6-7xxx-secret-key", "SEC-sign-me"


def values(**more):
    return {
        "kind": "wecom", "label": "居民群", "address": ADDRESSES["wecom"], "secret": "", "kinds": [],
        "quiet_from": "", "quiet_to": "",
    } | more  # fmt: skip


def url(verb, robot):
    return reverse(f"notifications:robot-{verb}", args=[robot.uuid])


@pytest.fixture
def robot(personas):
    return GroupRobotFactory(division=personas.community, created_by=personas.staff, dingtalk=True, label="议事群")


def test_policy_and_list_agree_for_everybody(personas):
    robots = [
        GroupRobotFactory(division=division)
        for division in (personas.district, personas.street, personas.community, personas.other_street)
    ]
    for person in [*personas.everybody, personas.anonymous]:
        seen = set(GroupRobot.objects.visible_to(person))
        allowed = {one for one in robots if person.is_authenticated and verdict(policies.check_view_robot, person, one)}
        assert seen == allowed, person
    assert set(GroupRobot.objects.visible_to(personas.staff)) == set(robots[1:3])
    assert list(GroupRobot.objects.visible_to(personas.community_staff)) == [robots[2]]


@pytest.mark.parametrize("name", ["worker", "leader", "supervisor", "admin", "finance", "stranger"])
def test_nobody_else_keeps_robots(personas, sign_in, robot, name):
    client = sign_in(getattr(personas, name))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    for verb in ("detail", "update"):
        assert client.get(url(verb, robot)).status_code == 404
    for verb in ("try", "pause", "resume"):
        assert client.post(url(verb, robot)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(personas, sign_in, django_assert_num_queries, number):
    GroupRobotFactory.create_batch(number, division=personas.community)
    client = sign_in(personas.staff)
    with django_assert_num_queries(7):
        assert client.get(LIST).status_code == 200


def test_an_empty_list_says_what_to_do(personas, sign_in):
    assert "No group yet" in sign_in(personas.staff).get(LIST).content.decode()


def test_a_keeper_adds_a_group_once_however_often_they_press(personas, sign_in):
    client = sign_in(personas.staff)
    form = values(division=personas.community.code, uuid=str(uuid.uuid4()), quiet_from="21:30", quiet_to="07:30")
    answers = [client.post(f"{LIST}add/", form) for _press in range(2)]
    robot = GroupRobot.objects.get()
    assert {answer["Location"] for answer in answers} == {url("detail", robot)}
    event = AuditEvent.objects.get()
    assert (event.verb, event.data) == ("robot.added", {"kind": "wecom", "label": "居民群"})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"address": "https://evil.example/cgi-bin/webhook/send?key=1"}, "address"),
        ({"address": "http://127.0.0.1/"}, "address"),
        ({"kind": "feishu"}, "address"),
        ({"secret": "x"}, "secret"),
        ({"quiet_from": "21:00"}, "quiet_to"),
        ({"label": ""}, "label"),
        ({"kinds": ["accounts.role_granted"]}, "kinds"),
        ({"division": "330102003050"}, "division"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(personas, sign_in, group_kind, given, field):
    form = values(division=personas.community.code, uuid=str(uuid.uuid4())) | given
    answer = sign_in(personas.staff).post(f"{LIST}add/", form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'value="居民群"' in answer.content.decode() or field == "label"
    assert not GroupRobot.objects.exists()


def test_a_name_is_used_once_in_a_place(personas, sign_in, robot):
    form = values(division=personas.community.code, uuid=str(uuid.uuid4()), label=robot.label)
    answer = sign_in(personas.staff).post(f"{LIST}add/", form)
    assert "has a group of this name already" in answer.content.decode()


def test_address_and_secret_are_never_shown_again_nor_recorded(personas, sign_in, robot):
    client = sign_in(personas.staff)
    client.post(url("update", robot), values(kind="dingtalk", label="新名字", address="", edition=robot.edition))
    robot.refresh_from_db()
    assert (robot.label, robot.secret, robot.address) == ("新名字", SECRET, ADDRESSES["dingtalk"])
    client.post(
        url("update", robot),
        values(
            kind="dingtalk", label="新名字", address=f"{ADDRESSES['dingtalk']}2", secret="other", edition=robot.edition
        ),
    )
    robot.refresh_from_db()
    assert (robot.secret, robot.address[-7:]) == ("other", "secret2")
    first, second = AuditEvent.objects.order_by("pk")
    assert first.data == {"changes": {"label": ["议事群", "新名字"]}}
    assert second.data == {"changes": {"address": ["•••", "•••"], "secret": ["•••", "•••"]}}
    for page in (LIST, url("detail", robot), url("update", robot)):
        text = client.get(page).content.decode()
        assert not any(word in text for word in ("0123456789abcdef", SECRET, "other", "access_token"))
        assert "新名字" in text
    assert "ends with ret2" in client.get(url("detail", robot)).content.decode()


def test_another_service_needs_its_own_address_and_forgets_the_old_secret(personas, sign_in, robot):
    client = sign_in(personas.staff)
    answer = client.post(url("update", robot), values(kind="wecom", address="", edition=robot.edition))
    assert "address" in answer.context["form"].errors
    client.post(url("update", robot), values(kind="wecom", edition=robot.edition))
    robot.refresh_from_db()
    assert (robot.kind, robot.secret) == ("wecom", "")


def test_whoever_saves_over_an_edition_they_did_not_see_reads_both(personas, sign_in, robot):
    seen = robot.edition
    services.pause_robot(robot_id=robot.pk, actor=personas.staff)
    answer = sign_in(personas.staff).post(url("update", robot), values(kind="dingtalk", address="", edition=seen))
    assert answer.status_code == 409


def test_a_test_message_tells_the_service_s_answer_at_once(personas, sign_in, robot, fake):
    client = sign_in(personas.staff)
    answer = client.post(url("try", robot), follow=True)
    assert "The group took the message" in answer.content.decode()
    assert "Test message of Miaopu" in fake.texts[0]
    assert AuditEvent.objects.get().verb == "robot.tested"
    assert "wait ten seconds" in client.post(url("try", robot), follow=True).content.decode()
    assert len(fake.requests) == 1


def test_a_test_message_that_is_refused_says_why_and_leaves_no_trace(personas, robot, fake):
    fake.answers = [{"errcode": 310000, "errmsg": "keywords not in content"}]
    with pytest.raises(RuleViolation, match="310000 keywords not in content"):
        services.try_robot(robot_id=robot.pk, actor=personas.staff)
    assert not AuditEvent.objects.exists()


def test_a_robot_is_paused_and_used_again(personas, sign_in, robot):
    client = sign_in(personas.community_staff)
    for verb, active in (("pause", False), ("resume", True)):
        assert client.post(url(verb, robot)).status_code == 302
        robot.refresh_from_db()
        assert robot.is_active is active
        assert client.post(url(verb, robot)).status_code == 403
    assert [event.verb for event in AuditEvent.objects.order_by("pk")] == ["robot.paused", "robot.resumed"]


def test_a_new_address_ends_the_rest(personas, robot):
    from django.utils import timezone

    ChannelRest.objects.create(key=robot.rest_key, failures=3, until=timezone.now(), error="away")
    given = values(kind="dingtalk", address=ADDRESSES["dingtalk"], quiet_from=None, quiet_to=None)
    services.update_robot(robot_id=robot.pk, values=given, actor=personas.staff)
    assert not ChannelRest.objects.exists()


def test_the_signing_secret_is_taken_out_and_nothing_else(personas, sign_in, robot):
    client = sign_in(personas.staff)
    page = client.get(url("update", robot)).content.decode()
    assert "forget_secret" in page
    same = values(kind="dingtalk", label=robot.label, address="", edition=robot.edition)
    answer = client.post(url("update", robot), same | {"forget_secret": "on", "secret": "SEC-new"})
    assert "forget_secret" in answer.context["form"].errors
    address = robot.address
    client.post(url("update", robot), same | {"forget_secret": "on"})
    robot.refresh_from_db()
    assert (robot.secret, robot.address) == ("", address)
    event = AuditEvent.objects.get(verb="robot.changed")
    assert "secret" in event.data["changes"]
    assert "SEC" not in str(event.data)
    assert "forget_secret" not in client.get(url("update", robot)).content.decode()


def test_an_empty_secret_keeps_the_one_that_is_there(personas, sign_in, robot):
    secret = robot.secret
    client = sign_in(personas.staff)
    client.post(url("update", robot), values(kind="dingtalk", label="新名字", address="", edition=robot.edition))
    robot.refresh_from_db()
    assert (robot.label, robot.secret) == ("新名字", secret)


def test_in_the_demonstration_nothing_goes_to_a_real_group_and_the_button_says_so(
    personas, sign_in, robot, settings, monkeypatch
):
    settings.DEMO, settings.ROBOT_ENDPOINT = True, ""
    monkeypatch.setattr("incubator.notifications.channels.robots.HTTPSConnection", None)  # nobody is called
    client = sign_in(personas.staff)
    assert "nothing goes from here to a real chat group" in client.get(url("detail", robot)).content.decode()
    answer = client.post(url("try", robot))
    assert answer.status_code == 403
    with pytest.raises(RuleViolation, match="This is the demonstration"):
        services.try_robot(robot_id=robot.pk, actor=personas.staff)
    settings.DEMO = False
    assert verdict(policies.check_try_robot, personas.staff, robot)
