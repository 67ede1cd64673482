"""What confirmed minutes rest on: everything printed stands in the hash, nobody's word is undone by a meeting that did not
know of it, and the rules hold for whoever writes past the services."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from incubator.base.errors import RuleViolation
from linkage.models import ActionItem, AgendaItem, JointMeeting, MeetingSeries
from linkage.papers.minutes import MinutesPaper, _numeral
from linkage.services import action as actions
from linkage.services import attendance, look, resolution
from linkage.services import minutes as services
from linkage.services.agenda import LAST_POSITION, agenda_of, next_meeting, propose_item
from linkage.services.minutes_content import is_intact
from tests.factories.linkage_minutes import HeldMeetingFactory, ItemFactory, MinutesSeriesFactory


def close_and_confirm(table, *, between=lambda: None):
    services.close_meeting(meeting_id=table.meeting.pk, actor=table.worker)
    between()
    meeting = JointMeeting.objects.get(pk=table.meeting.pk)
    return services.confirm_minutes(meeting_id=meeting.pk, edition=meeting.edition, actor=table.community_staff)


def attend(table):
    attendance.take_attendance(
        meeting_id=table.meeting.pk, member_id=table.members["community"].pk, presence="present", actor=table.worker
    )


@pytest.fixture
def carried(round_table):
    """A confirmed meeting gave an action to the organization; the next one is in session."""
    attend(round_table)
    round_table.resolution = resolution.add_resolution(
        meeting_id=round_table.meeting.pk,
        uuid=uuid.uuid4(),
        text="本月内清理",
        result="adopted",
        actor=round_table.worker,
    )
    member = round_table.members["organization"]
    round_table.action = resolution.add_action(
        resolution_id=round_table.resolution.pk, uuid=uuid.uuid4(), actor=round_table.worker, title="清理三号楼",
        owner_party="organization", owner=member, helpers="", due_on=timezone.localdate() + datetime.timedelta(days=20),
    )  # fmt: skip
    round_table.confirmed = close_and_confirm(round_table)
    round_table.meeting = HeldMeetingFactory(
        series=round_table.series, kind="special", in_session=True, chair=round_table.community_staff,
        recorder=round_table.worker,
    )  # fmt: skip
    attend(round_table)
    return round_table


def look_at(table, after, note=""):
    look.look_at_action(
        meeting_id=table.meeting.pk, action_id=table.action.pk, after=after, note=note, actor=table.worker
    )


def done(table):
    actions.mark_action_done(action_id=table.action.pk, note="清了", actor=table.leader)


@pytest.mark.parametrize("wanted", [None, "in_progress"])
def test_what_was_done_before_the_confirmation_is_not_taken_back_by_a_meeting_that_did_not_know(carried, wanted):
    if wanted:
        look_at(carried, wanted)
    else:
        actions.start_action(action_id=carried.action.pk, actor=carried.leader)
    meeting = close_and_confirm(carried, between=lambda: done(carried))
    action = ActionItem.objects.get()
    assert (action.status, action.done_by) == ("done", carried.leader)
    assert [row["after"] for row in meeting.content["looks"]] == ["done"]


def test_what_the_meeting_knew_to_be_done_it_may_take_up_again(carried):
    done(carried)
    look_at(carried, "in_progress", "还差二单元")
    close_and_confirm(carried)
    assert ActionItem.objects.get().status == "in_progress"


def test_what_was_in_the_way_and_is_no_more_does_not_stop_the_confirmation(carried):
    actions.block_action(action_id=carried.action.pk, reason="缺车", actor=carried.leader)
    look_at(carried, "blocked")
    close_and_confirm(carried, between=lambda: actions.start_action(action_id=carried.action.pk, actor=carried.leader))
    assert ActionItem.objects.get().status == "in_progress"


def test_what_is_printed_stays_as_it_was_confirmed_whatever_the_series_is_called_later(carried):
    meeting = JointMeeting.objects.select_related("series__division").get(pk=carried.confirmed.pk)
    before = MinutesPaper.context(meeting, carried.worker)
    assert before["title"] == "三社联动联席会"
    told = meeting.content["meeting"]
    assert told["ends_at"] == meeting.ends_at.astimezone(datetime.UTC).isoformat()
    assert (told["kind"], told["month"]) == ("regular", f"{meeting.period:%Y-%m}")
    MeetingSeries.objects.update(title="换了名字的联席会")
    carried.members["organization"].name = "别人"
    carried.members["organization"].save()
    again = JointMeeting.objects.select_related("series__division").get(pk=meeting.pk)
    assert MinutesPaper.context(again, carried.worker) == before
    assert is_intact(again)


@pytest.mark.parametrize(
    "change", ["title = 'x'", "helpers = 'x'", "owner_party = 'street'", "owner_id = NULL", "due_on = '2030-01-01'"]
)
def test_the_database_refuses_to_reword_what_somebody_took_on(carried, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE linkage_actionitem SET {change}")


def test_nobody_is_given_something_to_do_by_minutes_that_are_confirmed_already(carried):
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionItem.objects.create(
            series=carried.series, resolution=carried.resolution, title="补一项", owner_party="community",
            due_on=timezone.localdate(),
        )  # fmt: skip


def test_two_meetings_of_a_series_are_never_in_session_at_once(carried):
    other = HeldMeetingFactory(series=carried.series, kind="special", status="agenda_open")
    with pytest.raises(IntegrityError), transaction.atomic():
        JointMeeting.objects.filter(pk=other.pk).update(status="in_session", began_at=timezone.now())


def test_who_opens_a_meeting_while_another_is_being_opened_reads_why_not(carried, monkeypatch):
    other = HeldMeetingFactory(series=carried.series, kind="special", status="agenda_open")

    class Unseen:
        """What another transaction has not committed yet is not seen."""

        def exclude(self, **_known):
            return JointMeeting.objects.none()

    monkeypatch.setattr(services.JointMeeting.objects, "filter", lambda **_facts: Unseen(), raising=False)
    with pytest.raises(RuleViolation, match="Another meeting of this series is in session"):
        services.convene_meeting(meeting_id=other.pk, actor=carried.worker)


def test_a_rule_by_weekday_without_a_weekday_names_no_day():
    series = MinutesSeriesFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingSeries.objects.filter(pk=series.pk).update(rule_kind="nth_weekday", rule_number=2, rule_weekday=None)


def test_minutes_that_wait_for_their_confirmation_do_not_keep_the_agenda_from_the_next_meeting(carried):
    today = timezone.localdate()
    item = ItemFactory(series=carried.series, title="路灯不亮")
    assert next_meeting(carried.series, today) == carried.meeting
    services.close_meeting(meeting_id=carried.meeting.pk, actor=carried.worker)
    assert next_meeting(carried.series, today) is None
    coming = HeldMeetingFactory(
        series=carried.series, kind="special", status="agenda_open",
        starts_at=timezone.now() + datetime.timedelta(days=20),
    )  # fmt: skip
    assert next_meeting(carried.series, today) == coming
    agenda = agenda_of(coming, today)
    assert (agenda.is_next, agenda.actions, agenda.items) == (True, [carried.action], [item])
    closed = agenda_of(JointMeeting.objects.get(pk=carried.meeting.pk), today)
    assert (closed.is_next, closed.next_meeting, closed.actions, closed.items) == (False, coming, [], [])
    assert MeetingSeries.objects.with_progress(today).get().next_at == coming.starts_at


def test_a_matter_behind_very_many_others_still_finds_a_place(round_table):
    ItemFactory(series=round_table.series, position=LAST_POSITION)
    item = propose_item(series=round_table.series, title="最后一件", party="community", actor=round_table.worker)
    assert AgendaItem.objects.get(pk=item.pk).position == LAST_POSITION


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (21, "二十一"), (99, "九十九"), (100, "100"), (110, "110")]
)
def test_numbers_of_matters(number, words):
    assert _numeral(number) == words
