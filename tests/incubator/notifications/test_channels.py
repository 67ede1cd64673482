"""The ways outside: what counts as sent, what is signed how, and what is never called."""

import base64
import hashlib
import hmac
import time

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incubator.notifications.channels import email as email_channel
from incubator.notifications.choices import RobotKind
from incubator.notifications.errors import ChannelError, RefusedError, UnreachableError
from incubator.notifications.models import GroupRobot
from incubator.notifications.registries import Message, channels
from incubator.notifications.validators import validate_robot_address
from tests.factories.accounts import UserFactory
from tests.factories.robots import GroupRobotFactory
from tests.incubator.notifications.fake_services import ADDRESSES, GOOD

MESSAGE = Message("联席会议", "周四下午三点\n\n地点：党群服务中心\n", "https://miaopu.example/x/", "key")
PICKY = "tests.incubator.notifications.fake_services.PickyBackend"


def robot(kind="wecom", secret=""):
    return GroupRobotFactory.build(kind=kind, address=ADDRESSES[kind], secret=secret, division=None, created_by=None)


def send(target, now=None):
    channels[target.kind].send(target, MESSAGE, now=now or timezone.now())


@pytest.mark.parametrize("kind", RobotKind.values)
def test_a_robot_gets_subject_first_lines_and_link(fake, kind):
    send(robot(kind))
    assert fake.texts == ["联席会议\n周四下午三点\n地点：党群服务中心\nhttps://miaopu.example/x/"]
    path, query, _body = fake.requests[0]
    assert query.get("key", query.get("access_token", [path.rpartition("/")[2]]))[0] in ADDRESSES[kind]


def test_dingtalk_signs_milliseconds_in_the_address_encoded_once(fake):
    now = timezone.now()
    send(robot("dingtalk", "SECret"), now)
    _path, query, body = fake.requests[0]
    stamp = str(int(now.timestamp() * 1000))
    expected = base64.b64encode(hmac.digest(b"SECret", f"{stamp}\nSECret".encode(), hashlib.sha256)).decode()
    assert (query["timestamp"], query["sign"]) == ([stamp], [expected])
    assert "sign" not in body


def test_feishu_signs_seconds_in_the_message(fake):
    now = timezone.now()
    send(robot("feishu", "SECret"), now)
    _path, query, body = fake.requests[0]
    stamp = str(int(now.timestamp()))
    expected = base64.b64encode(hmac.digest(f"{stamp}\nSECret".encode(), b"", hashlib.sha256)).decode()
    assert (body["timestamp"], body["sign"], query) == (stamp, expected, {})


@pytest.mark.parametrize(
    ("kind", "answer", "error"),
    [
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, ChannelError),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, ChannelError),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, ChannelError),
        ("feishu", {"msg": "no code at all"}, ChannelError),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, UnreachableError),
        ("wecom", "text", ChannelError),
        ("wecom", 500, UnreachableError),
        ("wecom", 429, UnreachableError),
        ("wecom", 404, RefusedError),
        ("wecom", "redirect", RefusedError),
        ("wecom", "hang", UnreachableError),
        ("wecom", "drip", UnreachableError),
    ],
)
def test_what_is_no_success_is_a_failure(fake, kind, answer, error):
    fake.answers = [answer]
    began = time.monotonic()
    with pytest.raises(ChannelError) as caught:
        send(robot(kind, "the-signing-secret" if kind != "wecom" else ""))
    assert type(caught.value) is error
    assert time.monotonic() - began < 2.5
    assert len(fake.requests) == 1, "no redirect is followed"


def test_a_reason_never_repeats_address_or_secret(fake):
    target = robot("dingtalk", "the-signing-secret")
    fake.answers = [{"errcode": 1, "errmsg": f"bad {target.address} 0123456789abcdefsecret the-signing-secret"}]
    with pytest.raises(ChannelError) as caught:
        send(target)
    assert str(caught.value) == "1 bad ••• ••• •••"


def test_nobody_there_is_unreachable(settings):
    settings.ROBOT_ENDPOINT = "http://127.0.0.1:1"
    with pytest.raises(UnreachableError):
        send(robot())


@pytest.mark.parametrize("kind", RobotKind.values)
def test_the_addresses_of_the_services_are_taken(kind):
    validate_robot_address(kind, ADDRESSES[kind])


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://127.0.0.1/cgi-bin/webhook/send?key=1",
        "https://169.254.169.254/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=1",
        "https://evil.example#@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com\\@evil.example/cgi-bin/webhook/send?key=1",
        "https://user@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com:x/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/../gettoken?key=1",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1#x",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1\r\nHost: evil.example",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=社区",
        "https://oapi.dingtalk.com/robot/send?access_token=1",
        "file:///etc/passwd",
        "https://[::1]/cgi-bin/webhook/send?key=1",
    ],
)
def test_no_other_address_is_ever_called(fake, address):
    with pytest.raises(ValidationError):
        validate_robot_address("wecom", address)
    target = robot()
    target.address = address
    with pytest.raises(RefusedError):
        send(target)
    assert fake.requests == []


def test_the_database_refuses_another_host():
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupRobotFactory(address="https://evil.example/cgi-bin/webhook/send?key=1")
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupRobotFactory(kind="dingtalk")
    assert not GroupRobot.objects.exists()


@pytest.mark.parametrize(
    ("address", "error", "reason"),
    [
        ("nobody@example.org", RefusedError, "550 5.1.1 <•••> unknown"),
        ("busy@example.org", ChannelError, "450 4.2.1 mailbox busy"),
    ],
)
def test_a_refused_mailbox_is_told_without_its_address(settings, address, error, reason):
    settings.EMAIL_BACKEND = PICKY
    with pytest.raises(ChannelError) as caught:
        email_channel.Email.send(UserFactory.build(email=address), MESSAGE, now=timezone.now())
    assert (type(caught.value), str(caught.value)) == (error, reason)


def test_a_letter_carries_its_link_once_and_its_key():
    email_channel.Email.send(UserFactory.build(email="a@example.org"), MESSAGE, now=timezone.now())
    (letter,) = mail.outbox
    assert letter.body.count(MESSAGE.link) == 1
    assert letter.extra_headers["Message-ID"] == "<key@localhost>"


def test_an_answer_of_success_is_one(fake):
    fake.answers = [GOOD]
    send(robot())
