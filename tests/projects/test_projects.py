"""Incubation projects: open, read, change; the stage is shown and never written."""

import datetime
import uuid

import pytest
from django.urls import reverse

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.panels import panels_for
from incubator.notifications.models import Notification
from organizations.registries import dossier_sources
from projects.models import IncubationProject
from projects.services.project import open_project
from tests.factories.projects import ActivityFactory, ProjectFactory


def entry(place, **more):
    return {
        "uuid": str(uuid.uuid4()), "organization": str(place.organization.uuid), "name": "治安队孵化",
        "lead": str(place.worker.uuid), "starts_on": "2026-01-05", "ends_on": "", "goal": "自己排班", **more,
    }  # fmt: skip


def test_a_supervisor_opens_a_project_once_and_the_lead_worker_is_told(place, sign_in):
    client, data = sign_in(place.supervisor), entry(place)
    answers = [client.post("/projects/new/", data) for _number in range(2)]
    project = IncubationProject.objects.get()
    assert [answer.url for answer in answers] == [project.get_absolute_url()] * 2
    assert (project.stage, project.community, project.lead) == ("preparation", place.community, place.worker)
    assert [event.verb for event in AuditEvent.objects.about(project)] == ["project.opened"]
    assert Notification.objects.get().recipient == place.worker


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ends_on": "2025-01-01"}, "ends_on"), ({"name": ""}, "name"), ({"organization": "x"}, "organization"),
        ({"lead": "other"}, "lead"),
    ],
)  # fmt: skip
def test_bad_input_is_refused(place, sign_in, more, field):
    if more.get("lead"):
        more = {"lead": str(place.other_worker.uuid)}
    response = sign_in(place.worker).post("/projects/new/", entry(place, **more))
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_an_organization_has_one_running_project(place):
    ProjectFactory(organization=place.organization, lead=place.worker)
    with pytest.raises(RuleViolation):
        open_project(
            uuid=uuid.uuid4(), organization=place.organization, name="又一个", lead=place.worker, actor=place.worker,
            starts_on=datetime.date(2026, 1, 1),
        )  # fmt: skip


def test_the_page_shows_the_rail_and_the_activities(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker, goal="自己排班")
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker, project=project)
    page = sign_in(place.staff).get(project.get_absolute_url())
    assert activity.get_absolute_url() in page.content.decode()
    assert [step["is_now"] for step in page.context["rail"]] == [True, False, False, False]
    assert sign_in(place.other_staff).get(project.get_absolute_url()).status_code == 404


def test_update_project_changes_all_but_the_stage(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    url = reverse("projects:project-update", args=[project.uuid])
    data = {"name": "新名", "goal": "新目标", "starts_on": "2026-01-05", "ends_on": "2026-12-31", "stage": "closed"}
    assert sign_in(place.worker).post(url, data).status_code == 302
    project = IncubationProject.objects.get()
    assert (project.name, project.stage, project.ends_on) == ("新名", "preparation", datetime.date(2026, 12, 31))
    assert AuditEvent.objects.about(project).get().data["changes"].keys() == {"name", "goal", "ends_on"}
    assert sign_in(place.staff).post(url, data).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(place, sign_in, django_assert_num_queries, number):
    from tests.factories.organizations import OrganizationFactory

    for _number in range(number):
        ProjectFactory(organization=OrganizationFactory(community=place.community), lead=place.worker)
    client = sign_in(place.staff)
    with django_assert_num_queries(6):
        assert client.get("/projects/").content.decode().count('class="row-link"') == number


def test_the_organization_s_page_gets_a_panel_for_those_who_read_activities(place, rf):
    codes = {panel.code for panel in panels_for(place.staff, place.organization)}
    assert "organization-activities" in codes
    assert "organization-activities" not in {panel.code for panel in panels_for(place.admin, place.organization)}


def test_the_panel_shows_the_project_and_the_last_activities(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    ActivityFactory(organization=place.organization, recorded_by=place.worker)
    page = sign_in(place.worker).get(place.organization.get_absolute_url()).content.decode()
    assert project.get_absolute_url() in page
    assert f"/projects/activities/new/?organization={place.organization.uuid}" in page


def test_recorded_activities_fill_their_heading_of_the_dossier(place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    ActivityFactory(organization=place.other_organization, recorded_by=place.worker, returned=True)
    source = dossier_sources["activity_records"]
    assert [entry.url for entry in source.entries(place.organization)] == [activity.get_absolute_url()]
    assert source.present_for([place.organization, place.other_organization]) == {"": {place.organization.pk}}
