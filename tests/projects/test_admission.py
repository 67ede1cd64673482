"""入壳/出壳: the state machine, the working days, people."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from incubator.accounts.models import User
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.jobs.models import Job
from incubator.notifications.models import Notification
from incubator.notifications.services import deliver_notification
from projects.choices import AdmissionStatus
from projects.models import Admission
from projects.policies import admission as policies
from projects.services import admission as services
from tests.factories.accounts import UserFactory
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ProjectFactory
from tests.factories.stages import DAY, AdmissionFactory, AgreementFactory
from tests.personas import give_grant

D = datetime.date
TABLE = {
    "screen": ({"applied"}, "screened"),
    "admit": ({"screened"}, "admitted"),
    "refuse": ({"applied", "screened"}, "refused"),
    "extend": ({"admitted"}, "admitted"),
    "leave": ({"admitted"}, "left"),
}
VERBS = {
    "screen": "admission.screened", "admit": "admission.admitted", "refuse": "admission.refused",
    "extend": "admission.extended", "leave": "admission.left",
}  # fmt: skip


def values_of(action):
    by = {"by": User(pk=1), "at": timezone.now()}
    return {
        "screen": {**by, "opinion": "齐全"},
        "admit": {**by, "reason": "同意", "admitted_on": DAY, "until_on": D(2027, 3, 1)},
        "refuse": {**by, "reason": "人数不足"},
        "extend": {"at": timezone.now(), "until_on": D(2027, 9, 1), "reason": "再半年"},
        "leave": {"outcome": "graduated", "on": D(2026, 11, 2), "reason": "达成", "handover_due_on": D(2026, 11, 23)},
    }[action]


def run(action, admission, place):
    who = {"admission_id": admission.pk, "actor": place.hub}
    return {
        "screen": lambda: services.screen_admission(**who, opinion="齐全"),
        "admit": lambda: services.admit_admission(**who, reason="同意", admitted_on=DAY, until_on=D(2027, 3, 1)),
        "refuse": lambda: services.refuse_admission(**who, reason="人数不足"),
        "extend": lambda: services.extend_admission(**who, until_on=D(2027, 9, 1), reason="再半年"),
        "leave": lambda: services.leave_admission(**who, outcome="graduated", on=D(2026, 11, 2), reason="达成"),
    }[action]()


def make(place, action):
    state = sorted(TABLE[action][0])[0]
    traits = {} if state == "applied" else {state: True}
    return AdmissionFactory(organization=place.organization, applied_by=place.worker, **traits)


def traces():
    return AuditEvent.objects.count(), Notification.objects.count(), Job.objects.count()


@pytest.mark.no_db
@pytest.mark.parametrize("state", AdmissionStatus.values)
@pytest.mark.parametrize("action", TABLE)
def test_the_method_and_the_table_agree(action, state):
    admission, (sources, target) = Admission(status=state), TABLE[action]
    if state in sources:
        getattr(admission, action)(**values_of(action))
        assert admission.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(admission, action)(**values_of(action))
        assert admission.status == state


@pytest.mark.parametrize("action", TABLE)
def test_a_transition_leaves_one_event_and_tells_the_applicants(action, place):
    admission = make(place, action)
    run(action, admission, place)
    admission = Admission.objects.get()
    assert admission.status == TABLE[action][1]
    event = AuditEvent.objects.get(target_uuid=str(admission.uuid))
    assert (event.verb, event.data["to"]) == (VERBS[action], TABLE[action][1])
    told = Notification.objects.filter(kind=VERBS[action])
    assert {notice.recipient for notice in told} == {place.worker, place.leader}
    assert {notice.link for notice in told} == {admission.get_absolute_url()}
    assert len(told) == 2


@pytest.mark.parametrize("action", ["screen", "admit", "refuse", "leave"])
def test_the_second_call_is_refused_and_leaves_no_trace(action, place):
    admission = make(place, action)
    run(action, admission, place)
    before = traces()
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        run(action, admission, place)
    assert traces() == before


def test_the_same_extension_twice_is_refused(place):
    admission = make(place, "extend")
    run("extend", admission, place)
    before = traces()
    with pytest.raises(RuleViolation, match="has to be after 2027-09-01"):
        run("extend", admission, place)
    assert traces() == before


@pytest.mark.parametrize(
    "values",
    [
        {"status": "screened"},
        {"status": "admitted"},
        {"admitted": True, "until_on": DAY},
        {"refused": True, "reason": ""},
        {"left": True, "outcome": ""},
        {"left": True, "left_reason": ""},
        {"admitted": True, "left_on": DAY},
    ],
)
def test_the_database_refuses_a_state_without_its_facts(values, place):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionFactory(organization=place.organization, **values)


def test_the_database_refuses_two_at_a_time_and_that_the_applicant_decides(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionFactory(organization=place.organization, admitted=True, applied_by=place.hub, decided_by=place.hub)
    AdmissionFactory(organization=place.organization, left=True)
    AdmissionFactory(organization=place.organization, admitted=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionFactory(organization=place.organization)


@pytest.mark.parametrize("action", TABLE)
def test_when_the_last_step_fails_nothing_remains(action, place, monkeypatch):
    admission = make(place, action)

    def fail(*args, **kwargs):
        raise RuntimeError("the last step")

    monkeypatch.setattr(services, "notify_applicants", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        run(action, admission, place)
    again = Admission.objects.get()
    assert (again.status, again.until_on, again.updated_at) == (
        admission.status, admission.until_on, admission.updated_at,
    )  # fmt: skip
    assert traces() == (0, 0, 0)


def test_a_redelivered_task_sends_once(place, mailoutbox):
    User.objects.filter(pk=place.worker.pk).update(email="worker@example.org")
    run("leave", make(place, "leave"), place)
    notice = Notification.objects.get(recipient=place.worker)
    for _time in range(2):
        deliver_notification(notification_id=notice.pk)
    assert len(mailoutbox) == 1
    assert "2026-11-23" in mailoutbox[0].body


# --- applying, days ---


def test_apply_admission_is_due_in_five_working_days_and_tells_who_checks(place, monkeypatch):
    before_festival = datetime.datetime(2026, 2, 12, 3, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(services.timezone, "now", lambda: before_festival)
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    admission = services.apply_admission(
        uuid=uuid.uuid4(), organization_id=place.organization.pk, actor=place.leader, wishes="一间活动室"
    )
    # 13 and 14 February are worked, the festival lasts until the 23rd.
    assert admission.check_due_on == D(2026, 2, 26)
    assert (admission.status, admission.community, admission.project) == ("applied", place.community, project)
    told = Notification.objects.filter(kind="admission.applied")
    assert {notice.recipient for notice in told} == {place.hub, place.staff, place.supervisor}
    assert AuditEvent.objects.get().data["due_on"] == "2026-02-26"


def test_apply_admission_of_one_that_is_inside_or_dissolved_is_refused(place):
    AdmissionFactory(organization=place.organization, admitted=True)
    with pytest.raises(RuleViolation, match="has an admission already"):
        services.apply_admission(uuid=uuid.uuid4(), organization_id=place.organization.pk, actor=place.worker)
    dissolved = OrganizationFactory(community=place.community, dissolved=True)
    with pytest.raises(RuleViolation, match="dissolved"):
        services.apply_admission(uuid=uuid.uuid4(), organization_id=dissolved.pk, actor=place.worker)


def test_leave_admission_counts_working_days_for_the_hand_over(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    admission = AdmissionFactory(organization=place.organization, admitted=True, project=project)
    AgreementFactory(project=project, handover_days=3)
    run("leave", admission, place)
    assert Admission.objects.get().handover_due_on == D(2026, 11, 5)


def test_without_an_agreement_it_is_fifteen_working_days(place):
    run("leave", make(place, "leave"), place)
    assert Admission.objects.get().handover_due_on == D(2026, 11, 23)


@pytest.mark.parametrize(
    ("action", "service", "values", "sentence"),
    [
        ("screen", "screen_admission", {"opinion": " "}, "write the opinion"),
        ("refuse", "refuse_admission", {"reason": ""}, "say why"),
        ("admit", "admit_admission", {"reason": "x", "admitted_on": DAY, "until_on": DAY}, "after the start"),
        ("leave", "leave_admission", {"reason": "x", "on": D(2026, 1, 1), "outcome": "advised"}, "before it was admitted"),
    ],
)  # fmt: skip
def test_bad_facts_are_refused(action, service, values, sentence, place):
    admission = make(place, action)
    with pytest.raises(RuleViolation, match=sentence), transaction.atomic():
        getattr(services, service)(admission_id=admission.pk, actor=place.hub, **values)
    assert Admission.objects.get().status == admission.status


@pytest.mark.parametrize("action", ["screen", "admit", "refuse", "extend"])
def test_the_applicant_decides_nothing(action, place):
    admission = make(place, action)
    Admission.objects.filter(pk=admission.pk).update(applied_by=place.hub)
    with pytest.raises(RuleViolation, match="own application"), transaction.atomic():
        run(action, admission, place)


# --- people ---


def allowed_to(place, check, thing):
    return {person.username for person in place.everybody if verdict(check, person, thing)}


def test_exactly_these_people_apply_decide_and_record_leaving(place):
    assert allowed_to(place, policies.check_apply_admission, place.organization) == {
        "worker", "community_staff", "leader",
    }  # fmt: skip
    admission = AdmissionFactory(organization=place.organization, applied_by=place.worker)
    offices = {"hub", "staff", "supervisor"}
    for verb in ("screen", "admit", "refuse", "extend"):
        assert allowed_to(place, getattr(policies, f"check_{verb}_admission"), admission) == offices
    assert allowed_to(place, policies.check_leave_admission, admission) == offices | {"leader"}
    assert policies.outcomes_for(place.leader, admission) == ["withdrew"]
    assert len(policies.outcomes_for(place.hub, admission)) == 3


def test_who_applied_is_told_to_ask_a_colleague(place):
    both = UserFactory()
    give_grant(both, "social_worker", division=place.street)
    give_grant(both, "hub_center", division=place.street)
    admission = AdmissionFactory(organization=place.organization, applied_by=both)
    answer = verdict(policies.check_screen_admission, both, admission)
    assert answer.reason == "You applied for it yourself, so a colleague decides."
    assert list(Admission.objects.waiting_for(both)) == []
    assert list(Admission.objects.waiting_for(place.hub)) == [admission]


def test_the_list_shows_what_the_policy_lets_people_view(place):
    admissions = [AdmissionFactory(organization=place.organization)]
    for community in (place.next_community, place.other_community, place.far_community):
        admissions.append(AdmissionFactory(organization=OrganizationFactory(community=community)))
    for person in place.everybody:
        seen = {admission.pk for admission in admissions if verdict(policies.check_view_admission, person, admission)}
        assert set(Admission.objects.visible_to(person).values_list("pk", flat=True)) == seen, person.username
