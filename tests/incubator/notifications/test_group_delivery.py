"""From the outbox to the chat group: the nearest one, once, later, or not at all and with a reason."""

import datetime
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from incubator.jobs import runner
from incubator.jobs.runner import run_due
from incubator.notifications.models import Delivery
from incubator.notifications.services import delivery as module
from incubator.notifications.services import notify_group
from tests.factories.robots import GroupRobotFactory
from tests.incubator.notifications.fake_services import GOOD
from tests.incubator.notifications.telling import ROLE, at, states, tell


@pytest.fixture
def street(personas):
    return GroupRobotFactory(division=personas.street, label="街道群")


def tell_group(kind, division, key="1", **data):
    return notify_group(kind, division=division, dedup_key=key, data=data, link="/linkage/")


def test_a_group_is_told_once_per_key_even_when_two_places_ask(fake, group_kind, street, personas):
    assert [tell_group(group_kind, personas.community), tell_group(group_kind, personas.next_community)] == [1, 0]
    run_due()
    assert len(fake.texts) == 1
    assert fake.texts[0].endswith("https://miaopu.example/linkage/")


def test_the_nearest_group_that_takes_the_kind_is_told(fake, group_kind, street, personas):
    near = GroupRobotFactory(division=personas.community, label="社区群", dingtalk=True)
    GroupRobotFactory(division=personas.next_community, label="别的群", kinds=["meeting.other"])
    tell_group(group_kind, personas.community, "1")
    tell_group(group_kind, personas.next_community, "2")
    assert {one.notification.robot for one in Delivery.objects.all()} == {near, street}
    assert tell_group(group_kind, personas.far_community, "3") == 0


def test_a_paused_group_is_told_nothing_and_nobody_above_in_its_stead(fake, group_kind, street, personas):
    GroupRobotFactory(division=personas.community, is_active=False)
    assert tell_group(group_kind, personas.community) == 0
    tell_group(group_kind, personas.next_community)
    street.is_active = False
    street.save()
    run_due()
    assert (states(), fake.requests) == (["skipped"], [])


def test_a_kind_that_is_not_for_groups_is_an_error_at_the_call(personas):
    with pytest.raises(ValueError, match="not for chat groups"):
        tell_group(ROLE, personas.community)


def test_a_robot_that_answers_500_for_an_hour_loses_nothing_and_holds_nobody_up(fake, group_kind, street, anna):
    fake.answers = [500]
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        for number in range(4):
            tell_group(group_kind, street.division, str(number))
        tell(anna)
        run_due()
        assert (len(fake.requests), len(mail.outbox)) == (1, 1)
        while timezone.now() < begin + timedelta(hours=1):
            clock.shift(timedelta(minutes=1))
            run_due()
        assert len(fake.requests) < 12, "a robot that does not answer is left alone"
        assert not Delivery.objects.filter(state="dead").exists()
        fake.answers, fake.requests[:] = [GOOD], []
        clock.shift(timedelta(minutes=20))
        run_due()
        clock.shift(timedelta(hours=4))
        run_due()
    assert (len(fake.requests), states()) == (4, ["sent"] * 5)


def test_a_robot_that_rests_for_a_day_gives_its_messages_up(fake, group_kind, street):
    fake.answers = [500]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(3):
            tell_group(group_kind, street.division, str(number))
        for _quarter in range(4 * 26):
            run_due()
            clock.shift(timedelta(minutes=15))
    assert states() == ["dead"] * 3
    assert {one.error for one in Delivery.objects.all()} == {"The service answers 500."}


def test_a_killed_worker_repeats_a_message_to_a_group_at_most_once(fake, group_kind, street, monkeypatch, run_all):
    plain, kills = module._close, [1]

    def killed(deliveries, state):
        if kills:
            kills.pop()
            raise SystemExit
        plain(deliveries, state)

    monkeypatch.setattr(module, "_close", killed)
    tell_group(group_kind, street.division)
    with pytest.raises(SystemExit):
        run_due()
    runner.release_all(now=timezone.now())
    run_all(), run_all()
    assert (len(fake.requests), states()) == (2, ["sent"])


def test_the_group_s_quiet_hours_hold_its_messages_back(fake, group_kind, street):
    street.quiet_from, street.quiet_to = datetime.time(21), datetime.time(8)
    street.save()
    with time_machine.travel(at(22, 22), tick=False) as clock:
        tell_group(group_kind, street.division)
        run_due()
        assert fake.requests == []
        clock.move_to(at(23, 8))
        run_due()
    assert len(fake.requests) == 1
