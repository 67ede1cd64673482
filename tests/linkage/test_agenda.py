"""What stands on which agenda: each open matter and each unsettled action exactly once, on the next meeting."""

import contextlib
import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.audit.models import AuditEvent
from incubator.base.errors import DomainError, RuleViolation
from incubator.notifications.models import Notification
from linkage.choices import ItemStatus
from linkage.models import AgendaItem, JointMeeting
from linkage.policies import agenda as policies
from linkage.services import agenda as services
from linkage.services import meeting as meetings
from linkage.services.schedule import schedule_month
from tests.factories.meetings import (
    ActionItemFactory,
    AgendaItemFactory,
    JointMeetingFactory,
    MeetingSeriesFactory,
    ResolutionFactory,
    SeriesMemberFactory,
    confirm,
)

TABLE = {
    "treat": ({"open"}, "treated", {"meeting": None}),
    "decline": ({"open"}, "declined", {"reason": "不属于社区"}),
    "withdraw": ({"open"}, "withdrawn", {}),
}


@pytest.fixture
def series(personas):
    series = MeetingSeriesFactory(division=personas.community, created_by=personas.worker)
    SeriesMemberFactory(series=series, user=personas.leader, party="organization")
    return series


@pytest.fixture
def item(series, personas):
    return services.propose_item(series=series, title="楼道堆物", party="residents", actor=personas.leader)


# --- the state machine of a matter ---


@pytest.mark.no_db
@pytest.mark.parametrize("state", ItemStatus.values)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    item = AgendaItem(status=state)
    sources, target, values = TABLE[action]
    if state in sources:
        getattr(item, action)(**values)
        assert item.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(item, action)(**values)
        assert item.status == state


def test_declining_leaves_one_event_and_tells_who_proposed_it(item, personas):
    services.decline_item(item_id=item.pk, reason="属于物业", actor=personas.community_staff)
    item = AgendaItem.objects.get(pk=item.pk)
    assert (item.status, item.reason) == ("declined", "属于物业")
    assert AuditEvent.objects.filter(verb="item.declined").count() == 1
    notice = Notification.objects.get()
    assert (notice.recipient, notice.kind, notice.data["reason"]) == (personas.leader, "item.declined", "属于物业")


def test_a_second_answer_is_refused_and_leaves_no_trace(item, personas):
    services.withdraw_item(item_id=item.pk, actor=personas.leader)
    before = (AuditEvent.objects.count(), Notification.objects.count())
    with pytest.raises(TransitionNotAllowed):
        services.decline_item(item_id=item.pk, reason="晚了", actor=personas.community_staff)
    with pytest.raises(TransitionNotAllowed):
        services.withdraw_item(item_id=item.pk, actor=personas.leader)
    assert (AuditEvent.objects.count(), Notification.objects.count()) == before


def test_a_matter_needs_words_and_a_refusal_its_reason(series, item, personas):
    with pytest.raises(RuleViolation):
        services.propose_item(series=series, title="  ", party="community", actor=personas.worker)
    with pytest.raises(RuleViolation):
        services.decline_item(item_id=item.pk, reason=" ", actor=personas.community_staff)


def test_matters_are_ordered_by_one_place_at_a_time(series, personas):
    items = [
        services.propose_item(series=series, title=f"议题{number}", party="community", actor=personas.worker)
        for number in range(3)
    ]
    services.order_item(item_id=items[2].pk, step=-1)
    assert [row.title for row in services.open_items(series)] == ["议题0", "议题2", "议题1"]
    services.order_item(item_id=items[0].pk, step=-1)  # it is the first already
    services.order_item(item_id=items[0].pk, step=1)
    assert [row.title for row in services.open_items(series)] == ["议题2", "议题0", "议题1"]


def test_who_may_take_back_turn_down_and_order(item, personas):
    policies.check_withdraw_item(personas.leader, item)
    for person in (personas.worker, personas.community_staff):
        with pytest.raises(PermissionDenied):
            policies.check_withdraw_item(person, item)
        policies.check_decline_item(person, item)
        policies.check_order_item(person, item)
    with pytest.raises(PermissionDenied):
        policies.check_decline_item(personas.leader, item)


# --- where it stands ---


def standing(series, today):
    """{what: number of agendas of the series' meetings that show it}."""
    found = {}
    for meeting in JointMeeting.objects.filter(series=series).select_related("series__division"):
        agenda = services.agenda_of(meeting, today)
        for thing in (*agenda.actions, *(item for item in agenda.items if item.status == "open")):
            key = (type(thing).__name__, thing.pk)
            found[key] = found.get(key, 0) + 1
    return found


