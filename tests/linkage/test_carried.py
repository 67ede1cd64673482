"""Random schedules of meetings, moves and cancellations: what is open stands once on the next agenda, nothing is lost and
nothing doubled, and months carried are the confirmed meetings that looked at it unsettled."""

import datetime
import random
import uuid

import pytest
from django.utils import timezone

from linkage.choices import Party
from linkage.models import ActionItem, ActionReview, AgendaItem, JointMeeting
from linkage.services import attendance, minutes, opinion, resolution
from linkage.services.agenda import agenda_of
from linkage.services.look import look_at_action, on_agenda
from tests.factories.linkage_minutes import HeldMeetingFactory, ItemFactory

SEEDS = range(12)
MONTHS = 7


class Model:
    """What ought to be, kept by hand: {action: months carried} of those not settled, and the open items."""

    def __init__(self):
        self.actions, self.items = {}, set()


@pytest.mark.parametrize("seed", SEEDS)
def test_each_open_action_stands_once_on_the_next_agenda(seed, round_table):
    dice, model, today = random.Random(seed), Model(), timezone.localdate()
    JointMeeting.objects.all().delete()
    begin = timezone.now() - datetime.timedelta(days=30 * MONTHS + 5)
    meetings = [
        HeldMeetingFactory(
            series=round_table.series, starts_at=begin + datetime.timedelta(days=30 * number),
            period=(begin + datetime.timedelta(days=31 * number)).date().replace(day=1),
            chair=round_table.community_staff, recorder=round_table.worker,
        )
        for number in range(MONTHS)
    ]  # fmt: skip
    for number, meeting in enumerate(meetings):
        for _each in range(dice.randint(0, 2)):
            model.items.add(ItemFactory(series=round_table.series).pk)
        check(round_table, model, meetings, today)
        fate = dice.random()
        if fate < 0.2:
            meeting.cancel(reason="暴雨")
            meeting.save()
        elif fate < 0.4 and number + 1 < MONTHS:
            moved = meetings[number + 1].starts_at - datetime.timedelta(days=dice.randint(1, 25))
            meeting.move(
                starts_at=moved, ends_at=moved + datetime.timedelta(hours=2), place_text="活动室", reason="场地"
            )
            meeting.save()
            hold(round_table, model, meeting, dice)
        else:
            hold(round_table, model, meeting, dice)
        check(round_table, model, meetings, today)


def hold(table, model, meeting, dice):
    """Open, look at some actions, resolve some items, close, perhaps return, confirm."""
    minutes.convene_meeting(meeting_id=meeting.pk, actor=table.worker)
    if dice.random() < 0.15:
        minutes.call_off_meeting(meeting_id=meeting.pk, reason="人不齐", actor=table.worker)
        return
    attendance.take_attendance(
        meeting_id=meeting.pk, member_id=table.members["community"].pk, presence="present", actor=table.worker
    )
    for action in ActionItem.objects.filter(pk__in=list(model.actions)).order_by("pk"):
        choice = dice.random()
        if choice < 0.2:
            look_at_action(
                meeting_id=meeting.pk, action_id=action.pk, after="dropped", note="不需要了", actor=table.worker
            )
            del model.actions[action.pk]
        else:
            if choice < 0.5:
                look_at_action(
                    meeting_id=meeting.pk, action_id=action.pk, after="in_progress", note="在办", actor=table.worker
                )
            model.actions[action.pk] += 1
    new = []
    for item_id in sorted(model.items):
        choice = dice.random()
        if choice < 0.4:
            resolved = resolution.add_resolution(
                meeting_id=meeting.pk, uuid=uuid.uuid4(), item_id=item_id, text="办", result="adopted",
                actor=table.worker,
            )  # fmt: skip
            for _each in range(dice.randint(0, 2)):
                new.append(
                    resolution.add_action(
                        resolution_id=resolved.pk, uuid=uuid.uuid4(), title="办", owner_party=Party.COMMUNITY,
                        owner=None, helpers="", due_on=timezone.localdate(), actor=table.worker,
                    ).pk
                )  # fmt: skip
            model.items.discard(item_id)
        elif choice < 0.55:
            opinion.write_opinion(
                meeting_id=meeting.pk, item_id=item_id, party=Party.COMMUNITY, text="再看看", actor=table.worker
            )
            model.items.discard(item_id)
    minutes.close_meeting(meeting_id=meeting.pk, actor=table.worker)
    if dice.random() < 0.2:
        minutes.return_minutes(meeting_id=meeting.pk, reason="补一句", actor=table.community_staff)
        minutes.close_meeting(meeting_id=meeting.pk, actor=table.worker)
    minutes.confirm_minutes(meeting_id=meeting.pk, actor=table.community_staff)
    model.actions |= dict.fromkeys(new, 0)


def check(table, model, meetings, today):
    stands = {}
    for meeting in JointMeeting.objects.running().select_related("series"):
        agenda = agenda_of(meeting, today)
        for action in agenda.actions:
            stands.setdefault(action.pk, []).append(meeting.pk)
            assert action.carried == model.actions[action.pk]
        if agenda.is_next:
            assert {action.pk for action in on_agenda(meeting)} == set(model.actions)
            assert {item.pk for item in agenda.items if item.status == "open"} == model.items
    if any(meeting.status in ("planned", "agenda_open") for meeting in JointMeeting.objects.all()):
        assert set(stands) == set(model.actions)
        assert all(len(places) == 1 for places in stands.values())
    assert set(AgendaItem.objects.open().values_list("pk", flat=True)) == model.items
    doubled = ActionReview.objects.order_by().values_list("action_id", "meeting_id")
    assert len(set(doubled)) == len(doubled)
