"""Meetings before they begin: called, moved, cancelled; who may; what the pages say."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.notifications.models import Notification
from linkage.choices import MeetingStatus
from linkage.models import JointMeeting, MeetingSeries
from linkage.notifications import meeting as notices
from linkage.policies import meeting as policies
from linkage.policies import series as of_series
from linkage.services import meeting as services
from linkage.services import series as series_services
from linkage.services.official_day import add_official_days, read_notice
from linkage.services.rule_words import rule_words
from linkage.services.schedule import prepare_notices
from tests.factories.meetings import JointMeetingFactory, MeetingSeriesFactory, SeriesMemberFactory
from tests.factories.robots import GroupRobotFactory

NOW = {"at": timezone.now()}
TABLE = {
    "open_agenda": ({"planned"}, "agenda_open", {}),
    "convene": ({"planned", "agenda_open"}, "in_session", NOW),
    "cancel": ({"planned", "agenda_open"}, "cancelled", {"reason": "下雨"}),
}


def soon(days, hour=14):
    day = timezone.localdate() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(hour), timezone.get_current_timezone())


@pytest.fixture
def series(personas):
    series = MeetingSeriesFactory(
        division=personas.community, chair=personas.community_staff, created_by=personas.worker
    )  # fmt: skip
    SeriesMemberFactory(series=series, user=personas.leader, name="周队长", party="organization")
    return series


@pytest.fixture
def meeting(series):
    return JointMeetingFactory(series=series, starts_at=soon(20), chair=series.chair)


def move(meeting, personas, when, **values):
    facts = {"minutes": 60, "place_text": "三楼", "reason": "会议室占用"} | values
    return services.move_meeting(meeting_id=meeting.pk, starts_at=when, actor=personas.worker, **facts)


@pytest.mark.no_db
@pytest.mark.parametrize("state", MeetingStatus.values)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    meeting = JointMeeting(status=state)
    sources, target, values = TABLE[action]
    if state in sources:
        getattr(meeting, action)(**values)
        assert meeting.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(meeting, action)(**values)
        assert meeting.status == state


def test_cancelling_leaves_one_event_and_tells_the_roster(meeting, personas):
    services.cancel_meeting(meeting_id=meeting.pk, reason="台风", actor=personas.worker)
    meeting = JointMeeting.objects.get(pk=meeting.pk)
    assert (meeting.status, meeting.cancelled_reason, meeting.sequence) == ("cancelled", "台风", 1)
    assert AuditEvent.objects.filter(verb="meeting.cancelled").count() == 1
    assert {notice.recipient for notice in Notification.objects.all()} == {personas.leader, personas.community_staff}
    assert set(Notification.objects.values_list("kind", flat=True)) == {"meeting.cancelled"}


def test_the_second_call_is_refused_and_leaves_no_trace(meeting, personas):
    services.cancel_meeting(meeting_id=meeting.pk, reason="台风", actor=personas.worker)
    before = (AuditEvent.objects.count(), Notification.objects.count())
    with pytest.raises(TransitionNotAllowed):
        services.cancel_meeting(meeting_id=meeting.pk, reason="台风", actor=personas.worker)
    with pytest.raises(TransitionNotAllowed):
        move(meeting, personas, soon(21))
    assert (AuditEvent.objects.count(), Notification.objects.count()) == before


@pytest.mark.parametrize("values", [{"status": "cancelled"}, {"status": "in_session"}, {"status": "confirmed"}])
def test_the_database_refuses_a_state_without_its_facts(series, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        JointMeetingFactory(series=series, **values)


def test_when_the_last_step_fails_nothing_remains(meeting, personas, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr(notices, "notify_many", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.cancel_meeting(meeting_id=meeting.pk, reason="台风", actor=personas.worker)
    meeting = JointMeeting.objects.get(pk=meeting.pk)
    assert (meeting.status, AuditEvent.objects.count()) == ("planned", 0)


def test_an_agenda_opened_by_hand_is_told_once(meeting, personas):
    services.open_agenda(meeting_id=meeting.pk, actor=personas.worker)
    meeting = JointMeeting.objects.get(pk=meeting.pk)
    assert (meeting.status, meeting.sequence) == ("agenda_open", 1)
    assert AuditEvent.objects.filter(verb="meeting.agenda_opened").count() == 1
    assert Notification.objects.filter(kind="meeting.agenda_opened").count() == 2
    JointMeeting.objects.update(created_at=timezone.now() - datetime.timedelta(days=60))
    prepare_notices(today=timezone.localdate(meeting.starts_at) - datetime.timedelta(days=14))
    assert Notification.objects.filter(kind="meeting.agenda_opened").count() == 2


def test_a_moved_meeting_keeps_its_month_and_its_sequence_rises(series, personas):
    first = (timezone.localdate().replace(day=1) + datetime.timedelta(days=62)).replace(day=1)
    planned = datetime.datetime.combine(first.replace(day=20), datetime.time(14), timezone.get_current_timezone())
    meeting = JointMeetingFactory(series=series, starts_at=planned)
    MeetingSeries.objects.update(rule_kind="day", rule_number=20, rule_weekday=None)
    meeting = JointMeeting.objects.get()
    next_month = (first + datetime.timedelta(days=32)).replace(day=3)
    group = GroupRobotFactory(division=personas.community)
    moved = move(
        meeting, personas, datetime.datetime.combine(next_month, datetime.time(9), timezone.get_current_timezone())
    )
    assert (moved.period, moved.sequence, moved.move_reason) == (first, 1, "会议室占用")
    assert services.is_of_another_month(moved)
    assert {notice.kind for notice in Notification.objects.all()} == {"meeting.moved"}
    assert Notification.objects.get(robot=group).data["reason"] == "会议室占用"
    with pytest.raises(RuleViolation, match="next meeting"):
        move(
            meeting, personas,
            datetime.datetime.combine(next_month.replace(day=27), datetime.time(9), timezone.get_current_timezone()),
        )  # fmt: skip


def test_a_meeting_is_not_moved_into_the_past_over_another_or_without_a_reason(series, meeting, personas):
    with pytest.raises(RuleViolation):
        move(meeting, personas, soon(-1))
    with pytest.raises(RuleViolation):
        move(meeting, personas, soon(21), reason=" ")
    JointMeetingFactory(series=series, kind="special", starts_at=soon(21), title="专题会议")
    with pytest.raises(RuleViolation, match="专题会议"):
        move(meeting, personas, soon(21) + datetime.timedelta(minutes=30))


def test_a_special_meeting_is_called_once_and_invites(series, personas, sign_in):
    form = {"uuid": str(uuid.uuid4()), "title": "汛期专题会", "starts_at": f"{soon(2):%Y-%m-%dT%H:%M}", "minutes": 60,
            "place_text": ""}  # fmt: skip
    url = reverse("linkage:special-create", args=[series.uuid])
    answers = [sign_in(personas.worker).post(url, form) for _time in range(2)]
    meeting = JointMeeting.objects.get()
    assert [answer["Location"] for answer in answers] == [meeting.get_absolute_url()] * 2
    assert (meeting.kind, meeting.status, meeting.place_text) == ("special", "agenda_open", series.place_text)
    assert Notification.objects.filter(kind="meeting.invited").count() == 2


def test_overlapping_meetings_of_a_series_are_refused(series, meeting, personas):
    with pytest.raises(RuleViolation):
        services.call_meeting(
            uuid=uuid.uuid4(), series=series, title="重叠", starts_at=soon(20), minutes=60, actor=personas.worker
        )


def test_who_reads_and_who_keeps(series, meeting, personas):
    readers = {"worker", "staff", "community_staff", "hub", "grid_worker", "district_admin", "evaluator", "finance",
               "leader"}  # fmt: skip
    keepers = {"worker", "staff", "community_staff", "hub"}
    people = {person.username: person for person in personas.everybody}
    assert {name for name, one in people.items() if verdict(policies.check_view_meeting, one, meeting)} == readers
    assert {name for name, one in people.items() if verdict(policies.check_move_meeting, one, meeting)} == keepers
    for model, check, thing in (
        (MeetingSeries, of_series.check_view_series, series),
        (JointMeeting, policies.check_view_meeting, meeting),
    ):
        for person in people.values():
            assert model.objects.visible_to(person).filter(pk=thing.pk).exists() == bool(verdict(check, person, thing))


def test_a_streets_meetings_are_kept_by_the_street_and_not_by_a_community(personas):
    for person, keeps in (("staff", True), ("hub", True), ("worker", False), ("community_staff", False)):
        assert of_series.keeps(getattr(personas, person), personas.street) == keeps


def test_a_chair_who_left_is_told_on_the_pages(series, meeting, personas, sign_in):
    assert not of_series.has_left(series.chair, series)
    personas.community_staff.is_active = False
    personas.community_staff.save()
    assert of_series.has_left(personas.community_staff, series)
    page = sign_in(personas.worker).get(meeting.get_absolute_url()).content.decode()
    assert "The chair has left" in page
    assert "This person has left" in sign_in(personas.worker).get(series.get_absolute_url()).content.decode()
    assert of_series.has_left(personas.stranger, series)
    with pytest.raises(PermissionDenied):
        policies.check_view_meeting(personas.stranger, meeting)


def test_changing_the_rule_moves_what_is_only_planned(series, personas):
    later = timezone.localdate().replace(day=1) + datetime.timedelta(days=62)
    first = later.replace(day=1)
    meeting = JointMeetingFactory(series=series, starts_at=datetime.datetime.combine(
        first.replace(day=12), datetime.time(14, 30), timezone.get_current_timezone()))  # fmt: skip
    moved = JointMeetingFactory(
        series=series, starts_at=meeting.starts_at + datetime.timedelta(days=31), move_reason="x"
    )
    values = {name: getattr(series, name) for name in series_services.FIELDS}
    values |= {"rule_kind": "day", "rule_number": 25, "rule_weekday": None, "shift": "earlier"}
    series_services.update_series(series_id=series.pk, actor=personas.worker, today=timezone.localdate(), **values)
    before = moved.starts_at
    meeting = JointMeeting.objects.get(pk=meeting.pk)
    moved = JointMeeting.objects.get(pk=moved.pk)
    assert timezone.localdate(meeting.starts_at).day in range(20, 26)
    assert (meeting.sequence, moved.starts_at) == (1, before)


def test_ending_a_series_cancels_what_comes_after(series, meeting, personas):
    series_services.end_series(
        series_id=series.pk, ends_on=timezone.localdate(), actor=personas.worker, today=timezone.localdate()
    )
    meeting = JointMeeting.objects.get(pk=meeting.pk)
    assert (meeting.status, bool(meeting.cancelled_reason)) == ("cancelled", True)
    with pytest.raises(RuleViolation):
        services.call_meeting(
            uuid=uuid.uuid4(), series=series, title="晚了", starts_at=soon(3), minutes=60, actor=personas.worker
        )


def test_the_rule_is_told_in_words(series):
    assert rule_words(series) == (
        "Each month on the second Thursday, 14:30. If nobody works on that day, on the next working day."
    )
    series.rule_kind, series.rule_number, series.rule_weekday, series.every_months = "workday", -1, None, 3
    assert rule_words(series) == "Every 3 months on the last working day, 14:30."


def test_a_pasted_notice_is_read_line_by_line(personas):
    rows = read_notice("2027-10-01 至 2027-10-03 休 国庆节\n\n2027年10月9日 班")
    assert [(f"{day:%m-%d}", works, name) for day, works, name in rows] == [
        ("10-01", False, "国庆节"), ("10-02", False, "国庆节"), ("10-03", False, "国庆节"), ("10-09", True, ""),
    ]  # fmt: skip
    assert add_official_days(notice="2027-10-09 班", actor=personas.district_admin) == 1
    assert add_official_days(notice="2027-10-09 休 更正", actor=personas.district_admin) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [("2027-10-01 休\nnonsense", "Line 2"), ("2027-02-30 休", "Line 1"), ("2027-10-08 班", "Line 1"),
     ("2027-10-05 至 2027-10-01 休", "Line 1"), ("2027-10-09 休\n2027-10-09 班", "Line 2"), (" ", "at least one")],
)  # fmt: skip
def test_a_notice_that_is_not_understood_says_in_which_line(text, line):
    with pytest.raises(RuleViolation, match=line):
        read_notice(text)
