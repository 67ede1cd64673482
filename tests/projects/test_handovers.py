"""The work of an agency in a place goes to another in one act; those who leave read what they wrote for a while."""

import datetime
import io
import uuid
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from incubator.accounts.models import RoleGrant
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.hashes import content_sha256
from incubator.base.policies import verdict
from incubator.notifications.models import Notification
from organizations.models import Agency
from projects.choices import FollowUpStatus, TeamRole
from projects.models import Activity, AgencyHandover, FollowUp, IncubationProject, ProjectWorker
from projects.policies import handover as policies
from projects.policies.activity import check_update_activity, check_view_activity
from projects.services import handover as services
from tests.factories.accounts import UserFactory
from tests.factories.contracts import (
    ContractFactory,
    HandoverFactory,
)
from tests.factories.organizations import AgencyFactory, AgencyServiceAreaFactory, SocialWorkerFactory
from tests.factories.plan import PlanFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.review import AnnouncementFactory, FollowUpFactory

NOW = datetime.datetime(2026, 11, 22, 2, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def change(place):
    """The agency of the first street with a project there and what is open, and a new agency with a worker."""
    place.old = Agency.objects.get(uuid=place.agency_uuid)
    SocialWorkerFactory(agency=place.old, user=place.worker)
    place.new = AgencyFactory(name="新苗中心")
    place.lead = UserFactory(name="新来的")
    SocialWorkerFactory(agency=place.new, user=place.lead, name="新来的")
    place.project = ProjectFactory(
        organization=place.organization, lead=place.worker, agency=place.old, contract=ContractFactory(agency=place.old)
    )
    ProjectWorker.objects.create(
        project=place.project, user=place.worker, role=TeamRole.LEAD, from_on=datetime.date(2026, 1, 5)
    )
    place.plan = PlanFactory(project=place.project, responsible=place.worker)
    place.task = FollowUpFactory(owner=place.worker, community=place.community, organization=place.organization)
    place.announcement = AnnouncementFactory(
        organization=place.organization, community=place.community, filed_by=place.worker
    )
    return place


def hand_over(place, **more):
    moving = services.Moving(place.old, place.street, NOW)
    values = {
        "uuid": uuid.uuid4(), "from_agency": place.old, "to_agency": place.new, "division": place.street,
        "lead": place.lead, "reads_until": datetime.date(2099, 12, 31), "note": "合同到期",
        "seen": content_sha256(moving.listing()), "actor": place.staff, "now": NOW, "today": TODAY,
    }  # fmt: skip
    return services.hand_over(**values | more)


def test_everything_open_goes_along_in_one_act(change):
    elsewhere = ProjectFactory(organization=change.other_organization, lead=change.other_worker)
    handover = hand_over(change)
    project = IncubationProject.objects.get(pk=change.project.pk)
    assert (project.agency, project.lead, project.contract) == (change.new, change.lead, None)
    team = [(row.user, row.role, row.until_on) for row in project.team.order_by("pk")]
    assert team == [(change.worker, "lead", TODAY), (change.lead, "lead", None)]
    change.plan.refresh_from_db()
    assert (FollowUp.objects.get().owner, change.plan.responsible) == (change.lead, change.lead)
    assert IncubationProject.objects.get(pk=elsewhere.pk).lead == change.other_worker
    assert [area.division for area in change.new.service_areas.all()] == [change.street]
    assert list(change.old.service_areas.all()) == []
    assert handover.listing_sha256 == content_sha256(handover.listing)
    assert [len(handover.listing[part]) for part in services.PARTS] == [1, 1, 1, 1, 0]
    assert [event.verb for event in AuditEvent.objects.about(handover)] == ["handover.done"]
    assert "handover.project_moved" in [event.verb for event in AuditEvent.objects.about(project)]
    told = set(Notification.objects.filter(kind="handover.done").values_list("recipient__name", flat=True))
    assert told == {"新来的", "王社工", "郑督导"}
    assert RoleGrant.objects.active().filter(user=change.worker).exists()


def test_what_is_done_or_belongs_to_nobody_stays(change):
    done = FollowUpFactory(
        owner=change.worker, community=change.community, status=FollowUpStatus.DONE, closed_at=timezone.now()
    )
    nobodys = FollowUpFactory(owner=None, community=change.community)
    elsewhere = FollowUpFactory(owner=change.worker, community=change.other_community)
    hand_over(change)
    assert [FollowUp.objects.get(pk=item.pk).owner for item in (done, nobodys, elsewhere)] == [
        change.worker, None, change.worker,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (lambda place: {"to_agency": place.old}, "another agency"),
        (lambda place: {"lead": place.other_worker}, "work for the new agency"),
        (lambda place: {"reads_until": datetime.date(2026, 1, 1)}, "over already"),
        (lambda place: {"seen": "0" * 64}, "Something changed"),
        (lambda place: {"division": place.other_street}, "nothing open"),
    ],
)
def test_a_hand_over_against_the_rules_leaves_no_trace(change, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        hand_over(change, **more(change))
    assert AgencyHandover.objects.count() == 0
    assert IncubationProject.objects.get(pk=change.project.pk).agency == change.old


def test_the_second_hand_over_finds_nothing_left(change):
    hand_over(change)
    with pytest.raises(RuleViolation, match="nothing open"):
        hand_over(change)
    assert AgencyHandover.objects.count() == 1


def test_the_database_refuses_a_hand_over_to_oneself(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverFactory(from_agency=change.old, to_agency=change.old, division=change.street)


@pytest.mark.parametrize("number", [1, 3])
def test_what_moves_is_read_in_the_same_number_of_queries(change, django_assert_num_queries, number):
    for _number in range(number - 1):
        FollowUpFactory(owner=change.worker, community=change.community)
        PlanFactory(project=change.project)
    with django_assert_num_queries(7):
        services.Moving(change.old, change.street, NOW)


# --- pages -------------------------------------------------------------------------------------------------------------


def entry(place, **more):
    return {
        "uuid": str(uuid.uuid4()), "seen": "", "from_agency": str(place.old.uuid), "to_agency": str(place.new.uuid),
        "division": place.street.code, "lead": str(place.lead.uuid), "reads_until": "2099-12-31", "note": "", **more,
    }  # fmt: skip


def test_add_handover_shows_what_goes_along_before_it_is_done(change, sign_in):
    AgencyServiceAreaFactory(agency=change.new, division=change.next_community)
    client, url, data = sign_in(change.staff), reverse("projects:handover-add"), entry(change)
    page = client.post(url, data)
    assert page.status_code == 200
    assert AgencyHandover.objects.count() == 0
    assert change.project.name in page.content.decode()
    assert "has no role in this place yet" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    FollowUpFactory(owner=change.worker, community=change.community)
    page = client.post(url, data | {"seen": seen})
    assert "look through the list again" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    for _click in range(2):
        answer = client.post(url, data | {"seen": seen})
        assert answer.status_code == 302, answer.context["form"].errors
        assert answer.url == AgencyHandover.objects.get().get_absolute_url()
    assert AgencyHandover.objects.count() == 1
    page = client.get(AgencyHandover.objects.get().get_absolute_url()).content.decode()
    assert "as it was when it was handed over" in page
    assert client.get(reverse("projects:handover-listing", args=[AgencyHandover.objects.get().uuid])).status_code == 200


@pytest.mark.parametrize("person", ["worker", "supervisor", "community_staff", "finance", "stranger"])
def test_add_handover_is_the_offices_business(change, sign_in, person):
    assert sign_in(getattr(change, person)).get(reverse("projects:handover-add")).status_code == 403


def test_the_page_and_the_list_agree_who_sees_a_hand_over(change):
    HandoverFactory(from_agency=change.old, to_agency=change.new, division=change.street)
    HandoverFactory(division=change.other_street)
    for person in [*change.everybody, change.lead]:
        seen = set(AgencyHandover.objects.visible_to(person).values_list("pk", flat=True))
        allowed = {
            item.pk for item in AgencyHandover.objects.all() if verdict(policies.check_view_handover, person, item)
        }
        assert seen == allowed, person.username


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(change, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        HandoverFactory(from_agency=change.old, division=change.street)
    client = sign_in(change.staff)
    with django_assert_num_queries(6):
        page = client.get(reverse("projects:handover-list"))
    assert page.content.decode().count('class="row-link"') == number


# --- reading afterwards ------------------------------------------------------------------------------------------------


@pytest.fixture
def after(change):
    """The worker's role was ended after the hand-over; one record is theirs, one a colleague's."""
    change.mine = ActivityFactory(organization=change.organization, recorded_by=change.worker)
    change.colleagues = ActivityFactory(organization=change.organization, recorded_by=change.community_staff)
    change.elsewhere = ActivityFactory(organization=change.other_organization, recorded_by=change.worker)
    change.handover = hand_over(change)
    RoleGrant.objects.filter(user=change.worker).update(
        revoked_at=timezone.now(), revoked_by=change.staff, revoked_reason="换机构"
    )
    change.worker.__dict__.pop("access", None)
    return change


def test_the_old_agency_s_people_read_what_they_wrote_there_and_no_more(after, sign_in):
    assert list(Activity.objects.visible_to(after.worker)) == [after.mine]
    client = sign_in(after.worker)
    assert client.get(reverse("projects:activity-record", args=[after.mine.uuid])).status_code == 200
    assert client.get(after.colleagues.get_absolute_url()).status_code == 404
    assert client.get(after.elsewhere.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied, match="handed this place over"):
        check_update_activity(after.worker, after.mine)


def test_reading_ends_with_its_day(after):
    AgencyHandover.objects.update(handed_over_on=datetime.date(2026, 1, 1), reads_until=datetime.date(2026, 1, 2))
    assert list(Activity.objects.visible_to(after.worker)) == []
    assert not verdict(check_view_activity, after.worker, after.mine)


def test_the_page_and_the_list_agree_after_a_hand_over(after):
    for person in [*after.everybody, after.lead]:
        seen = set(Activity.objects.visible_to(person).values_list("pk", flat=True))
        allowed = {item.pk for item in Activity.objects.all() if verdict(check_view_activity, person, item)}
        assert seen == allowed, person.username


def test_they_save_what_they_wrote(after, sign_in):
    client = sign_in(after.worker)
    table = client.get(reverse("projects:handover-own-table", args=[after.handover.uuid]))
    assert b"".join(table.streaming_content).startswith(b"PK")
    forms = client.get(reverse("projects:handover-own-forms", args=[after.handover.uuid]))
    with zipfile.ZipFile(io.BytesIO(b"".join(forms.streaming_content))) as archive:
        assert len(archive.namelist()) == 1
    assert (
        sign_in(after.staff).get(reverse("projects:handover-own-table", args=[after.handover.uuid])).status_code == 403
    )