def test_actions_of_minutes_that_are_not_confirmed_do_not_count_yet(series):
    today = datetime.date(2026, 3, 1)
    JointMeetingFactory(series=series, starts_at=at(datetime.date(2026, 3, 12)))
    past = JointMeetingFactory(series=series, starts_at=at(datetime.date(2026, 2, 12)), held=True)
    action = ActionItemFactory(resolution=ResolutionFactory(meeting=past))
    confirm(past)
    assert standing(series, today) == {("ActionItem", action.pk): 1}
    other = JointMeetingFactory(series=series, starts_at=at(datetime.date(2026, 3, 1)), kind="special", held=True)
    ActionItemFactory(resolution=ResolutionFactory(meeting=other))
    assert standing(series, today) == {("ActionItem", action.pk): 1}


def test_a_meeting_that_nobody_held_does_not_keep_the_agenda_from_the_next_one(series, personas):
    item = AgendaItemFactory(series=series, proposed_by=personas.worker)
    missed = JointMeetingFactory(series=series, starts_at=at(datetime.date(2026, 3, 12)))
    following = JointMeetingFactory(series=series, starts_at=at(datetime.date(2026, 4, 9)))
    assert services.next_meeting(series, datetime.date(2026, 3, 12)) == missed
    assert services.next_meeting(series, datetime.date(2026, 3, 13)) == following
    following.delete()
    assert services.next_meeting(series, datetime.date(2026, 3, 13)) == missed
    assert services.agenda_of(missed, datetime.date(2026, 3, 13)).items == [item]


def at(day, hour=14):
    return datetime.datetime.combine(day, datetime.time(hour), timezone.get_current_timezone())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["schedule", "move", "cancel", "special", "propose", "treat", "hold", "day"]),
        st.integers(0, 40),
    ),
    max_size=14,
)


@given(steps=STEPS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_is_scheduled_moved_held_and_cancelled_each_open_thing_stands_once(series, personas, steps):
    from django.db import transaction

    with transaction.atomic():
        for found, wanted in play(series, personas.worker, steps):
            assert found == wanted
        transaction.set_rollback(True)


def play(series, actor, steps):
    """A random story; after each step what stands on agendas how often, and what should: every open matter and action
    once, or nowhere when there is no meeting that is not over."""
    today = timezone.localdate()
    month = today.replace(day=1)
    past = JointMeetingFactory(series=series, starts_at=at(month - datetime.timedelta(days=20)), held=True)
    end_with_an_action(past)
    for kind, number in steps:
        coming = list(JointMeeting.objects.filter(series=series).coming().order_by("starts_at", "pk"))
        one = coming[number % len(coming)] if coming else None
        with contextlib.suppress(DomainError, TransitionNotAllowed):  # a refused step changes nothing
            with_step(kind, number, one, series, actor, today, month)
        if kind == "day":
            today += datetime.timedelta(days=number)
        yield standing(series, today), once_each(series)


def end_with_an_action(meeting):
    ActionItemFactory(resolution=ResolutionFactory(meeting=meeting))
    ActionItemFactory(resolution=ResolutionFactory(meeting=meeting))
    confirm(meeting)


def with_step(kind, number, one, series, actor, today, month):
    from incubator.base.months import add_months

    moment = timezone.now() + datetime.timedelta(days=number + 1)
    if kind == "schedule":
        schedule_month(period=add_months(month, number % 4), today=today, series=series)
    elif kind == "special":
        meetings.call_meeting(
            uuid=uuid.uuid4(), series=series, title="专题会议", starts_at=moment, minutes=60, actor=actor
        )
    elif kind == "propose":
        services.propose_item(series=series, title=f"议题{number}", party="community", actor=actor)
    elif kind == "treat" and one:
        if item := AgendaItem.objects.filter(series=series).open().first():
            item.treat(meeting=one)
            item.save()
    elif kind == "move" and one:
        meetings.move_meeting(
            meeting_id=one.pk, starts_at=moment, minutes=60, place_text="", reason="改期", actor=actor
        )
    elif kind == "hold" and one:
        JointMeeting.objects.filter(pk=one.pk).update(
            status="minutes_draft", began_at=one.starts_at, closed_at=one.ends_at
        )
        end_with_an_action(one)
    elif kind == "cancel" and one:
        meetings.cancel_meeting(meeting_id=one.pk, reason="下雨", actor=actor)


def once_each(series):
    actions = services.open_actions(series)
    wanted = {("ActionItem", one.pk) for one in actions} | {
        ("AgendaItem", one.pk) for one in services.open_items(series)
    }
    running = JointMeeting.objects.filter(series=series).running().exists()
    return dict.fromkeys(wanted, 1) if running else {}


def test_a_member_without_a_role_reads_the_series_and_proposes(series, personas):
    with pytest.raises(PermissionDenied):
        policies.check_propose_item(personas.stranger, series)
    SeriesMemberFactory(series=series, user=personas.stranger, party="police")
    policies.check_propose_item(personas.stranger, series)
