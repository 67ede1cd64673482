"""From opening a meeting to its confirmed minutes: the state machine, what is frozen, who is told, the record it becomes."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from incubator.accounts.models import RoleGrant
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.hashes import content_sha256
from incubator.base.policies import verdict
from incubator.jobs.models import Job
from incubator.notifications.models import Notification
from incubator.notifications.services import deliver_notification
from linkage.choices import MeetingStatus, Party
from linkage.models import ActionItem, ActionReview, AgendaItem, JointMeeting, SeriesMember
from linkage.notifications import minutes as notices
from linkage.policies import minutes as policies
from linkage.policies.meeting import check_view_meeting
from linkage.services import look, opinion, resolution
from linkage.services import minutes as services
from linkage.services.minutes_content import is_intact
from projects.models import Activity
from projects.policies.activity import check_update_activity
from tests.factories.accounts import UserFactory
from tests.factories.linkage_minutes import (
    HeldMeetingFactory,
    ItemFactory,
)
from tests.linkage.steps import attend, close, confirm, resolve

TABLE = {
    "open_agenda": ({"planned"}, "agenda_open", {}),
    "convene": ({"planned", "agenda_open"}, "in_session", {"at": timezone.now()}),
    "close": ({"in_session"}, "minutes_draft", {"at": timezone.now()}),
    "reopen": ({"minutes_draft"}, "in_session", {"reason": "缺一项"}),
    "confirm_minutes": (
        {"minutes_draft"},
        "confirmed",
        {"by": None, "at": timezone.now(), "content": {}, "sha256": ""},
    ),
    "cancel": ({"planned", "agenda_open"}, "cancelled", {"reason": "暴雨"}),
    "call_off": ({"in_session"}, "cancelled", {"reason": "人不齐"}),
}


def traces():
    return tuple(model.objects.count() for model in (AuditEvent, Notification, Job, Activity, ActionReview))


# --- the state machine ---


@pytest.mark.no_db
@pytest.mark.parametrize("state", MeetingStatus.values)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    meeting = JointMeeting(status=state)
    sources, target, facts = TABLE[action]
    if state in sources:
        getattr(meeting, action)(**facts)
        assert meeting.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(meeting, action)(**facts)
        assert meeting.status == state


def test_closing_leaves_one_event_and_tells_the_chair(round_table):
    attend(round_table, "community")
    AuditEvent.objects.all().delete()
    close(round_table)
    event = AuditEvent.objects.get()
    assert (event.verb, event.data) == ("meeting.closed", {"from": "in_session", "to": "minutes_draft", "treated": 0})
    notice = Notification.objects.get()
    assert (notice.kind, notice.recipient) == ("minutes.to_confirm", round_table.community_staff)


def test_the_second_confirmation_is_refused_and_leaves_no_trace(closed):
    confirm(closed)
    before = traces()
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        confirm(closed)
    assert traces() == before


@pytest.mark.parametrize(
    "values",
    [
        {"status": "confirmed"}, {"status": "minutes_draft"}, {"status": "cancelled"}, {"content_sha256": "0" * 64},
        {"status": "in_session"}, {"closed_at": timezone.now()},
    ],
)  # fmt: skip
def test_the_database_refuses_a_state_without_its_facts(values, round_table):
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldMeetingFactory(series=round_table.series, kind="special", **values)


def test_when_the_last_step_of_a_confirmation_fails_nothing_remains(closed, monkeypatch):
    before = traces()

    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr(notices, "tell_of_confirmation", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        confirm(closed)
    meeting = JointMeeting.objects.get(pk=closed.meeting.pk)
    assert (meeting.status, meeting.content, meeting.activity, traces()) == ("minutes_draft", {}, None, before)


def test_a_redelivered_task_sends_once(closed, mailoutbox):
    closed.leader.email = "leader@example.org"
    closed.leader.save()
    confirm(closed)
    notice = Notification.objects.get(kind="action.given")
    assert notice.recipient == closed.leader
    for _time in range(2):
        deliver_notification(notification_id=notice.pk)
    assert len(mailoutbox) == 1
    assert "清理三号楼" in mailoutbox[0].subject


# --- opening ---


def test_a_meeting_is_not_opened_before_its_day_nor_beside_another_one(round_table):
    tomorrow = HeldMeetingFactory(
        series=round_table.series, kind="special", starts_at=timezone.now() + datetime.timedelta(days=1)
    )
    with pytest.raises(RuleViolation, match="planned for a later day"):
        services.convene_meeting(meeting_id=tomorrow.pk, actor=round_table.worker)
    beside = HeldMeetingFactory(series=round_table.series, kind="special")
    with pytest.raises(RuleViolation, match="in session"):
        services.convene_meeting(meeting_id=beside.pk, actor=round_table.worker)
    elsewhere = HeldMeetingFactory()
    assert services.convene_meeting(meeting_id=elsewhere.pk, actor=round_table.worker).recorder == round_table.worker


def test_an_opened_meeting_that_did_not_come_about_keeps_its_agenda_with_the_series(round_table):
    item = ItemFactory(series=round_table.series)
    services.call_off_meeting(meeting_id=round_table.meeting.pk, reason="人不齐", actor=round_table.worker)
    meeting = JointMeeting.objects.get(pk=round_table.meeting.pk)
    assert (meeting.status, meeting.began_at, meeting.cancelled_reason) == ("cancelled", None, "人不齐")
    assert list(AgendaItem.objects.open()) == [item]
    told = set(Notification.objects.filter(kind="meeting.called_off").values_list("recipient__username", flat=True))
    assert told == {"community_staff", "leader"}


def test_what_was_resolved_speaks_against_calling_off_and_an_empty_room_against_closing(round_table):
    with pytest.raises(RuleViolation, match="Nobody is marked as there"):
        close(round_table)
    resolve(round_table)
    with pytest.raises(RuleViolation, match="Close the meeting instead"):
        services.call_off_meeting(meeting_id=round_table.meeting.pk, reason="人不齐", actor=round_table.worker)


# --- closing ---


def test_items_that_were_spoken_about_are_treated_and_the_others_and_those_put_off_stay_open(round_table):
    resolved, spoken, silent, put_off = (ItemFactory(series=round_table.series) for _each in range(4))
    attend(round_table, "community")
    resolve(round_table, resolved)
    resolve(round_table, put_off, result="deferred")
    opinion.write_opinion(
        meeting_id=round_table.meeting.pk,
        item_id=spoken.pk,
        party=Party.COMMUNITY,
        text="可以",
        actor=round_table.worker,
    )
    close(round_table)
    assert set(AgendaItem.objects.open()) == {silent, put_off}
    assert set(round_table.meeting.items.all()) == {resolved, spoken}


def test_what_is_taken_out_after_a_return_stands_on_the_next_agenda_again(closed):
    services.return_minutes(meeting_id=closed.meeting.pk, reason="这项没议", actor=closed.community_staff)
    assert JointMeeting.objects.get(pk=closed.meeting.pk).returned_reason == "这项没议"
    assert Notification.objects.get(kind="minutes.returned").recipient == closed.worker
    resolution.remove_resolution(resolution_id=closed.resolution.pk, actor=closed.worker)
    close(closed)
    assert list(AgendaItem.objects.open()) == [closed.item]
    assert not ActionItem.objects.exists()
    assert JointMeeting.objects.get(pk=closed.meeting.pk).returned_reason == ""


# --- confirming ---


def test_confirmed_minutes_hold_everything_with_their_hash(closed):
    meeting = JointMeeting.objects.get(pk=confirm(closed).pk)
    content = meeting.content
    assert content_sha256(content) == meeting.content_sha256
    assert is_intact(meeting)
    assert {row["name"] for row in content["attendance"]} == {"孙社区", "周队长", "王社工"}
    assert content["quorum"] == {
        "is_met": True, "parties": {"community": True, "organization": True, "social_worker": True}
    }  # fmt: skip
    assert [item["title"] for item in content["items"]] == ["三号楼楼道堆物"]
    number = f"{meeting.period:%Y-%m}-01"
    assert content["items"][0]["resolutions"] == [number]
    assert content["resolutions"][0]["actions"][0]["organization"] == "治安服务队"
    assert content["confirmed"] == {
        "by": closed.community_staff.name, "as": "chair", "at": meeting.confirmed_at.astimezone(datetime.UTC).isoformat()
    }  # fmt: skip


def test_an_action_counts_from_the_confirmation(closed):
    assert not ActionItem.objects.in_force().exists()
    confirm(closed)
    assert list(ActionItem.objects.in_force()) == [closed.action]
    assert closed.action.organization == closed.organization


def test_the_confirmed_meeting_is_its_activity_once(closed):
    meeting = confirm(closed)
    activity = Activity.objects.get()
    assert (meeting.activity, activity.kind, activity.status) == (activity, "joint_meeting", "accepted")
    assert (activity.participants, activity.minutes, activity.organization) == (3, 90, closed.organization)
    assert list(Activity.objects.counted().serving(closed.organization)) == [activity]
    assert activity.community == closed.community
    assert sum(link.minutes for link in activity.links.all()) == 90
    assert f"{meeting.period:%Y-%m}-01" in activity.details["resolutions"]
    assert not verdict(check_update_activity, closed.worker, activity)


def test_without_an_organization_there_is_no_record(round_table):
    attend(round_table, "community", "police")
    close(round_table)
    assert confirm(round_table).activity is None
    assert not Activity.objects.exists()


def test_the_roster_gets_the_minutes_and_owners_their_action(closed):
    Notification.objects.all().delete()
    confirm(closed)
    told = sorted(Notification.objects.values_list("kind", "recipient__username"))
    assert told == [("action.given", "leader"), ("minutes.confirmed", "leader"), ("minutes.confirmed", "worker")]


def test_minutes_that_were_changed_after_they_were_read_are_not_confirmed(closed):
    read = JointMeeting.objects.get(pk=closed.meeting.pk).edition
    services.return_minutes(meeting_id=closed.meeting.pk, reason="补一句", actor=closed.community_staff)
    opinion.write_summary(meeting_id=closed.meeting.pk, summary="补一句", actor=closed.worker)
    close(closed)
    with pytest.raises(StaleEdition), transaction.atomic():
        services.confirm_minutes(meeting_id=closed.meeting.pk, edition=read, actor=closed.community_staff)


def test_a_chair_who_left_gives_way_to_the_office_and_that_is_written_down(closed):
    meeting = JointMeeting.objects.get(pk=closed.meeting.pk)
    assert not verdict(policies.check_confirm_minutes, closed.staff, meeting)
    RoleGrant.objects.filter(user=closed.community_staff).delete()
    SeriesMember.objects.filter(user=closed.community_staff).update(left_on=timezone.localdate())
    meeting = JointMeeting.objects.get(pk=closed.meeting.pk)
    assert policies.confirms_as(meeting) == "chair_left"
    policies.check_confirm_minutes(closed.staff, meeting)
    with pytest.raises(PermissionDenied, match="community or the street"):
        policies.check_confirm_minutes(closed.worker, meeting)
    confirmed = confirm(closed, closed.staff).content["confirmed"]
    assert (confirmed["by"], confirmed["as"]) == ("赵街道", "chair_left")


def test_without_a_chair_the_office_confirms_and_is_told(round_table):
    JointMeeting.objects.filter(pk=round_table.meeting.pk).update(chair=None)
    attend(round_table, "community")
    close(round_table)
    told = set(Notification.objects.filter(kind="minutes.to_confirm").values_list("recipient__username", flat=True))
    assert told == {"community_staff", "staff"}
    assert confirm(round_table, round_table.staff).content["confirmed"]["as"] == "no_chair"


# --- who ---


def test_policies_agree_with_what_is_visible(round_table):
    everybody = [*round_table.everybody, UserFactory()]
    for person in everybody:
        sees = JointMeeting.objects.visible_to(person).filter(pk=round_table.meeting.pk).exists()
        assert bool(verdict(check_view_meeting, person, round_table.meeting)) is sees, person
        if not sees:
            assert not verdict(policies.check_record_meeting, person, round_table.meeting)
    recorders = {one.username for one in everybody if verdict(policies.check_record_meeting, one, round_table.meeting)}
    assert recorders == {"worker", "staff", "community_staff", "hub"}


# --- looks ---


def test_what_a_meeting_wants_with_a_carried_action_happens_when_its_minutes_are_confirmed(closed):
    confirm(closed)
    closed.meeting = HeldMeetingFactory(
        series=closed.series, kind="special", in_session=True, chair=closed.community_staff, recorder=closed.worker
    )
    attend(closed, "community")
    look.look_at_action(
        meeting_id=closed.meeting.pk, action_id=closed.action.pk, after="blocked", note="缺车", actor=closed.worker
    )
    close(closed)
    assert ActionItem.objects.get().status == "open"
    confirm(closed)
    action = ActionItem.objects.with_carried().get()
    assert (action.status, action.blocked_reason, action.carried) == ("blocked", "缺车", 1)
    review = ActionReview.objects.get()
    assert (review.before, review.after, review.note) == ("open", "blocked", "缺车")
    assert AuditEvent.objects.filter(verb="action.looked_at").count() == 1


def test_a_meeting_verifies_by_a_party_that_is_there_and_did_not_do_it(closed):
    confirm(closed)
    ActionItem.objects.update(status="done", done_by=closed.leader, done_at=timezone.now())
    closed.meeting = HeldMeetingFactory(
        series=closed.series, kind="special", in_session=True, chair=closed.community_staff, recorder=closed.worker
    )
    attend(closed, "community", "organization")

    def verify(party):
        return look.look_at_action(
            meeting_id=closed.meeting.pk, action_id=closed.action.pk, after="verified", verified_party=party,
            actor=closed.worker,
        )  # fmt: skip

    for party, sentence in (("", "which party"), ("organization", "by another"), ("police", "Nobody of this party")):
        with pytest.raises(RuleViolation, match=sentence):
            verify(party)
    verify("community")
    close(closed)
    confirm(closed)
    action = ActionItem.objects.get()
    assert (action.status, action.verified_party, action.verified_by) == (
        "verified", "community", closed.community_staff
    )  # fmt: skip
