"""Actions: the state machine, who does what, verified by another party and person, carried and raised; ledger and pages."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.jobs.models import Job
from incubator.notifications.models import Notification
from incubator.notifications.services import deliver_notification
from linkage.choices import UNSETTLED, ActionStatus, Party
from linkage.filters.action import mine
from linkage.models import ActionItem, ActionReview, JointMeeting
from linkage.notifications import action as notices
from linkage.policies import action as policies
from linkage.services import action as services
from linkage.services.raising import raise_carried
from tests.factories.accounts import UserFactory
from tests.factories.linkage_minutes import ActionFactory, HeldMeetingFactory, LookFactory, ResolutionFactory
from tests.factories.projects import ActivityFactory

NOW = timezone.now()
TABLE = {
    "start": ({"open", "blocked"}, "in_progress", {}),
    "block": ({"open", "in_progress"}, "blocked", {"reason": "缺车"}),
    "mark_done": ({"open", "in_progress", "blocked"}, "done", {"by": None, "at": NOW, "note": "清了"}),
    "reopen": ({"done"}, "in_progress", {}),
    "verify": ({"done"}, "verified", {"by": UserFactory.build(pk=7), "party": "community", "at": NOW}),
    "drop": (set(UNSETTLED), "dropped", {"reason": "不需要了"}),
}


def confirm_by_hand(meeting, person):
    """The database's part of a confirmation, for the tests that need nothing else of it."""
    JointMeeting.objects.filter(pk=meeting.pk).update(
        status="confirmed", closed_at=meeting.ends_at, began_at=meeting.starts_at, content_sha256="0" * 64,
        confirmed_by=person, confirmed_at=timezone.now(),
    )  # fmt: skip


def past_meeting(table, days, **facts):
    return HeldMeetingFactory(
        series=table.series,
        kind="special",
        closed=True,
        starts_at=timezone.now() - datetime.timedelta(days=days),
        **facts,
    )


@pytest.fixture
def table(round_table):
    """With an action of the organization that counts, resolved forty days ago."""
    round_table.resolved_in = past_meeting(round_table, 40, title="上月联席会")
    round_table.resolution = ResolutionFactory(meeting=round_table.resolved_in)
    round_table.action = ActionFactory(
        resolution=round_table.resolution, owner_party=Party.ORGANIZATION, owner=round_table.members["organization"],
        organization=round_table.organization, title="夜间巡逻",
    )  # fmt: skip
    confirm_by_hand(round_table.resolved_in, round_table.community_staff)
    return round_table


def given(table, **facts):
    """Another action that counts, of a meeting of its own: nothing is added to one that is confirmed."""
    meeting = past_meeting(table, 40)
    action = ActionFactory(resolution=ResolutionFactory(meeting=meeting), **facts)
    confirm_by_hand(meeting, table.community_staff)
    return action


def carry(table, times):
    for number in range(times):
        meeting = past_meeting(table, 35 - number)
        LookFactory(action=table.action, meeting=meeting)
        confirm_by_hand(meeting, table.community_staff)


def done(table):
    return services.mark_action_done(action_id=table.action.pk, note="巡了三次", actor=table.leader)


def traces():
    return tuple(model.objects.count() for model in (AuditEvent, Notification, Job))


# --- the state machine ---


@pytest.mark.no_db
@pytest.mark.parametrize("state", ActionStatus.values)
@pytest.mark.parametrize("verb", TABLE)
def test_the_method_and_the_table_agree(verb, state):
    action = ActionItem(status=state, owner_party="organization")
    sources, target, facts = TABLE[verb]
    if state in sources:
        getattr(action, verb)(**facts)
        assert action.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(action, verb)(**facts)
        assert action.status == state


def test_done_leaves_one_event_and_tells_who_chairs_and_records(table):
    done(table)
    event = AuditEvent.objects.get()
    assert (event.verb, event.data) == ("action.done", {"from": "open", "to": "done"})
    told = set(Notification.objects.values_list("kind", "recipient__username"))
    assert told == {("action.done", "community_staff"), ("action.done", "worker")}


def test_the_second_call_is_refused_and_leaves_no_trace(table):
    done(table)
    before = traces()
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        done(table)
    assert traces() == before


