"""Incubation projects: open, read, change; the stage is shown and never written."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.panels import panels_for
from incubator.base.policies import verdict
from incubator.base.transitions import TransitionNotAllowed
from incubator.notifications.models import Notification
from organizations.registries import dossier_sources
from projects.models import FollowUp, IncubationProject, ProjectWorker, ServiceContract
from projects.policies import project as policies
from projects.services.progress import led_by_quarters, whole_percent
from projects.services.project import open_project, terminate_project, update_project
from tests.factories.accounts import UserFactory
from tests.factories.organizations import AgencyFactory, OrganizationFactory, SocialWorkerFactory
from tests.factories.plan import (
    IndicatorFactory,
    NeedFactory,
    ObjectiveFactory,
    PartnerFactory,
    PlanFactory,
    ProjectWorkerFactory,
    served,
)
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.factories.review import AnnouncementFactory
from tests.personas import PEOPLE, give_leader

TODAY = datetime.date(2026, 11, 20)
READERS = {"worker", "staff", "community_staff", "leader", "supervisor", "hub", "evaluator", "district_admin"}
ALLOWED = {
    policies.check_view_project: READERS,
    policies.check_update_project: {"worker", "supervisor", "hub"},
    policies.check_terminate_project: {"staff", "supervisor", "hub"},
}


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
    activity = served(project)
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
    for _number in range(number):
        project = ProjectFactory(organization=OrganizationFactory(community=place.community), lead=place.worker)
        PlanFactory(project=project)
        served(project, plan=PlanFactory(project=project))
    client = sign_in(place.staff)
    with django_assert_num_queries(8):
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


@pytest.mark.parametrize("check", ALLOWED, ids=lambda check: check.__name__)
def test_exactly_these_people_may(place, check):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    assert {key for key in PEOPLE if verdict(check, getattr(place, key), project)} == ALLOWED[check]


def test_what_one_sees_in_the_list_is_what_one_may_open(place):
    for organization in (place.organization, place.other_organization):
        ProjectFactory(organization=organization, lead=place.worker)
    PartnerFactory(project=ProjectFactory(), organization=place.organization)
    everything = IncubationProject.objects.select_related("organization", "community")
    for person in place.everybody:
        seen = set(IncubationProject.objects.visible_to(person))
        assert seen == {thing for thing in everything if verdict(policies.check_view_project, person, thing)}, person
    assert IncubationProject.objects.visible_to(place.leader).count() == 2


def test_another_worker_of_the_street_changes_the_project_only_as_one_of_its_team(place):
    project = ProjectFactory(organization=place.organization, lead=UserFactory())
    assert not verdict(policies.check_update_project, place.worker, project)
    ProjectWorkerFactory(project=project, user=place.worker)
    assert verdict(policies.check_update_project, place.worker, IncubationProject.objects.get())


def contract_of(agency, actor, **more):
    return ServiceContract.objects.create(
        name="2026 购买服务", purchaser="街道", agency=agency, starts_on=datetime.date(2020, 1, 1),
        ends_on=datetime.date(2090, 1, 1), created_by=actor, **more,
    )  # fmt: skip


def test_opening_writes_the_team_the_agency_the_contract_and_the_other_organizations(place, sign_in):
    agency = AgencyFactory(name="晨曦社工")
    SocialWorkerFactory(agency=agency, user=place.worker)
    contract, foreign = contract_of(agency, place.worker), contract_of(AgencyFactory(), place.worker)
    partner = OrganizationFactory(community=place.community)
    client = sign_in(place.worker)
    data = entry(place, partners=[str(partner.uuid)], contract=str(contract.uuid), needs_admission="on")
    assert client.post("/projects/new/", data | {"contract": str(foreign.uuid)}).status_code == 422
    assert client.post("/projects/new/", data).status_code == 302
    project = IncubationProject.objects.get()
    assert (project.agency, project.contract, project.needs_admission) == (agency, contract, True)
    assert list(project.partners.all()) == [partner]
    row = ProjectWorker.objects.get()
    assert (row.user, row.role, row.from_on, row.until_on) == (place.worker, "lead", datetime.date(2026, 1, 5), None)


def test_the_organization_itself_is_no_other_one_in_it(place, sign_in):
    data = entry(place, partners=[str(place.organization.uuid)])
    response = sign_in(place.worker).post("/projects/new/", data)
    assert (response.status_code, "partners" in response.context["form"].errors) == (422, True)


def test_with_many_organizations_one_searches(place, sign_in):
    for number in range(101):
        OrganizationFactory(community=place.community, name=f"合唱队{number}", pinyin=f"hechangdui{number}")
    client = sign_in(place.worker)
    form = client.get("/projects/new/").context["form"]
    assert [field.name for field in form if field.name.endswith("_search")] == [
        "organization_search",
        "partners_search",
    ]
    found = client.get("/projects/organizations.json?q=合唱队1").json()["results"]
    assert len(found) == 12
    data = entry(place, organization="", organization_search="治安")
    assert client.post("/projects/new/", data).status_code == 302
    assert IncubationProject.objects.get().organization == place.organization
    data = entry(place, organization="", organization_search="合唱队")
    answer = client.post("/projects/new/", data)
    assert (answer.status_code, len(answer.context["form"].fields["organization"].widget.choices)) == (422, 21)


def test_without_scripts_partners_are_found_by_sending_twice(place, sign_in):
    for number in range(101):
        OrganizationFactory(community=place.community, name=f"合唱队{number}")
    client, data = sign_in(place.worker), entry(place, partners_search="合唱队77")
    answer = client.post("/projects/new/", data)
    (choice,) = answer.context["form"].fields["partners"].widget.choices
    assert (answer.status_code, answer.context["form"]["partners_search"].value()) == (422, "")
    assert client.post("/projects/new/", data | {"partners": [choice[0]], "partners_search": ""}).status_code == 302
    assert [partner.name for partner in IncubationProject.objects.get().partners.all()] == ["合唱队77"]


def test_other_organizations_change_and_those_out_of_reach_stay(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    mine, far = OrganizationFactory(community=place.community), place.other_organization
    for organization in (mine, far):
        PartnerFactory(project=project, organization=organization)
    new = OrganizationFactory(community=place.next_community)
    data = {"name": project.name, "goal": "", "starts_on": "2026-01-05", "ends_on": "", "partners": [str(new.uuid)]}
    response = sign_in(place.worker).post(reverse("projects:project-update", args=[project.uuid]), data)
    assert response.status_code == 302
    assert set(project.partners.all()) == {new, far}
    assert AuditEvent.objects.about(project).get().data["changes"].keys() == {"partners"}


def test_an_update_over_an_older_edition_shows_both(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    url, old = reverse("projects:project-update", args=[project.uuid]), project.edition
    data = {"name": "我的", "goal": "", "starts_on": "2026-01-05", "ends_on": "", "edition": old}
    update_project(project_id=project.pk, actor=place.hub, name="别人的")
    response = sign_in(place.worker).post(url, data)
    assert response.status_code == 409
    assert "别人的" in response.content.decode()
    assert sign_in(place.worker).post(url, data | {"edition": response.context["form"]["edition"].value()}).url


# --- ending early ---


def test_terminate_project_drops_what_is_open_and_tells_the_team(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    member = UserFactory()
    ProjectWorkerFactory(project=project, user=member)
    FollowUp.objects.create(title="借场地", due_on=TODAY, owner=place.worker, project=project)
    held, _unheld = PlanFactory(project=project), PlanFactory(project=project)
    served(project, plan=held)
    url = reverse("projects:project-terminate", args=[project.uuid])
    assert sign_in(place.worker).post(url, {"reason": "队伍解散"}).status_code == 403
    client = sign_in(place.staff)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "队伍解散"}).status_code == 302
    project = IncubationProject.objects.get()
    assert (project.stage, project.termination_reason) == ("terminated", "队伍解散")
    assert FollowUp.objects.values_list("status", "dropped_reason").get() == ("dropped", "队伍解散")
    assert list(project.plans.in_force()) == [held]
    assert AuditEvent.objects.about(project).get().data["dropped"] == 1
    assert set(Notification.objects.values_list("recipient", "kind")) == {
        (place.worker.pk, "project.terminated"), (member.pk, "project.terminated"),
    }  # fmt: skip
    page = client.get(project.get_absolute_url())
    assert [step["label"] for step in page.context["rail"]] == ["preparation", "terminated"]
    assert client.post(url, {"reason": "再来"}).status_code == 403


def test_a_project_is_terminated_once_and_not_when_it_is_closed(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    terminate_project(project_id=project.pk, actor=place.staff, reason="解散", today=TODAY)
    with pytest.raises(TransitionNotAllowed):
        terminate_project(project_id=project.pk, actor=place.staff, reason="解散", today=TODAY)
    assert AuditEvent.objects.about(project).count() == 1


# --- the page ---


def test_the_page_of_a_rich_project_stays_within_twenty_queries(place, sign_in, django_assert_max_num_queries):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    objective = ObjectiveFactory(project=project)
    for unit in ("sessions", "persons"):
        IndicatorFactory(objective=objective, unit=unit)
    plan = PlanFactory(project=project, planned_on=timezone.localdate() + datetime.timedelta(days=9))
    AnnouncementFactory(organization=place.organization, filed_by=place.worker, plan=plan)
    for _number in range(3):
        served(project, objective)
    client = sign_in(place.worker)
    client.get(project.get_absolute_url())
    with django_assert_max_num_queries(20):
        page = client.get(project.get_absolute_url()).text
    assert page.count("Announced to the community") == 1


def test_the_first_picture_says_who_led_per_quarter(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    may = datetime.datetime(2026, 5, 8, 2, tzinfo=datetime.UTC)
    served(project, starts_at=may, led_by="worker")
    for led_by in ("organization", "organization", "assisted", ""):
        served(project, led_by=led_by)
    first, last = led_by_quarters(project)
    assert (first["quarter"], first["shares"]) == (2, {"worker": 100, "assisted": 0, "organization": 0})
    assert (last["quarter"], last["numbers"], last["untold"]) == (4, {"worker": 0, "assisted": 1, "organization": 2}, 1)
    assert last["shares"] == {"worker": 0, "assisted": 33, "organization": 67}
    client = sign_in(place.worker)
    page = client.get(project.get_absolute_url())
    assert page.context["picture"]["finding"] == "More in the organization's own hands: from 0% to 67%"
    for part in page.context["picture"]["rows"][1]["parts"]:
        listed = client.get(part["url"]).content.decode()
        assert listed.count('class="row-link"') == part["number"]


def test_whole_percent_adds_up_to_a_hundred():
    assert whole_percent({"a": 1, "b": 1, "c": 1}, 3) == {"a": 34, "b": 33, "c": 33}
    assert whole_percent({"a": 0, "b": 0}, 0) == {"a": 0, "b": 0}


def test_the_page_costs_the_same_however_much_was_done(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker, ends_on=datetime.date(2027, 1, 1))
    client, costs = sign_in(place.worker), []
    for number in (1, 2):
        for _number in range(number):
            objective = ObjectiveFactory(project=project, need=NeedFactory(project=project))
            for unit in ("sessions", "persons", "own"):
                IndicatorFactory(objective=objective, unit=unit)
            served(project, objective, plan=PlanFactory(project=project, objective=objective))
            PlanFactory(project=project, responsible=place.worker)
            ProjectWorkerFactory(project=project)
            PartnerFactory(project=project, organization=OrganizationFactory(community=place.community))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(project.get_absolute_url()).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] < 60


def test_the_page_has_its_panels_in_two_columns(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    main = [panel.code for panel in panels_for(place.worker, project, "main")]
    side = [panel.code for panel in panels_for(place.worker, project, "side")]
    assert {"project-objectives", "project-plan-actual", "project-activities"} <= set(main)
    assert {"project-team", "project-history"} <= set(side)


def test_a_leader_of_another_organization_in_it_reads_the_page(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    partner = OrganizationFactory(community=place.far_community)
    PartnerFactory(project=project, organization=partner)
    give_leader(place.funder, partner.uuid)
    assert sign_in(place.funder).get(project.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("query", "number"),
    [("?stage=preparation", 1), ("?stage=closed", 0), ("?q=治安", 1), ("?q=x", 0), ("?area=330102001051", 1)],
)
def test_the_list_is_filtered(place, sign_in, query, number):
    ProjectFactory(organization=place.organization, lead=place.worker)
    page = sign_in(place.hub).get(f"/projects/{query}").content.decode()
    assert page.count('class="row-link"') == number


def test_the_list_is_filtered_by_who_leads(place, sign_in):
    ProjectFactory(organization=place.organization, lead=place.worker)
    client = sign_in(place.hub)
    assert client.get(f"/projects/?lead={place.worker.uuid}").content.decode().count('class="row-link"') == 1
    assert [person.name for person in client.get("/projects/").context["filterset"].form.fields["lead"].queryset] == [
        place.worker.name
    ]
