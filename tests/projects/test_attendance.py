"""Who came: the roll, people who came by, a crowd by age, the signed sheet, and who reads the names."""

import datetime
import threading

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from projects.choices import AttendanceStatus, Outcome, StaffRole
from projects.models import Activity, ActivityLink, ActivityWorker, Attendance, Headcount
from projects.policies import attendance as policies
from projects.services import attendance as services
from tests.factories.attendance import AttendanceFactory, HeadcountFactory
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.projects import STARTS_AT, ActivityFactory
from tests.personas import PEOPLE

PRESENT, EXCUSED, ABSENT = AttendanceStatus
ON_THE_DAY, LATER = STARTS_AT + datetime.timedelta(hours=1), STARTS_AT + datetime.timedelta(days=3)


def take(hall, actor=None, **what):
    return services.take_attendance(activity_id=hall.activity.pk, actor=actor or hall.worker, **what)[1]


def told(hall):
    return Activity.objects.get(pk=hall.activity.pk).participants


# --- taking the roll --------------------------------------------------------------------------------------------------


def test_members_people_who_came_by_and_a_crowd_add_up_and_the_record_follows(hall):
    first, second, _third = hall.members
    count = take(
        hall,
        marks={first.pk: PRESENT, second.pk: EXCUSED},
        guests=["刘阿姨", "刘阿姨"],
        groups={"over_60": 7, "unknown": 2},
    )
    assert (count.members, count.guests, count.excused, count.unnamed, count.total) == (1, 1, 1, 9, 11)
    assert told(hall) == 11
    assert Headcount.objects.count() == 2
    event = AuditEvent.objects.get(verb="attendance.taken")
    assert event.data["participants"] == [None, 11]
    assert "张三" not in str(event.data)
    assert "刘阿姨" not in str(event.data)


def test_the_same_again_leaves_no_trace(hall):
    take(hall, marks={hall.members[0].pk: PRESENT}, groups={"over_60": 2})
    before = Activity.objects.get().version, AuditEvent.objects.count()
    take(hall, marks={hall.members[0].pk: PRESENT}, groups={"over_60": 2})
    assert (Activity.objects.get().version, AuditEvent.objects.count()) == before


def test_a_number_that_somebody_typed_is_never_changed_silently(hall):
    Activity.objects.update(participants=15)
    count = take(hall, marks={member.pk: PRESENT for member in hall.members})
    assert (count.differs, count.told, count.total, count.missing) == (True, 15, 3, 12)
    assert told(hall) == 15
    services.complete_attendance(activity_id=hall.activity.pk, actor=hall.worker)
    assert (Headcount.objects.get().number, Headcount.objects.get().age_group, told(hall)) == (12, "unknown", 15)
    with pytest.raises(RuleViolation, match="Nobody is missing"):
        services.complete_attendance(activity_id=hall.activity.pk, actor=hall.worker)


def test_the_count_is_taken_when_somebody_says_so_and_followed_from_then_on(hall):
    Activity.objects.update(participants=2)
    take(hall, marks={member.pk: PRESENT for member in hall.members})
    assert told(hall) == 2
    services.follow_attendance(activity_id=hall.activity.pk, actor=hall.worker)
    assert told(hall) == 3
    take(hall, guests=["来客"])
    assert told(hall) == 4
    assert AuditEvent.objects.filter(verb="attendance.followed").count() == 1


def test_a_changed_number_makes_an_open_form_of_the_record_an_older_version(hall):
    before = hall.activity.version
    take(hall, guests=["来客"])
    assert Activity.objects.get().version == before + 1


def test_hours_of_the_day_and_hours_entered_later_are_two_counters(hall):
    first, second, third = hall.members
    with time_machine.travel(ON_THE_DAY, tick=False):
        take(hall, marks={first.pk: PRESENT, third.pk: ABSENT})
    with time_machine.travel(LATER, tick=False):
        take(hall, marks={second.pk: PRESENT, third.pk: PRESENT})
        row = Attendance.objects.get(membership=second)
        take(hall, minutes={row.uuid: 90})
    assert hall.activity.attendances.minutes_by_source() == {"captured": 60, "entered_later": 150}
    Activity.objects.update(minutes=120)  # whoever has no minutes of their own stayed as long as the activity took
    assert hall.activity.attendances.minutes_by_source() == {"captured": 120, "entered_later": 210}