@pytest.mark.parametrize(
    "values",
    [
        {"status": "done"}, {"status": "blocked"}, {"status": "dropped"}, {"verified_party": "police"},
        {"status": "verified", "done_at": NOW, "verified_at": NOW, "verified_party": "organization"},
        {"done_at": NOW},
    ],
)  # fmt: skip
def test_the_database_refuses_a_state_without_its_facts(values, table):
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionItem.objects.filter(pk=table.action.pk).update(**values)


def test_the_database_refuses_who_verifies_their_own_work(table):
    done(table)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionItem.objects.update(
            status="verified", verified_by=table.leader, verified_at=NOW, verified_party="community"
        )


def test_when_the_last_step_fails_nothing_remains(table, monkeypatch):
    before = traces()

    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr(notices, "tell_of_done", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        done(table)
    assert (ActionItem.objects.get().status, traces()) == ("open", before)


def test_a_redelivered_task_sends_once(table, mailoutbox):
    table.leader.email = "leader@example.org"
    table.leader.save()
    done(table)
    services.verify_action(action_id=table.action.pk, party="community", actor=table.community_staff)
    notice = Notification.objects.get(kind="action.verified")
    for _time in range(2):
        deliver_notification(notification_id=notice.pk)
    assert len(mailoutbox) == 1
    assert "夜间巡逻" in mailoutbox[0].subject


# --- the verbs ---


def test_an_action_of_unconfirmed_minutes_cannot_be_moved(table):
    draft = ActionFactory(resolution=ResolutionFactory(meeting=table.meeting, number="2026-02-01"))
    with pytest.raises(ActionItem.DoesNotExist):
        services.start_action(action_id=draft.pk, actor=table.worker)


def test_what_was_found_missing_goes_back_with_a_note(table):
    done(table)
    services.reopen_action(action_id=table.action.pk, note="周三没人", actor=table.community_staff)
    action = ActionItem.objects.get()
    assert (action.status, action.done_by, action.done_at) == ("in_progress", None, None)
    notice = Notification.objects.get(kind="action.reopened")
    assert (notice.recipient, notice.data["note"]) == (table.leader, "周三没人")


def test_a_record_that_did_it_is_one_that_the_person_reads(table):
    foreign = ActivityFactory()
    with pytest.raises(RuleViolation, match="that you can read"):
        services.mark_action_done(action_id=table.action.pk, note="清了", activity=foreign, actor=table.leader)


# --- who ---


def test_policies_agree_with_what_is_visible(table):
    for person in table.everybody:
        sees = ActionItem.objects.visible_to(person).exists()
        assert bool(verdict(policies.check_view_action, person, table.action)) is sees, person


def test_those_in_charge_do_it_and_nobody_else(table):
    allowed = {one.username for one in table.everybody if verdict(policies.check_done_action, one, table.action)}
    assert allowed == {"leader"}
    ours = given(table, owner_party=Party.SOCIAL_WORKER)
    allowed = {one.username for one in table.everybody if verdict(policies.check_done_action, one, ours)}
    assert {"worker"} <= allowed
    assert "leader" not in allowed


def test_where_nobody_in_charge_has_an_account_the_keepers_say_how_it_stands(table):
    police = given(table, owner_party=Party.POLICE, owner=table.members["police"], title="清理黑车")
    allowed = {one.username for one in table.everybody if verdict(policies.check_done_action, one, police)}
    assert allowed == {"worker", "community_staff", "staff", "hub"}


def test_another_party_and_another_person_verifies(table):
    done(table)
    action = ActionItem.objects.select_related("series__division", "organization", "owner").get()
    assert not verdict(policies.check_verify_action, table.leader, action)
    assert policies.verifying_parties(table.community_staff, action) == [Party.COMMUNITY]
    assert policies.verifying_parties(table.staff, action) == [Party.STREET]
    policies.check_verify_action(table.worker, action)
    with pytest.raises(TransitionNotAllowed, match="verified by another"), transaction.atomic():
        services.verify_action(action_id=action.pk, party="organization", actor=table.worker)


def test_only_keepers_let_an_action_go(table):
    with pytest.raises(PermissionDenied, match="with a reason"):
        policies.check_drop_action(table.leader, table.action)
    policies.check_drop_action(table.staff, table.action)
    services.drop_action(action_id=table.action.pk, reason="小区已整改", actor=table.staff)
    assert not ActionItem.objects.unsettled().exists()


# --- carried and raised ---


def test_months_carried_are_counted_from_confirmed_looks(table):
    carry(table, 2)
    LookFactory(action=table.action, meeting=table.meeting)
    assert ActionItem.objects.with_carried().get().carried == 2


def test_after_three_carries_the_street_is_told_once(table):
    carry(table, 2)
    raise_carried(table.meeting)
    assert not Notification.objects.filter(kind="action.raised").exists()
    carry(table, 1)
    for _time in range(2):
        raise_carried(table.meeting)
    notice = Notification.objects.get(kind="action.raised")
    assert (notice.recipient, notice.data["carried"]) == (table.staff, 3)
    assert list(ActionItem.objects.with_carried().raised_to_street()) == [table.action]


# --- pages ---


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger_asks_as_often_for_three_actions_as_for_one(number, table, sign_in, django_assert_num_queries):
    for _each in range(number - 1):
        given(table, owner=table.members["community"])
    client = sign_in(table.worker)
    client.get("/linkage/actions/")
    with django_assert_num_queries(8):
        page = client.get("/linkage/actions/")
    assert page.content.decode().count("row-link") == number


def test_the_ledger_is_filtered_by_what_it_shows(table, sign_in):
    carry(table, 3)
    late = given(table, title="修路灯", due_on=timezone.localdate() - datetime.timedelta(days=3))
    client = sign_in(table.community_staff)

    def titles(query):
        return [row["action"].title for row in client.get(f"/linkage/actions/?{query}").context["rows"]]

    assert titles("state=overdue") == ["修路灯"]
    assert titles("state=raised") == ["夜间巡逻"]
    assert titles("party=organization") == ["夜间巡逻"]
    assert titles("whose=mine") == ["修路灯"]
    assert titles("state=unsettled") == ["修路灯", "夜间巡逻"]
    assert titles("q=路灯") == ["修路灯"]
    assert list(mine(ActionItem.objects.all(), table.leader)) == [table.action]
    assert late.is_overdue(timezone.localdate())


def test_the_ledger_as_a_file_shows_what_the_list_shows(table, sign_in):
    answer = sign_in(table.worker).get("/linkage/actions.xlsx?state=overdue")
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("sheet")
    assert sign_in(table.stranger).get("/linkage/actions.xlsx").status_code == 403


def test_an_actions_page_tells_its_story_and_offers_what_one_may(table, sign_in):
    carry(table, 1)
    client = sign_in(table.leader)
    page = client.get(f"/linkage/actions/{table.action.uuid}/").content.decode()
    assert "2026-01" in page or table.resolution.number in page
    assert "It is done" in page
    sent = {"note": "巡了三次"}
    assert client.post(f"/linkage/actions/{table.action.uuid}/done/", sent).status_code == 302
    assert client.post(f"/linkage/actions/{table.action.uuid}/verify/", {"party": "community"}).status_code == 403
    client = sign_in(table.community_staff)
    assert client.post(f"/linkage/actions/{table.action.uuid}/verify/", {"party": "organization"}).status_code == 422
    assert client.post(f"/linkage/actions/{table.action.uuid}/verify/", {"party": "community"}).status_code == 302
    assert ActionItem.objects.get().status == "verified"


def test_an_action_that_does_not_count_yet_has_no_page(table, sign_in):
    draft = ActionFactory(resolution=ResolutionFactory(meeting=table.meeting, number="2026-02-01"))
    assert sign_in(table.worker).get(f"/linkage/actions/{draft.uuid}/").status_code == 404
    assert sign_in(table.other_worker).get(f"/linkage/actions/{table.action.uuid}/").status_code == 404


def test_a_look_of_a_meeting_is_kept_once(table):
    LookFactory(action=table.action, meeting=table.meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionReview.objects.create(action=table.action, meeting=table.meeting, before="open", after="open")
