"""Activities and projects for machines: the same verbs, once per identifier."""

import uuid

import pytest

from projects.models import Activity, Objective
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory

URL = "/api/v1/activities/"


def body(place, **more):
    return {
        "uuid": str(uuid.uuid4()), "kind": "visit", "organization": str(place.organization.uuid),
        "starts_at": "2025-11-03T09:30:00+08:00", "summary": "走访", "details": {"way": "phone"}, **more,
    }  # fmt: skip


def test_create_is_once_per_identifier(place, sign_in):
    client, data = sign_in(place.worker), body(place)
    first = client.post(URL, data, content_type="application/json")
    second = client.post(URL, data, content_type="application/json")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Activity.objects.get().status == "submitted"


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "x"}, {"organization": "x"}, {"details": {"way": "x"}}, {"details": "x"}, {"starts_at": "x"},
        {"minutes": 2000}, {"summary": ""}, {"uuid": "x"}, {"participants": -1}, {"led_by": "x"},
    ],
)  # fmt: skip
def test_bad_values_are_refused(place, sign_in, more):
    answer = sign_in(place.worker).post(URL, body(place, **more), content_type="application/json")
    assert answer.status_code == 400
    assert not Activity.objects.exists()


def test_the_organization_has_to_be_in_reach(place, sign_in):
    data = body(place, organization=str(place.other_organization.uuid))
    assert sign_in(place.worker).post(URL, data, content_type="application/json").status_code == 400
    assert sign_in(place.funder).post(URL, data, content_type="application/json").status_code == 403


def test_update_return_and_accept(place, sign_in):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    url = f"{URL}{activity.uuid}/"
    client = sign_in(place.worker)
    assert client.patch(url, {"minutes": 30}, content_type="application/json").json()["minutes"] == 30
    assert client.patch(url, {"minutes": 40, "version": 1}, content_type="application/json").status_code == 409
    client = sign_in(place.staff)
    assert client.patch(url, {"minutes": 50}, content_type="application/json").status_code == 403
    assert client.post(f"{url}return/", {"reason": "请改"}, content_type="application/json").status_code == 200
    assert client.post(f"{url}accept/").status_code == 409
    sign_in(place.worker).patch(url, {"summary": "改好"}, content_type="application/json")
    assert sign_in(place.staff).post(f"{url}accept/").json()["status"] == "accepted"


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_and_show_what_is_in_reach(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        ActivityFactory(organization=place.organization, recorded_by=place.worker)
    ActivityFactory(organization=place.other_organization, recorded_by=place.other_worker)
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    client = sign_in(place.staff)
    with django_assert_num_queries(5):
        assert len(client.get(URL).json()["results"]) == number
    assert [item["uuid"] for item in client.get("/api/v1/projects/").json()["results"]] == [str(project.uuid)]
    assert client.get(f"/api/v1/projects/{project.uuid}/").json()["stage"] == "preparation"
    foreign = Activity.objects.get(organization=place.other_organization)
    assert client.get(f"{URL}{foreign.uuid}/").status_code == 404


def test_a_record_of_a_dissolved_organization_is_not_corrected_here_either(place, sign_in):
    ended = OrganizationFactory(community=place.community, dissolved=True)
    activity = ActivityFactory(organization=ended, recorded_by=place.worker)
    response = sign_in(place.worker).patch(
        f"/api/v1/activities/{activity.uuid}/", {"summary": "改过"}, content_type="application/json"
    )
    assert response.status_code == 403
    assert Activity.objects.get().summary != "改过"


def test_outcome_links_and_objectives_are_taken_and_told(place, sign_in):
    choir = OrganizationFactory(community=place.community)
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    objective = Objective.objects.create(project=project, level="social", text="会开会")
    data = body(
        place, minutes=60, objectives=[str(objective.uuid)], links=[{"organization": str(choir.uuid), "minutes": 20}],
    )  # fmt: skip
    client = sign_in(place.worker)
    answer = client.post(URL, data, content_type="application/json")
    links = [
        {"organization": str(place.organization.uuid), "minutes": 40}, {"organization": str(choir.uuid), "minutes": 20},
    ]  # fmt: skip
    assert (answer.status_code, answer.json()["links"], answer.json()["objectives"]) == (
        201, links, [str(objective.uuid)],
    )  # fmt: skip
    url = f"{URL}{answer.json()['uuid']}/"
    answer = client.patch(url, {"outcome": "cancelled", "outcome_reason": "雨"}, content_type="application/json")
    assert (answer.json()["outcome"], answer.json()["links"]) == ("cancelled", links)
    assert not Activity.objects.counted().exists()
    for query, number in ((f"?organization={choir.uuid}", 1), ("?outcome=held", 0)):
        assert len(client.get(URL + query).json()["results"]) == number


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "cancelled"}, {"outcome": "x"}, {"links": [{"organization": "x"}]}, {"objectives": ["x"]},
        {"objectives": ["11111111-1111-4111-8111-111111111111"]}, {"links": "x"},
    ],
)  # fmt: skip
def test_bad_links_and_outcomes_are_refused(place, sign_in, more):
    answer = sign_in(place.worker).post(URL, body(place, **more), content_type="application/json")
    assert answer.status_code == 400
    assert not Activity.objects.exists()
