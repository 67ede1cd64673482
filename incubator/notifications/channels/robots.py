"""Robots of chat groups: small senders of our own, since what exists takes an answer of 200 for success whatever it says,
and encodes DingTalk's signature twice.

At least once: these services know no key against repetition, so a worker that is killed after the group got the message
and before this was noted sends it again, once per kill. Nothing better exists on their side.
"""

import base64
import hashlib
import hmac
import json
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Event, Timer
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incubator.notifications.choices import ROBOT_HOSTS, RobotKind
from incubator.notifications.errors import ChannelError, RefusedError, UnreachableError
from incubator.notifications.registries import Channel, channels
from incubator.notifications.validators import validate_robot_address

MOST_CHARACTERS = 500  # WeCom takes 2,048 bytes
MOST_LINES = 6
MOST_BYTES = 64 * 1024
OK, TOO_MANY, BROKEN = 200, 429, 500
HIDDEN = "•••"


class Robot(Channel):
    """``too_fast``: codes of answers that ask for a rest."""

    too_fast = ()

    @classmethod
    def send(cls, target, message, *, now):
        """``target``: the GroupRobot."""
        if stays_here():
            raise RefusedError(_("This is the demonstration: nothing goes from here to a real chat group."))
        try:
            validate_robot_address(cls.code, target.address)
        except ValidationError as error:
            raise RefusedError(" ".join(error.messages)) from None
        path, payload = cls.request(target, text_of(message), now)
        code, reason = cls.read(post(cls.code, path, payload))
        if code != 0:
            told = f"{code} {reason}"
            for word in filter(
                None, (target.secret, target.address, target.address.rpartition("/")[2], _token(target))
            ):
                told = told.replace(word, HIDDEN)
            raise (UnreachableError if code in cls.too_fast else ChannelError)(told[:300])

    @classmethod
    def request(cls, robot, text, now):
        """(path with query, JSON) of one message."""
        parts = urlsplit(robot.address)
        return f"{parts.path}?{parts.query}", {"msgtype": "text", "text": {"content": text}}

    @classmethod
    def read(cls, answer):
        """(code, reason) of the JSON that came back; 0 alone is success."""
        return answer.get("errcode"), answer.get("errmsg", "")


def stays_here():
    """Whether messages to groups stay on this server: in the demonstration, where anybody may press every button, unless a
    server of one's own stands for the services."""
    return settings.DEMO and not settings.ROBOT_ENDPOINT


@channels.register
class WeCom(Robot):
    code = RobotKind.WECOM.value
    label = RobotKind.WECOM.label
    order = 30
    too_fast = (45009, 45033)


@channels.register
class DingTalk(Robot):
    """Signs milliseconds and secret; the sign goes into the address, encoded once."""

    code = RobotKind.DINGTALK.value
    label = RobotKind.DINGTALK.label
    order = 40
    too_fast = (130101, 410100)

    @classmethod
    def request(cls, robot, text, now):
        path, payload = super().request(robot, text, now)
        if robot.secret:
            stamp = int(now.timestamp() * 1000)
            digest = hmac.digest(robot.secret.encode(), f"{stamp}\n{robot.secret}".encode(), hashlib.sha256)
            path += "&" + urlencode({"timestamp": stamp, "sign": base64.b64encode(digest).decode()})
        return path, payload


@channels.register
class Feishu(Robot):
    """Signs nothing with seconds and secret as the key; the sign goes into the message."""

    code = RobotKind.FEISHU.value
    label = RobotKind.FEISHU.label
    order = 50
    too_fast = (9499, 11232)

    @classmethod
    def request(cls, robot, text, now):
        payload = {"msg_type": "text", "content": {"text": text}}
        if robot.secret:
            stamp = int(now.timestamp())
            digest = hmac.digest(f"{stamp}\n{robot.secret}".encode(), b"", hashlib.sha256)
            payload |= {"timestamp": str(stamp), "sign": base64.b64encode(digest).decode()}
        return urlsplit(robot.address).path, payload

    @classmethod
    def read(cls, answer):
        return answer.get("code", answer.get("StatusCode")), answer.get("msg", "")


def text_of(message):
    """Subject, the first lines, the link; the link is never cut."""
    lines = [line.strip() for line in message.body.splitlines() if line.strip() and line.strip() != message.link]
    head = "\n".join([message.subject, *lines[:MOST_LINES]])
    room = MOST_CHARACTERS - len(message.link) - 1
    head = head if len(head) <= room else f"{head[: room - 1].rstrip()}…"
    return f"{head}\n{message.link}" if message.link else head


def post(kind, path, payload):
    """Send JSON to the one host of the service and read JSON: a dict. No redirect is followed; no name, no hidden proxy
    and no setting but ROBOT_ENDPOINT (tests) leads elsewhere; after ROBOT_SECONDS the line is cut, also on a server that
    lets its answer drip."""
    base = urlsplit(settings.ROBOT_ENDPOINT or f"https://{ROBOT_HOSTS[kind]}")
    line = HTTPSConnection if base.scheme == "https" else HTTPConnection
    connection = line(base.hostname, base.port, timeout=settings.ROBOT_SECONDS)
    watch, was_cut = None, Event()
    try:
        connection.connect()
        # The socket itself: the connection lets go of it as soon as an answer without a length begins.
        watch = Timer(settings.ROBOT_SECONDS, _cut, [connection.sock, was_cut])
        watch.daemon = True
        watch.start()
        body = json.dumps(payload, ensure_ascii=False).encode()
        connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8"})
        response = connection.getresponse()
        status, content = response.status, response.read(MOST_BYTES)
        if was_cut.is_set():
            raise TimeoutError  # in the middle of the answer
    except (OSError, HTTPException) as error:
        raise UnreachableError(f"The service does not answer ({type(error).__name__}).") from None
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()
    if status == TOO_MANY or status >= BROKEN:
        raise UnreachableError(f"The service answers {status}.")
    if status != OK:
        raise RefusedError(f"The service answers {status} where 200 is expected.")
    try:
        answer = json.loads(content)
    except ValueError:
        raise ChannelError("The service answers something that is no JSON.") from None
    if not isinstance(answer, dict):
        raise ChannelError("The service answers something else than expected.")
    return answer


def _cut(sock, was_cut):
    was_cut.set()
    with suppress(OSError):  # it ended by itself meanwhile
        sock.shutdown(SHUT_RDWR)


def _token(robot):
    """What in the address opens the group."""
    values = parse_qs(urlsplit(robot.address).query)
    return next((value[0] for value in values.values()), "")
