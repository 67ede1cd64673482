"""Who works on a project: join, leave, hand over the lead in one act."""

import datetime
import uuid

import pytest
from django.urls import reverse

from incubator.accounts.choices import Role
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.notifications.models import Notification
from projects.models import ActivityPlan, FollowUp, IncubationProject, ProjectWorker
from projects.policies import team as policies
from projects.services.team import add_project_worker, end_project_worker, hand_over_project, supervisors_at
from tests.factories.accounts import UserFactory
from tests.factories.organizations import AgencyFactory, SocialWorkerFactory
from tests.factories.plan import PlanFactory, ProjectWorkerFactory, served
from tests.factories.projects import ProjectFactory
from tests.personas import PEOPLE, give_grant

TODAY = datetime.date(2026, 11, 20)


@pytest.fixture
def project(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    ProjectWorkerFactory(project=project, user=place.worker, role="lead")
    return project


@pytest.fixture
def colleague(place):
    person = UserFactory(name="新社工")
    give_grant(person, Role.SOCIAL_WORKER, division=place.street)
    return person


def hand_over(project, to, actor, **more):
    values = {"reason": "调岗", "note": "钥匙在社区", "today": TODAY} | more
    return hand_over_project(project_id=project.pk, to=to, actor=actor, **values)


@pytest.mark.parametrize("check", [policies.check_add_project_worker, policies.check_hand_over_project])
def test_exactly_these_people_may(place, project, check):
    assert {key for key in PEOPLE if verdict(check, getattr(place, key), project)} == {"worker", "supervisor", "hub"}


def test_a_member_joins_once_and_is_told(place, project, colleague, sign_in):
    client = sign_in(place.worker)
    url = reverse("projects:project-worker-add", args=[project.uuid])
    data = {"uuid": str(uuid.uuid4()), "user": str(colleague.uuid), "role": "member", "from_on": "2026-11-01"}
    assert [client.post(url, data).status_code for _number in range(2)] == [302, 302]
    row = ProjectWorker.objects.get(user=colleague)
    assert (row.role, row.from_on) == ("member", datetime.date(2026, 11, 1))
    assert AuditEvent.objects.about(project).get().data == {"person": "新社工", "role": "member"}
    assert Notification.objects.values_list("recipient", "kind").get() == (colleague.pk, "project.worker_added")
    again = client.post(url, data | {"uuid": str(uuid.uuid4())})
    assert (again.status_code, ProjectWorker.objects.filter(user=colleague).count()) == (422, 1)


@pytest.mark.parametrize(
    ("role", "day"), [("member", "2026-11-01"), ("supervisor", "2020-01-01"), ("lead", "2026-11-01")]
)
def test_a_supervisor_is_no_member_and_nobody_joins_before_the_project(place, project, sign_in, role, day):
    url = reverse("projects:project-worker-add", args=[project.uuid])
    data = {"user": str(place.supervisor.uuid), "role": role, "from_on": day}
    assert sign_in(place.worker).post(url, data).status_code == 422
    assert not ProjectWorker.objects.filter(user=place.supervisor).exists()


def test_supervisors_are_those_of_the_agencies_that_serve_the_place(place, project):
    assert {place.supervisor, place.worker, place.hub} == set(supervisors_at(place.community))
    add_project_worker(
        project_id=project.pk, uuid=uuid.uuid4(), user=place.supervisor, role="supervisor", from_on=TODAY,
        actor=place.worker,
    )  # fmt: skip
    with pytest.raises(RuleViolation):
        add_project_worker(
            project_id=project.pk, uuid=uuid.uuid4(), user=place.other_worker, role="member", from_on=TODAY,
            actor=place.worker,
        )  # fmt: skip


def test_ending_somebodys_work_keeps_the_row_and_gives_the_rest_to_the_lead(place, project, colleague, sign_in):
    row = ProjectWorkerFactory(project=project, user=colleague)
    plan = PlanFactory(project=project, responsible=colleague)
    url = reverse("projects:project-worker-end", args=[row.uuid])
    client = sign_in(place.worker)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "产假"}).status_code == 302
    row.refresh_from_db()
    plan.refresh_from_db()
    assert (row.until_on is not None, row.ended_reason, plan.responsible) == (True, "产假", place.worker)
    assert client.post(url, {"reason": "再来"}).status_code == 403
    lead_row = ProjectWorker.objects.get(role="lead")
    assert client.post(reverse("projects:project-worker-end", args=[lead_row.uuid]), {"reason": "x"}).status_code == 403
    with pytest.raises(RuleViolation):
        end_project_worker(row_id=lead_row.pk, actor=place.worker, reason="x", today=TODAY)


