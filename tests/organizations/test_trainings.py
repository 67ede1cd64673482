"""Trainings of social workers: entered once, taken back, read within the own agency, never compared."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.policies import verdict
from organizations.models import WorkerTraining
from organizations.policies import training as policies
from projects.choices import StaffRole
from projects.models import ActivityWorker, WorkRule
from projects.panels.agency_structure import AgencyStructure
from tests.factories.organizations import (
    AgencyFactory,
    AgencyServiceAreaFactory,
    OrganizationFactory,
    SocialWorkerFactory,
)
from tests.factories.projects import ActivityFactory


@pytest.fixture
def agency(personas):
    agency = AgencyFactory(uuid=personas.agency_uuid, name="晴川社工")
    AgencyServiceAreaFactory(agency=agency, division=personas.street)
    personas.employed = SocialWorkerFactory(agency=agency, user=personas.worker, name="王社工")
    return agency


def entry(**more):
    return {
        "uuid": str(uuid.uuid4()), "title": "小组工作方法", "organizer": "区社工协会", "held_on": "2026-05-06",
        "hours": "6.5", **more,
    }  # fmt: skip


@pytest.mark.parametrize("person", ["worker", "supervisor"])
def test_add_training_with_two_clicks_makes_one(personas, agency, sign_in, person):
    url, data = reverse("organizations:training-add", args=[personas.employed.uuid]), entry()
    client = sign_in(getattr(personas, person))
    for _click in range(2):
        assert client.post(url, data).status_code == 302
    assert WorkerTraining.objects.get().hours == Decimal("6.5")
    assert [event.verb for event in AuditEvent.objects.about(personas.employed)] == ["worker_training.added"]
    page = client.get(reverse("organizations:training-list", args=[personas.employed.uuid])).content.decode()
    assert "小组工作方法" in page


@pytest.mark.parametrize(
    ("more", "field"),
    [({"hours": "0"}, "hours"), ({"hours": "500"}, "hours"), ({"held_on": "2099-01-01"}, "held_on"),
        ({"title": ""}, "title")],
)  # fmt: skip
def test_bad_trainings_are_refused(personas, agency, sign_in, more, field):
    url = reverse("organizations:training-add", args=[personas.employed.uuid])
    answer = sign_in(personas.worker).post(url, entry(**more))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_remove_training_keeps_the_row_and_counts_no_more(personas, agency, sign_in):
    client = sign_in(personas.supervisor)
    client.post(reverse("organizations:training-add", args=[personas.employed.uuid]), entry())
    training = WorkerTraining.objects.get()
    url = reverse("organizations:training-remove", args=[training.uuid])
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 403
    assert WorkerTraining.objects.in_force().count() == 0
    verbs = [event.verb for event in AuditEvent.objects.about(personas.employed).order_by("pk")]
    assert verbs == ["worker_training.added", "worker_training.removed"]


def test_single_trainings_stay_within_the_agency(personas, agency, sign_in):
    url = reverse("organizations:training-list", args=[personas.employed.uuid])
    assert sign_in(personas.staff).get(url).status_code == 403
    assert sign_in(personas.other_worker).get(url).status_code == 404
    training = WorkerTraining.objects.create(
        worker=personas.employed, title="x", held_on=datetime.date(2026, 5, 6), hours=Decimal(6)
    )
    for person in personas.everybody:
        seen = WorkerTraining.objects.visible_to(person).exists()
        assert seen == bool(verdict(policies.check_view_trainings, person, agency)), person.username
    assert training.worker == personas.employed


def test_the_agency_s_page_warns_above_the_street_s_share(personas, agency):
    for _number in range(2):
        SocialWorkerFactory(agency=agency, employment="part_time")
    context = AgencyStructure.context(personas.staff, agency)
    assert (context["percent"], context["limit"], context["is_over"]) == (66, 50, True)
    WorkRule.objects.create(division=personas.street, flexible_staff_percent=70)
    assert AgencyStructure.context(personas.staff, agency)["is_over"] is False


def test_hours_and_supervisions_stand_in_the_order_of_names(personas, agency):
    SocialWorkerFactory(agency=agency, name="安社工")
    today = datetime.date.today()  # noqa: DTZ011
    for hours in (6, 4):
        WorkerTraining.objects.create(worker=personas.employed, title="x", held_on=today, hours=Decimal(hours))
    organization = OrganizationFactory(community=personas.community)
    for more in ({}, {"returned": True}):
        session = ActivityFactory(
            organization=organization, recorded_by=personas.supervisor, kind="supervision", **more
        )
        ActivityWorker.objects.create(activity=session, user=personas.worker, role=StaffRole.SUPERVISED)
    context = AgencyStructure.context(personas.supervisor, agency)
    assert [row["name"] for row in context["people"]] == ["安社工", "王社工"]
    assert [(row["hours"], row["supervisions"]) for row in context["people"]] == [(0, 0), (10, 1)]
    assert context["hours"] == 10
    assert AgencyStructure.context(personas.staff, agency)["people"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_agency_s_page_costs_the_same(personas, agency, sign_in, django_assert_num_queries, number):
    for _number in range(number - 1):
        SocialWorkerFactory(agency=agency)
    client = sign_in(personas.supervisor)
    with django_assert_num_queries(12):
        assert client.get(agency.get_absolute_url()).status_code == 200
