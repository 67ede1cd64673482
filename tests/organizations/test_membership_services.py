import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from organizations.models import Membership
from organizations.services.membership import (
    add_member,
    add_members,
    appoint,
    end_membership,
    export_members,
    update_member,
)
from tests.factories.organizations import MembershipFactory, OrganizationFactory

TODAY = datetime.date(2026, 3, 2)


@pytest.fixture
def organization(personas):
    return OrganizationFactory(community=personas.community)


def events(verb):
    return list(AuditEvent.objects.filter(verb=verb).order_by("pk"))


def add(organization, actor, **values):
    facts = {"uuid": uuid.uuid4(), "name": "张秀英", "phone": "13812341234", "position": "member"} | values
    return add_member(organization_id=organization.pk, actor=actor, **facts)


def test_add_member_writes_one_event_without_name_or_phone(personas, organization):
    member = add(organization, personas.worker)
    (event,) = events("membership.added")
    assert event.target_uuid == str(member.uuid)
    assert event.target_label == "•••"
    assert "张秀英" not in str(event.data)
    assert "13812341234" not in str(event.data)
    assert event.chain.key == "330102"


def test_add_member_sent_twice_makes_one_record_and_one_event(personas, organization):
    identifier = uuid.uuid4()
    first = add(organization, personas.worker, uuid=identifier)
    assert add(organization, personas.worker, uuid=identifier) == first
    assert Membership.objects.count() == 1
    assert len(events("membership.added")) == 1


def test_add_member_who_is_on_the_list_is_refused_and_leaves_no_trace(personas, organization):
    add(organization, personas.worker)
    with pytest.raises(RuleViolation, match="on the list already"):
        add(organization, personas.worker)
    assert Membership.objects.count() == 1
    assert len(events("membership.added")) == 1


def test_add_member_to_a_dissolved_organization_is_refused(personas):
    gone = OrganizationFactory(community=personas.community, dissolved=True)
    with pytest.raises(RuleViolation, match="dissolved"):
        add(gone, personas.worker)


def test_add_members_adds_all_with_one_event_each(personas, organization):
    batch = uuid.uuid4()
    people = [(1, "张秀英", "13812341234"), (3, "李建国", "")]
    added = add_members(organization_id=organization.pk, uuid=batch, actor=personas.worker, people=people)
    assert [(member.name, member.phone) for member in added] == [("张秀英", "13812341234"), ("李建国", "")]
    assert len(events("membership.added")) == 2
    again = add_members(organization_id=organization.pk, uuid=batch, actor=personas.worker, people=people)
    assert {member.pk for member in again} == {member.pk for member in added}
    assert Membership.objects.count() == 2


def test_add_members_names_the_lines_and_adds_nobody(personas, organization):
    MembershipFactory(organization=organization, name="张秀英", phone="13812341234")
    people = [(1, "张秀英", "13812341234"), (2, "李建国", ""), (4, "李建国", "")]
    with pytest.raises(RuleViolation) as refusal:
        add_members(organization_id=organization.pk, uuid=uuid.uuid4(), actor=personas.worker, people=people)
    assert "Line 1: a member of this name and phone" in str(refusal.value)
    assert "Line 4: the same as line 2" in str(refusal.value)
    assert Membership.objects.count() == 1
    assert events("membership.added") == []


def test_update_member_records_what_changed_and_masks_what_is_personal(personas, organization):
    member = MembershipFactory(organization=organization, name="张秀英", phone="13812341234")
    update_member(membership_id=member.pk, actor=personas.worker, phone="13912341234", is_backbone=True)
    (event,) = events("membership.updated")
    assert event.data == {"changes": {"phone": ["•••", "•••"], "is_backbone": [False, True]}}


def test_update_member_without_a_change_writes_nothing(personas, organization):
    member = MembershipFactory(organization=organization, name="张秀英")
    update_member(membership_id=member.pk, actor=personas.worker, name="张秀英")
    assert events("membership.updated") == []


def test_appoint_records_from_and_to_and_the_second_call_is_refused(personas, organization):
    member = MembershipFactory(organization=organization)
    appoint(membership_id=member.pk, actor=personas.worker, position="deputy")
    with pytest.raises(RuleViolation, match="deputy leader"):
        appoint(membership_id=member.pk, actor=personas.worker, position="deputy")
    (event,) = events("membership.appointed")
    assert event.data == {"from": "member", "to": "deputy"}


def test_end_membership_keeps_the_row_and_the_second_call_is_refused(personas, organization):
    member = MembershipFactory(organization=organization)
    facts = {"membership_id": member.pk, "actor": personas.worker, "left_on": TODAY, "today": TODAY}
    end_membership(**facts, reason="moved")
    with pytest.raises(RuleViolation, match="left already"):
        end_membership(**facts)
    member.refresh_from_db()
    assert member.left_on == TODAY
    (event,) = events("membership.ended")
    assert event.data == {"left_on": "2026-03-02", "reason": "moved"}


@pytest.mark.parametrize(
    ("joined_on", "left_on", "sentence"),
    [
        (None, TODAY + datetime.timedelta(days=1), "still to come"),
        (TODAY, TODAY - datetime.timedelta(days=1), "before joining"),
    ],
)
def test_end_membership_on_an_impossible_day_is_refused(personas, organization, joined_on, left_on, sentence):
    member = MembershipFactory(organization=organization, joined_on=joined_on)
    with pytest.raises(RuleViolation, match=sentence):
        end_membership(membership_id=member.pk, actor=personas.worker, left_on=left_on, today=TODAY)
    member.refresh_from_db()
    assert member.left_on is None


def test_somebody_who_left_can_come_back(personas, organization):
    MembershipFactory(organization=organization, name="张秀英", phone="13812341234", left_on=TODAY)
    assert add(organization, personas.worker).left_on is None


def test_the_database_refuses_impossible_members(personas, organization):
    MembershipFactory(organization=organization, name="张秀英", phone="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(organization=organization, name="张秀英", phone="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(organization=organization, joined_on=TODAY, left_on=datetime.date(2026, 3, 1))


def test_export_members_is_one_event_about_the_organization_and_gives_todays_members(personas, organization):
    leader = MembershipFactory(organization=organization, position="leader")
    first = MembershipFactory(organization=organization)
    MembershipFactory(organization=organization, left_on=TODAY)
    head = MembershipFactory(organization=organization, position="group_head")
    assert export_members(organization=organization, actor=personas.worker) == [leader, head, first]
    (event,) = events("membership.exported")
    assert (event.target_uuid, event.data) == (str(organization.uuid), {"members": 3})