def test_the_lead_is_handed_over_in_one_act(place, project, colleague):
    agency = AgencyFactory()
    SocialWorkerFactory(agency=agency, user=colleague)
    ProjectWorkerFactory(project=project, user=colleague)
    open_plan, other, held = (
        PlanFactory(project=project, responsible=place.worker),
        PlanFactory(project=project, responsible=place.hub),
        PlanFactory(project=project, responsible=place.worker),
    )
    served(project, plan=held)
    FollowUp.objects.create(title="借场地", due_on=TODAY, owner=place.worker, project=project)
    hand_over(project, colleague, place.worker)
    project = IncubationProject.objects.get()
    assert (project.lead, project.agency) == (colleague, agency)
    old, _member, new = project.team.order_by("pk")
    assert (old.until_on, old.ended_reason, old.note) == (TODAY, "调岗", "钥匙在社区")
    assert (new.user, new.role, new.from_on, new.until_on) == (colleague, "lead", TODAY, None)
    assert project.team.filter(until_on__isnull=True).count() == 1
    assert dict(ActivityPlan.objects.values_list("pk", "responsible")) == {
        open_plan.pk: colleague.pk, other.pk: place.hub.pk, held.pk: place.worker.pk,
    }  # fmt: skip
    assert FollowUp.objects.get().owner == colleague
    event = AuditEvent.objects.about(project).get()
    assert (event.data["follow_ups"], event.data["plans"], event.data["reason"]) == (1, 1, "调岗")
    assert {notice.recipient for notice in Notification.objects.filter(kind="project.handed_over")} == {
        place.worker, colleague,
    }  # fmt: skip


def test_a_project_without_a_written_team_is_handed_over_too(place, colleague):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    hand_over(project, colleague, place.supervisor)
    assert list(project.team.order_by("pk").values_list("user", "until_on")) == [
        (place.worker.pk, TODAY), (colleague.pk, None),
    ]  # fmt: skip


@pytest.mark.parametrize("to", ["worker", "other_worker", "supervisor"])
def test_handing_over_to_oneself_or_to_who_does_not_serve_the_place_is_refused(place, project, to):
    with pytest.raises(RuleViolation):
        hand_over(project, getattr(place, to), place.hub)
    assert not AuditEvent.objects.about(project).exists()


def test_nothing_remains_of_a_hand_over_that_broke(place, project, colleague, monkeypatch):
    from projects.services import team

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(team, "notify", broken)
    with pytest.raises(RuntimeError):
        hand_over(project, colleague, place.worker)
    assert IncubationProject.objects.get().lead == place.worker
    assert ProjectWorker.objects.get().until_on is None


def test_the_page_of_handing_over_says_what_goes_along(place, project, colleague, sign_in):
    PlanFactory(project=project, responsible=place.worker)
    url = reverse("projects:project-hand-over", args=[project.uuid])
    client = sign_in(place.worker)
    page = client.get(url)
    assert (page.context["plans"], page.context["follow_ups"]) == (1, 0)
    assert list(page.context["form"].fields["to"].queryset) == [colleague]
    data = {
        "to": str(colleague.uuid),
        "reason": "调岗",
        "note": "钥匙",
        "edition": page.context["form"]["edition"].value(),
    }
    assert client.post(url, data | {"note": ""}).status_code == 422
    assert client.post(url, data).status_code == 302
    text = client.get(project.get_absolute_url()).content.decode()
    assert "钥匙" in text
    assert client.post(url, data).status_code == 403  # no longer theirs
