"""Social workers of an agency: who keeps the list, linking accounts, the pages."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from organizations.models import SocialWorker
from organizations.policies import social_worker as policies
from organizations.services.social_worker import end_social_worker, link_social_worker, unlink_social_worker
from tests.factories.organizations import AgencyFactory, AgencyServiceAreaFactory, SocialWorkerFactory
from tests.personas import PEOPLE

TODAY = datetime.date(2026, 3, 2)
KEEPERS = {"supervisor", "district_admin", "admin"}
SEERS = KEEPERS | {"worker", "staff", "community_staff", "hub", "evaluator", "finance"}


@pytest.fixture
def scene(personas):
    personas.agency = AgencyFactory(uuid=personas.agency_uuid)
    AgencyServiceAreaFactory(agency=personas.agency, division=personas.street)
    personas.employee = SocialWorkerFactory(agency=personas.agency, name="陈静", phone="13812341234")
    return personas


def address(name, thing):
    return reverse(f"organizations:social-worker-{name}", args=[thing.uuid])


@pytest.mark.parametrize(
    ("check", "about", "expected"),
    [
        (policies.check_view_social_worker, "employee", SEERS),
        (policies.check_see_worker_phones, "agency", KEEPERS),
        (policies.check_add_social_worker, "agency", KEEPERS),
        (policies.check_update_social_worker, "employee", KEEPERS),
        (policies.check_end_social_worker, "employee", KEEPERS),
        (policies.check_link_social_worker, "employee", KEEPERS),
        (policies.check_unlink_social_worker, "employee", set()),
    ],
)
def test_who_may(scene, check, about, expected):
    thing = getattr(scene, about)
    assert {name for name in [*PEOPLE, "anonymous"] if verdict(check, getattr(scene, name), thing)} == expected


def test_the_list_of_social_workers_agrees_with_the_policy(scene):
    workers = [scene.employee, SocialWorkerFactory(), SocialWorkerFactory(user=scene.stranger)]
    for name in PEOPLE:
        person = getattr(scene, name)
        expected = {w for w in workers if verdict(policies.check_view_social_worker, person, w)}
        assert set(SocialWorker.objects.visible_to(person)) == expected, name


def test_link_and_unlink_leave_one_event_each(scene):
    link_social_worker(worker_id=scene.employee.pk, actor=scene.admin, user=scene.worker)
    unlink_social_worker(worker_id=scene.employee.pk, actor=scene.admin)
    account = {"account": str(scene.worker.uuid)}
    assert [(e.verb, e.target_label, e.data) for e in AuditEvent.objects.order_by("pk")] == [
        ("social_worker.linked", "•••", account),
        ("social_worker.unlinked", "•••", account),
    ]


def test_link_an_account_of_somebody_else_is_refused(scene):
    SocialWorkerFactory(user=scene.worker)
    with pytest.raises(RuleViolation, match="belongs to a social worker already"):
        link_social_worker(worker_id=scene.employee.pk, actor=scene.admin, user=scene.worker)
    assert AuditEvent.objects.count() == 0


def test_end_social_worker_twice_is_refused(scene):
    facts = {"worker_id": scene.employee.pk, "actor": scene.admin, "left_on": TODAY, "today": TODAY}
    end_social_worker(**facts)
    with pytest.raises(RuleViolation, match="left already"):
        end_social_worker(**facts)
    assert AuditEvent.objects.get().data == {"left_on": "2026-03-02"}


def test_the_database_refuses_impossible_social_workers(scene):
    SocialWorkerFactory(user=scene.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        SocialWorkerFactory(user=scene.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        SocialWorkerFactory(started_on=TODAY, left_on=datetime.date(2026, 3, 1))


def test_add_form_sent_twice_makes_one_social_worker(scene, sign_in):
    client = sign_in(scene.supervisor)
    assert client.get(address("add", scene.agency)).status_code == 200
    facts = {"uuid": uuid.uuid4(), "name": "李雷", "employment": "intern", "licence": "assistant"}
    for _click in range(2):
        assert client.post(address("add", scene.agency), facts).url == scene.agency.get_absolute_url()
    worker = SocialWorker.objects.get(name="李雷")
    assert (worker.employment, worker.licence) == ("intern", "assistant")
    event = AuditEvent.objects.get()
    assert "李雷" not in f"{event.target_label}{event.data}"


def test_update_link_unlink_and_end_by_form(scene, sign_in):
    client = sign_in(scene.district_admin)
    steps = (
        ("update", {"name": "陈静", "employment": "part_time", "phone": "13812341234"}),
        ("link", {"username": "worker"}),
        ("end", {"left_on": "2026-01-05"}),
    )
    for name, facts in steps:
        assert client.get(address(name, scene.employee)).status_code == 200
        assert client.post(address(name, scene.employee), facts).url == scene.agency.get_absolute_url()
    scene.employee.refresh_from_db()
    assert (scene.employee.employment, scene.employee.user) == ("part_time", scene.worker)
    assert client.post(address("unlink", scene.employee)).status_code == 403


def test_an_account_that_one_does_not_see_is_the_same_as_none(scene, sign_in):
    client = sign_in(scene.district_admin)
    answers = []
    for username in ("stranger", "nobody-at-all"):
        response = client.post(address("link", scene.employee), {"username": username})
        assert response.status_code == 422
        answers.append(response.context["form"].errors["username"])
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ["update", "end", "link"])
@pytest.mark.parametrize(
    ("person", "status"), [("other_worker", 404), ("stranger", 404), ("staff", 403), ("worker", 403)]
)
def test_a_social_worker_that_one_may_not_change(scene, sign_in, name, person, status):
    assert sign_in(getattr(scene, person)).get(address(name, scene.employee)).status_code == status