def test_the_name_of_one_member_is_that_member_and_of_two_somebody_who_came_by(hall):
    MembershipFactory(organization=hall.organization, name="李四", phone="13800000001")
    count = take(hall, guests=["张三", "李四"])
    assert (count.members, count.guests) == (1, 1)
    assert Attendance.objects.get(membership=hall.members[0]).status == PRESENT


def test_all_are_there_leaves_alone_whom_somebody_noted_otherwise(hall):
    first, second, third = hall.members
    take(hall, marks={first.pk: EXCUSED})
    count = take(hall, fill=[member.pk for member in hall.members], marks={second.pk: ABSENT})
    assert (count.members, count.excused, count.absent) == (1, 1, 1)
    assert Attendance.objects.get(status=PRESENT).membership == third


def test_members_of_all_organizations_served_are_on_the_roll_as_far_as_one_reads_their_names(hall):
    friends = OrganizationFactory(name="舞蹈队", community=hall.community)
    far = hall.other_organization
    member, hidden = MembershipFactory(organization=friends), MembershipFactory(organization=far)
    for organization in (friends, far):
        ActivityLink.objects.create(
            activity=hall.activity, organization=organization, community=organization.community, minutes=0
        )
    Activity.objects.update(reaches_out=True)
    MembershipFactory(organization=hall.organization, left_on=datetime.date(2026, 1, 1))
    rows = services.roll_of(hall.activity, hall.worker)
    assert {row.member for row in rows} == {*hall.members, member}
    assert [row.member.organization for row in rows] == [hall.organization] * 3 + [friends]
    assert [row.member for row in services.roll_of(hall.activity, hall.other_leader)] == [hidden]
    assert verdict(policies.check_take_attendance, hall.leader, hall.activity)


@pytest.mark.parametrize("state", ["draft", "locked", "not_held"])
def test_nobody_is_noted_at_a_draft_a_closed_month_or_what_did_not_take_place(hall, state):
    if state == "draft":
        hall.activity = ActivityFactory(draft=True, recorded_by=hall.worker)
    elif state == "locked":
        Activity.objects.update(status="locked", locked_at=LATER)
    else:
        Activity.objects.update(outcome=Outcome.NOT_HELD, outcome_reason="下雨")
    with pytest.raises(RuleViolation):
        take(hall, guests=["来客"])
    hall.activity = Activity.objects.get(pk=hall.activity.pk)
    assert not verdict(policies.check_take_attendance, hall.worker, hall.activity)
    assert not Attendance.objects.exists()


def test_a_stranger_of_another_organization_is_not_put_on_the_roll(hall):
    other = MembershipFactory(organization=hall.other_organization)
    with pytest.raises(RuleViolation, match="not on the roll"):
        take(hall, marks={other.pk: PRESENT})
    with pytest.raises(RuleViolation, match="not on the roll"):
        take(hall, marks={hall.members[0].pk: "elsewhere"})
    with pytest.raises(RuleViolation, match="Please check the number"):
        take(hall, groups={"over_60": -1})


