"""Robots of chat groups, kept by the offices of their place. Address and secret are written, used, and never told again."""

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.notifications.choices import RobotKind
from incubator.notifications.errors import ChannelError
from incubator.notifications.models import ChannelRest, GroupRobot
from incubator.notifications.registries import Message, channels
from incubator.notifications.validators import validate_robot_address

FIELDS = ("label", "kind", "address", "secret", "kinds", "quiet_from", "quiet_to")
SECRETS = {"address", "secret"}
TEST_SECONDS = 10


@transaction.atomic
def create_robot(*, uuid, division, kind, label, address, secret, kinds, quiet_from, quiet_to, actor):
    """Add a robot to a place; one audit event, without address and secret. Raises RuleViolation for an address that is not
    one of the service, a secret where the service knows none, and a name that the place has already."""
    robot = GroupRobot(
        uuid=uuid, division=division, kind=kind, label=label, address=address, secret=secret, kinds=kinds,
        quiet_from=quiet_from, quiet_to=quiet_to, created_by=actor,
    )  # fmt: skip
    _check(robot)
    robot.save_or_refuse()
    audit.record("robot.added", target=robot, actor=actor, area=division, data={"kind": kind, "label": label})
    return robot


@transaction.atomic
def update_robot(*, robot_id, values, actor, edition=""):
    """Change a robot; an empty address or secret among ``values`` keeps the one that is there, unless the service was
    changed as well, or ``forget_secret`` among them takes the secret out. The rest of a robot that did not answer ends: it
    may have been the address."""
    robot = GroupRobot.objects.select_for_update(of=("self",)).select_related("division").get(pk=robot_id)
    robot.check_edition(edition)
    before, kind = audit.snapshot(robot, FIELDS), robot.kind
    for name in FIELDS:
        if name not in SECRETS or values[name] or values["kind"] != kind:
            setattr(robot, name, values[name])
    if values.get("forget_secret"):
        robot.secret = ""
    _check(robot)
    robot.save_or_refuse()
    ChannelRest.objects.filter(key=robot.rest_key).delete()
    changed = audit.changes(robot, before, personal=SECRETS)
    for name in ("quiet_from", "quiet_to"):
        if name in changed["changes"]:
            changed["changes"][name] = [value and f"{value:%H:%M}" for value in changed["changes"][name]]
    audit.record("robot.changed", target=robot, actor=actor, area=robot.division, data=changed)
    return robot


def pause_robot(*, robot_id, actor):
    """What waits for the group is not sent any more, and nothing new is, until somebody resumes it."""
    return _switch(robot_id, actor, "robot.paused", is_active=False)


def resume_robot(*, robot_id, actor):
    return _switch(robot_id, actor, "robot.resumed", is_active=True)


def try_robot(*, robot_id, actor):
    """Send one message to the group now and wait for the answer; works while the robot is paused. Raises RuleViolation with
    the service's reason when it was not taken, and when the last test was a moment ago."""
    robot = GroupRobot.objects.select_related("division").get(pk=robot_id)
    if not cache.add(f"robot-try:{robot.pk}", 1, TEST_SECONDS):
        raise RuleViolation(_("A test message was sent a moment ago. Please wait ten seconds."))
    message = Message(
        _("Test message of Miaopu"),
        _("Notices of %(place)s will come to this group.") % {"place": robot.division.name},
    )
    try:
        channels[robot.kind].send(robot, message, now=timezone.now())
    except ChannelError as error:
        raise RuleViolation(_("The group did not take the message: %(reason)s") % {"reason": error}) from error
    with transaction.atomic():
        ChannelRest.objects.filter(key=robot.rest_key).delete()
        audit.record("robot.tested", target=robot, actor=actor, area=robot.division)


@transaction.atomic
def _switch(robot_id, actor, verb, *, is_active):
    robot = GroupRobot.objects.select_for_update(of=("self",)).select_related("division").get(pk=robot_id)
    if robot.is_active == is_active:
        raise RuleViolation(_("It is so already."))
    robot.is_active = is_active
    robot.save(update_fields=["is_active", "updated_at"])
    audit.record(verb, target=robot, actor=actor, area=robot.division)
    return robot


def _check(robot):
    try:
        validate_robot_address(robot.kind, robot.address)
    except ValidationError as error:
        raise RuleViolation(" ".join(error.messages)) from error
    if robot.kind == RobotKind.WECOM and robot.secret:
        raise RuleViolation(_("WeCom robots have no signing secret; leave it empty."))
