"""The pieces of minutes: attendance and quorum, opinions, resolutions and actions; and two recorders who type at once."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from incubator.base.errors import RuleViolation, StaleEdition
from linkage.choices import Party
from linkage.models import ActionItem, AgendaItem, ItemOpinion, JointMeeting, MeetingAttendance, Resolution
from linkage.services import attendance, opinion, resolution
from linkage.services.attendance import quorum_of
from linkage.services.minutes import close_meeting
from tests.factories.linkage_minutes import (
    AttendanceFactory,
    HeldMeetingFactory,
    ItemFactory,
    MemberFactory,
    ResolutionFactory,
)


def take(table, party, presence="present", **more):
    return attendance.take_attendance(
        meeting_id=table.meeting.pk, member_id=table.members[party].pk, presence=presence, actor=table.worker, **more
    )


def write(table, item, text, **more):
    return opinion.write_opinion(
        meeting_id=table.meeting.pk, item_id=item.pk, party=Party.COMMUNITY, text=text, actor=table.worker, **more
    )


def resolve(table, text="本月内清理", **facts):
    return resolution.add_resolution(
        meeting_id=table.meeting.pk, uuid=uuid.uuid4(), text=text, result=facts.pop("result", "adopted"),
        actor=table.worker, **facts,
    )  # fmt: skip


def action_values(table, of="police", **more):
    member = table.members[of]
    return {
        "title": "夜间巡逻", "owner_party": member.party, "owner": member, "helpers": "",
        "due_on": timezone.localdate() + datetime.timedelta(days=10),
    } | more  # fmt: skip


# --- attendance ---


def test_a_quorum_needs_each_party_in_person_or_represented(round_table):
    meeting = round_table.meeting
    assert quorum_of(round_table.series, meeting.attendances.all()).missing == [
        "community", "social organization", "social worker"
    ]  # fmt: skip
    take(round_table, "community")
    take(round_table, "organization", "proxy", proxy_name="马队副")
    take(round_table, "social_worker", "excused", excuse="培训")
    quorum = quorum_of(round_table.series, meeting.attendances.all())
    assert (quorum.is_met, quorum.missing, quorum.there) == (False, ["social worker"], 2)
    take(round_table, "social_worker", edition=MeetingAttendance.objects.get(party="social_worker").edition)
    assert quorum_of(round_table.series, meeting.attendances.all()).is_met


def test_a_representative_has_a_name(round_table):
    with pytest.raises(RuleViolation, match="who came instead"):
        take(round_table, "police", "proxy")


def test_attendance_keeps_the_name_of_the_day(round_table):
    take(round_table, "police")
    member = round_table.members["police"]
    member.name = "高警官"
    member.save()
    assert MeetingAttendance.objects.get().name == "罗警官"


def test_everybody_of_a_party_in_one_tap_but_nobody_who_is_noted(round_table):
    MemberFactory(series=round_table.series, party=Party.POLICE, name="辅警")
    take(round_table, "police", "excused", excuse="出警")
    number = attendance.fill_attendance(meeting_id=round_table.meeting.pk, party="police", actor=round_table.worker)
    assert number == 1
    assert dict(MeetingAttendance.objects.values_list("name", "presence")) == {"罗警官": "excused", "辅警": "present"}


def test_guests_come_and_are_taken_out_and_members_are_marked_absent_instead(round_table):
    guest = attendance.add_guest(
        meeting_id=round_table.meeting.pk, uuid=uuid.uuid4(), party="residents", name="何阿姨", actor=round_table.worker
    )
    row = take(round_table, "police")
    with pytest.raises(RuleViolation, match="absent instead"):
        attendance.remove_guest(meeting_id=round_table.meeting.pk, guest_id=row.pk, actor=round_table.worker)
    attendance.remove_guest(meeting_id=round_table.meeting.pk, guest_id=guest.pk, actor=round_table.worker)
    assert list(MeetingAttendance.objects.all()) == [row]


# --- two recorders at once ---


def test_the_later_recorder_is_told_and_nothing_is_overwritten(round_table):
    item = ItemFactory(series=round_table.series)
    write(round_table, item, "社区出车", edition="new")
    with pytest.raises(StaleEdition):
        write(round_table, item, "物业出车", edition="new")
    assert ItemOpinion.objects.get().text == "社区出车"
    seen = ItemOpinion.objects.get().edition
    assert write(round_table, item, "社区和物业都出车", edition=seen).text == "社区和物业都出车"


def test_the_same_words_twice_are_one_opinion_without_a_conflict(round_table):
    item = ItemFactory(series=round_table.series)
    first = write(round_table, item, "社区出车", edition="new")
    assert write(round_table, item, " 社区出车 ", edition="new").edition == first.edition


def test_what_the_other_took_out_is_told_as_well(round_table):
    item = ItemFactory(series=round_table.series)
    seen = write(round_table, item, "社区出车").edition
    write(round_table, item, "", edition=seen)
    assert not ItemOpinion.objects.exists()
    with pytest.raises(StaleEdition, match="took this out"):
        write(round_table, item, "社区出两辆车", edition=seen)


def test_two_taps_for_the_same_person_agree_or_ask(round_table):
    take(round_table, "police", edition="new")
    take(round_table, "police", edition="new")
    with pytest.raises(StaleEdition):
        take(round_table, "police", "absent", edition="new")
    assert MeetingAttendance.objects.get().presence == "present"


def test_once_closed_no_piece_is_written(round_table):
    item = ItemFactory(series=round_table.series)
    take(round_table, "community")
    close_meeting(meeting_id=round_table.meeting.pk, actor=round_table.worker)
    for piece in (lambda: write(round_table, item, "迟到的话"), lambda: resolve(round_table),
                  lambda: take(round_table, "police")):  # fmt: skip
        with pytest.raises(RuleViolation, match="not in session"):
            piece()


# --- resolutions and actions ---


def test_numbers_run_through_the_month_of_the_series(round_table):
    month = f"{round_table.meeting.period:%Y-%m}"
    assert [resolve(round_table).number for _each in range(2)] == [f"{month}-01", f"{month}-02"]
    JointMeeting.objects.update(status="agenda_open", began_at=None)
    beside = HeldMeetingFactory(series=round_table.series, kind="special", in_session=True)
    found = resolution.add_resolution(
        meeting_id=beside.pk, uuid=uuid.uuid4(), text="加一项", result="adopted", actor=round_table.worker
    )
    assert found.number == f"{month}-03"


def test_only_a_confirmed_resolution_is_superseded_and_once(round_table):
    own = resolve(round_table)
    with pytest.raises(RuleViolation, match="Only a confirmed"):
        resolve(round_table, supersedes=own)
    old_meeting = HeldMeetingFactory(
        series=round_table.series, kind="special", closed=True, starts_at=timezone.now() - datetime.timedelta(days=40)
    )
    old = ResolutionFactory(meeting=old_meeting, number="2025-12-01")
    JointMeeting.objects.filter(pk=old_meeting.pk).update(
        status="confirmed", content_sha256="0" * 64, confirmed_by=round_table.worker, confirmed_at=timezone.now()
    )
    later = resolve(round_table, supersedes=old)
    assert old.superseded_by == later
    with pytest.raises(RuleViolation, match="Only a confirmed"):
        resolve(round_table, supersedes=old)


def test_an_action_of_an_organizations_representative_is_the_organizations(round_table):
    resolved = resolve(round_table)
    action = resolution.add_action(
        resolution_id=resolved.pk, uuid=uuid.uuid4(), actor=round_table.worker,
        **action_values(round_table, "organization"),
    )  # fmt: skip
    assert action.organization == round_table.organization
    changed = resolution.update_action(
        action_id=action.pk, edition=action.edition, actor=round_table.worker, **action_values(round_table)
    )
    assert (changed.owner_party, changed.organization) == ("police", None)


def test_who_is_in_charge_stands_on_the_roster_and_speaks_for_that_party(round_table):
    resolved = resolve(round_table)
    for facts, sentence in (
        ({"owner": MemberFactory()}, "not on the roster"),
        ({"owner_party": "community"}, "another party"),
        ({"title": "  "}, "what is to do"),
    ):
        with pytest.raises(RuleViolation, match=sentence):
            resolution.add_action(
                resolution_id=resolved.pk, uuid=uuid.uuid4(), actor=round_table.worker,
                **action_values(round_table, **facts),
            )  # fmt: skip
    assert not ActionItem.objects.exists()


def test_what_was_rejected_leaves_nothing_to_do(round_table):
    rejected = resolve(round_table, result="rejected")
    with pytest.raises(RuleViolation, match="leaves nothing to do"):
        resolution.add_action(
            resolution_id=rejected.pk, uuid=uuid.uuid4(), actor=round_table.worker, **action_values(round_table)
        )


def test_taking_a_resolution_out_takes_its_actions_along(round_table):
    resolved = resolve(round_table)
    resolution.add_action(
        resolution_id=resolved.pk, uuid=uuid.uuid4(), actor=round_table.worker, **action_values(round_table)
    )
    resolution.remove_resolution(resolution_id=resolved.pk, actor=round_table.worker)
    assert (Resolution.objects.count(), ActionItem.objects.count()) == (0, 0)


# --- the screen ---


def url(table, rest=""):
    return f"/linkage/meetings/{table.meeting.uuid}/record/{rest}"


def test_the_screen_shows_all_and_costs_as_much_for_three_items_as_for_one(
    round_table, sign_in, django_assert_num_queries
):
    client = sign_in(round_table.worker)
    ItemFactory(series=round_table.series, title="一号楼")
    client.get(url(round_table))
    with django_assert_num_queries(15):
        page = client.get(url(round_table))
    assert page.status_code == 200
    for _each in range(2):
        item = ItemFactory(series=round_table.series)
        write(round_table, item, "尽快办")
    resolved = [resolve(round_table, item_id=item.pk) for item in AgendaItem.objects.all()]
    for one in resolved:
        resolution.add_action(
            resolution_id=one.pk, uuid=uuid.uuid4(), actor=round_table.worker, **action_values(round_table)
        )
    with django_assert_num_queries(15):
        page = client.get(url(round_table))
    assert page.content.decode().count("夜间巡逻") >= 3


def test_a_tap_is_kept_with_and_without_the_script(round_table, sign_in):
    client = sign_in(round_table.worker)
    member = round_table.members["police"]
    answer = client.post(url(round_table, f"members/{member.uuid}/"), {"presence": "present", "edition": "new"})
    assert (answer.status_code, answer["Location"]) == (302, f"{url(round_table)}#member-{member.uuid}")
    edition = MeetingAttendance.objects.get().edition
    answer = client.post(
        url(round_table, f"members/{member.uuid}/"), {"presence": "proxy", "edition": edition},
        headers={"hx-request": "true"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert "Please say who came instead." in answer.content.decode()
    answer = client.post(
        url(round_table, f"members/{member.uuid}/"), {"presence": "proxy", "proxy_name": "高警官", "edition": edition},
        headers={"hx-request": "true"},
    )  # fmt: skip
    assert 'id="quorum"' in answer.content.decode()
    assert MeetingAttendance.objects.get().proxy_name == "高警官"


def test_the_later_recorder_sees_both_and_chooses(round_table, sign_in):
    item = ItemFactory(series=round_table.series)
    write(round_table, item, "社区出车")
    client = sign_in(round_table.worker)
    address = url(round_table, f"items/{item.uuid}/opinions/community/")
    answer = client.post(address, {"text": "物业出车", "edition": "new"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "社区出车" in page
    assert "物业出车" in page
    assert ItemOpinion.objects.get().text == "社区出车"
    form = next(
        line["piece"].form
        for entry in answer.context["items"]
        for line in entry["opinions"]
        if line["piece"].differences
    )
    sent = {"text": "物业出车", "edition": "new", "seen": form["seen"].value(), "keep": "mine"}
    assert client.post(address, sent).status_code == 302
    assert ItemOpinion.objects.get().text == "物业出车"


def test_a_double_click_adds_one_resolution(round_table, sign_in):
    client = sign_in(round_table.worker)
    sent = {"uuid": str(uuid.uuid4()), "text": "本月内清理", "result": "adopted"}
    for _time in range(2):
        assert client.post(url(round_table, "resolutions/"), sent).status_code == 302
    assert Resolution.objects.count() == 1


def test_an_invalid_piece_comes_back_with_what_was_typed(round_table, sign_in):
    resolved = resolve(round_table)
    client = sign_in(round_table.worker)
    answer = client.post(
        url(round_table, f"resolutions/{resolved.uuid}/actions/"), {"title": "夜间巡逻", "due_on": "2001-01-01"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="夜间巡逻"' in page
    assert "Please say which party is in charge." in page
    assert "That day is before the meeting." in page


def test_whoever_only_reads_the_meeting_does_not_write_it(round_table, sign_in):
    member = round_table.members["police"]
    assert sign_in(round_table.leader).get(url(round_table)).status_code == 403
    sent = {"presence": "present"}
    assert sign_in(round_table.leader).post(url(round_table, f"members/{member.uuid}/"), sent).status_code == 403
    assert sign_in(round_table.other_worker).get(url(round_table)).status_code == 404


def test_guests_of_the_same_name_and_body_are_one(round_table):
    AttendanceFactory(meeting=round_table.meeting, party="residents", name="何阿姨")
    with pytest.raises((RuleViolation, ValidationError)):
        attendance.add_guest(
            meeting_id=round_table.meeting.pk, uuid=uuid.uuid4(), party="residents", name="何阿姨",
            actor=round_table.worker,
        )  # fmt: skip