def test_when_the_last_step_fails_nothing_remains(hall, monkeypatch):
    monkeypatch.setattr("projects.services.attendance.audit.record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take(hall, marks={hall.members[0].pk: PRESENT}, groups={"over_60": 2})
    assert (Attendance.objects.count(), Headcount.objects.count(), told(hall)) == (0, 0, None)


def test_the_database_refuses_a_person_twice_and_minutes_of_who_was_not_there(hall):
    facts = {"activity": hall.activity, "membership": hall.members[0]}
    AttendanceFactory(**facts)
    for wrong in (facts, {"activity": hall.activity, "guest_name": "某", "status": ABSENT, "minutes": 30}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AttendanceFactory(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_people_take_the_roll_at_the_same_time_and_nobody_is_lost(hall):
    start, errors = threading.Barrier(2), []

    def work(actor, marks):
        try:
            start.wait()
            take(hall, actor=actor, marks=marks)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    first, second, third = (member.pk for member in hall.members)
    threads = [
        threading.Thread(target=work, args=(hall.worker, {first: PRESENT, second: PRESENT})),
        threading.Thread(target=work, args=(hall.leader, {second: PRESENT, third: EXCUSED})),
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert errors == []
    assert dict(Attendance.objects.values_list("membership_id", "status")) == {
        first: "present", second: "present", third: "excused",
    }  # fmt: skip
    assert told(hall) == 2


# --- the page ---------------------------------------------------------------------------------------------------------


def sent(page, **more):
    """What the form of this page sends when nothing was touched."""
    form, data = page.context["form"], {}
    data["seen"] = form.initial["seen"]
    for line, status, _first in form.lines:
        if status:
            data[f"status-{line.member.uuid}"] = status
    for row, minutes in form.timed:
        data[f"minutes-{row.uuid}"] = minutes
    for field in form.groups:
        data[field.html_name] = field.value() or ""
    return data | {"guests": ""} | more


def test_a_form_opened_earlier_does_not_take_back_what_somebody_else_noted(hall, sign_in):
    url = reverse("projects:attendance-take", args=[hall.activity.uuid])
    old = sign_in(hall.worker).get(url)
    first, second, third = hall.members
    take(hall, actor=hall.leader, marks={first.pk: PRESENT, second.pk: EXCUSED}, groups={"over_60": 4})
    response = sign_in(hall.worker).post(url, sent(old, **{f"status-{third.uuid}": "present"}))
    assert response.status_code == 302
    states = dict(Attendance.objects.values_list("membership__name", "status"))
    assert states == {"张三": "present", "李四": "excused", "王五": "present"}
    assert Headcount.objects.get().number == 4


def test_all_are_there_in_one_tap_with_what_was_tapped_before(hall, sign_in):
    client = sign_in(hall.worker)
    page = client.get(reverse("projects:attendance-take", args=[hall.activity.uuid]))
    url = reverse("projects:attendance-fill", args=[hall.activity.uuid])
    assert f'formaction="{url}"' in page.content.decode()
    client.post(url, sent(page, **{f"status-{hall.members[1].uuid}": "excused"}))
    assert sorted(Attendance.objects.values_list("status", flat=True)) == ["excused", "present", "present"]


def test_five_thousand_are_asked_back_and_then_taken(hall, sign_in):
    client, url = sign_in(hall.worker), reverse("projects:attendance-take", args=[hall.activity.uuid])
    page = client.get(url)
    data = sent(page, **{"group-unknown": "5000", f"status-{hall.members[0].uuid}": "present"})
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "More than 1000 people?" in answer.content.decode()
    assert f'id="present-{hall.members[0].uuid}" value="present" checked' in answer.content.decode()
    assert not Headcount.objects.exists()
    assert client.post(url, data | {"many_confirmed": "on"}).status_code == 302
    assert Headcount.objects.get().number == 5000


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("group-over_60", "-1", "Please check the number"),
        ("group-over_60", "9999999", "Please check the number"),
        ("guests", "长" * 61, "longer than a name"),
        ("guests", "\n".join(f"人{number}" for number in range(301)), "too many names"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(hall, sign_in, field, value, sentence):
    client, url = sign_in(hall.worker), reverse("projects:attendance-take", args=[hall.activity.uuid])
    answer = client.post(url, sent(client.get(url), many_confirmed="on", **{field: value}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Attendance.objects.exists()


def test_minutes_of_one_person_are_changed_and_checked(hall, sign_in):
    take(hall, marks={hall.members[0].pk: PRESENT})
    row = Attendance.objects.get()
    client, url = sign_in(hall.worker), reverse("projects:attendance-take", args=[hall.activity.uuid])
    page = client.get(url)
    assert client.post(url, sent(page, **{f"minutes-{row.uuid}": "1500"})).status_code == 422
    client.post(url, sent(page, **{f"minutes-{row.uuid}": "45"}))
    assert Attendance.objects.get().minutes == 45


def test_somebody_who_came_by_is_taken_off_again_and_a_member_is_not(hall, sign_in):
    take(hall, guests=["写错"], marks={hall.members[0].pk: PRESENT})
    guest, member = Attendance.objects.order_by("membership")
    if guest.membership_id:
        guest, member = member, guest
    client = sign_in(hall.worker)
    assert client.post(reverse("projects:attendance-remove", args=[guest.uuid])).status_code == 302
    assert client.post(reverse("projects:attendance-remove", args=[member.uuid])).status_code == 403
    assert (Attendance.objects.get(), told(hall)) == (member, 1)
    assert "写错" not in str(AuditEvent.objects.get(verb="attendance.removed").data)


# --- who may -----------------------------------------------------------------------------------------------------------


def test_exactly_these_people_take_the_roll(hall):
    may = {key for key in PEOPLE if verdict(policies.check_take_attendance, getattr(hall, key), hall.activity)}
    assert may == {"worker", "leader", "community_staff"}
    ActivityWorker.objects.create(activity=hall.activity, user=hall.hub, role=StaffRole.TOOK_PART)
    ActivityWorker.objects.create(activity=hall.activity, user=hall.supervisor, role=StaffRole.SUPERVISOR)
    assert verdict(policies.check_take_attendance, hall.hub, hall.activity)
    assert not verdict(policies.check_take_attendance, hall.supervisor, hall.activity)


def test_the_names_one_sees_are_those_one_may_read(hall):
    other = ActivityFactory(organization=hall.other_organization, recorded_by=hall.other_worker)
    AttendanceFactory(activity=hall.activity, membership=hall.members[0])
    AttendanceFactory(activity=other, membership=MembershipFactory(organization=hall.other_organization))
    AttendanceFactory(activity=hall.activity)
    AttendanceFactory(activity=other)
    rows = Attendance.objects.select_related("activity__organization", "membership__organization__community")
    for person in hall.everybody:
        seen = set(Attendance.objects.visible_to(person))
        assert seen == {row for row in rows if verdict(policies.check_view_attendance, person, row)}, person
    assert not Attendance.objects.visible_to(hall.staff).exists()
    assert Attendance.objects.visible_to(hall.worker).count() == 2


def test_a_street_sees_numbers_and_no_names(hall, sign_in):
    take(hall, marks={hall.members[0].pk: PRESENT}, guests=["刘阿姨"], groups={"over_60": 7})
    text = sign_in(hall.staff).get(hall.activity.get_absolute_url()).content.decode()
    assert '<span class="stat-value">9</span>' in text
    assert "张三" not in text
    assert "刘阿姨" not in text
    assert "sign-in-names.docx" not in text
    text = sign_in(hall.worker).get(hall.activity.get_absolute_url()).content.decode()
    assert "张三" in text
    assert "刘阿姨" in text


def test_an_activity_without_a_list_says_what_to_do(hall, sign_in):
    text = sign_in(hall.worker).get(hall.activity.get_absolute_url()).content.decode()
    assert "Nobody has been counted yet" in text
    assert reverse("projects:attendance-take", args=[hall.activity.uuid]) in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_roll_costs_the_same_for_one_member_and_for_three(place, sign_in, django_assert_num_queries, number):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    for _row in range(number):
        member = MembershipFactory(organization=place.organization)
        AttendanceFactory(activity=activity, membership=member)
        AttendanceFactory(activity=activity)
    client = sign_in(place.worker)
    url = reverse("projects:attendance-take", args=[activity.uuid])
    with django_assert_num_queries(10):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_costs_the_same_for_one_person_and_for_three(place, django_assert_num_queries, number):
    from incubator.base.panels import panels

    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    for _row in range(number):
        AttendanceFactory(activity=activity, membership=MembershipFactory(organization=place.organization))
    HeadcountFactory(activity=activity)
    _known = place.worker.access.grants
    with django_assert_num_queries(5):
        context = panels["activity-attendance"].context(place.worker, activity)
    assert len(context["present"]) == number


# --- the paper ---------------------------------------------------------------------------------------------------------
