"""What the entry form asks besides the first few things: outcome, an end, long days, crowds, shares, plans, people."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from organizations.models import Agency
from projects.models import Activity, ActivityLink, ActivityPlan, Objective
from projects.services import activity as services
from tests.factories.organizations import AgencyFactory, OrganizationFactory, PlaceFactory, SocialWorkerFactory
from tests.factories.projects import STARTS_AT, ActivityFactory, ProjectFactory

CREATE = "/projects/activities/new/visit/"


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-20T10:03:00+08:00", tick=False):
        yield


@pytest.fixture
def choir(place):
    return OrganizationFactory(name="合唱队", pinyin="hechangdui", community=place.next_community)


def entry(place, /, **more):
    return {
        "uuid": str(uuid.uuid4()), "version": "0", "organization": str(place.organization.uuid),
        "starts_at": "2026-11-03T09:30", "minutes": "60", "summary": "看了巡逻路线", "details-way": "on_site", **more,
    }  # fmt: skip


def words(response):
    return response.content.decode()


def post(place, sign_in, /, **more):
    return sign_in(place.worker).post(CREATE, entry(place, **more))


# --- outcome
def test_what_did_not_take_place_is_kept_with_its_reason_and_not_counted(place, sign_in):
    answer = post(
        place,
        sign_in,
        outcome="not_held",
        outcome_reason="下大雨",
        summary="",
        participants="30",
        **{"details-way": ""},
    )
    activity = Activity.objects.get()
    assert answer.url == activity.get_absolute_url()
    assert (activity.outcome, activity.outcome_reason, activity.participants) == ("not_held", "下大雨", None)
    assert not Activity.objects.counted().exists()
    page = words(sign_in(place.staff).get(activity.get_absolute_url()))
    assert "下大雨" in page
    assert "did not happen" in words(sign_in(place.staff).get("/projects/activities/"))


def test_what_did_not_take_place_needs_a_reason(place, sign_in):
    answer = post(place, sign_in, outcome="cancelled")
    assert (answer.status_code, Activity.objects.count()) == (422, 0)
    assert "Please say why it did not take place." in words(answer)


def test_something_called_off_may_lie_ahead(place, sign_in):
    more = {"outcome": "cancelled", "outcome_reason": "场地没了", "starts_at": "2026-11-28T09:00"}
    assert post(place, sign_in, **more).status_code == 302


def test_a_visit_in_the_future_is_refused_and_leads_to_planning(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    answer = post(place, sign_in, starts_at="2026-11-21T09:00")
    assert answer.status_code == 422
    assert "Record it once it has taken place" in words(answer)
    assert f'href="{project.get_absolute_url()}"' in words(answer)


# --- an end instead of a length
def test_an_end_gives_the_minutes(place, sign_in):
    assert post(place, sign_in, until="11:15").status_code == 302
    assert Activity.objects.get().minutes == 105


@pytest.mark.parametrize("until", ["09:30", "08:00"])
def test_an_end_before_the_beginning_is_refused(place, sign_in, until):
    answer = post(place, sign_in, until=until)
    assert answer.status_code == 422
    assert "The end is before the beginning" in words(answer)


# --- long days
def test_thirty_hours_in_a_day_are_refused_with_the_sum(place, sign_in):
    ActivityFactory(organization=place.organization, recorded_by=place.worker, minutes=20 * 60)
    answer = post(place, sign_in, minutes="600", day_confirmed="on")
    assert answer.status_code == 422
    assert "30 hours on that day (20 hours before)" in words(answer)
    assert Activity.objects.count() == 1


def test_more_than_twelve_hours_are_asked_back(place, sign_in):
    ActivityFactory(organization=place.organization, recorded_by=place.worker, minutes=11 * 60)
    ActivityFactory(
        organization=place.organization, recorded_by=place.worker, minutes=600, outcome="cancelled", outcome_reason="雨"
    )
    client, data = sign_in(place.worker), entry(place, minutes="90")
    answer = client.post(CREATE, data)
    assert answer.status_code == 422
    assert "That makes 12.5 hours on this day" in words(answer)
    assert 'name="day_confirmed"' in words(answer)
    assert client.post(CREATE, data | {"day_confirmed": "on"}).status_code == 302


def test_the_same_record_is_not_counted_twice_in_its_day(place):
    identifier = uuid.uuid4()
    for _number in range(2):
        services.submit_activity(
            uuid=identifier, kind="visit", version=0, actor=place.worker,
            values={"organization": place.organization, "starts_at": STARTS_AT, "minutes": 1000, "details": {}},
        )  # fmt: skip
    assert Activity.objects.count() == 1


# --- crowds
def test_far_more_people_than_lately_are_asked_back(place, sign_in):
    ActivityFactory(organization=place.organization, recorded_by=place.worker, participants=50)
    client, data = sign_in(place.worker), entry(place, participants="500")
    answer = client.post(CREATE, data)
    assert answer.status_code == 422
    assert "500 people? At most 50 came lately." in words(answer)
    assert 'name="participants_confirmed"' in words(answer)
    assert client.post(CREATE, data | {"participants_confirmed": "on"}).status_code == 302


@pytest.mark.parametrize(("lately", "number"), [(50, "250"), (5, "100"), (None, "900")])
def test_no_question_without_a_reason(place, sign_in, lately, number):
    ActivityFactory(organization=place.organization, recorded_by=place.worker, participants=lately)
    assert post(place, sign_in, participants=number).status_code == 302


# --- whom it served
def test_minutes_are_shared_evenly_or_as_told(place, sign_in, choir):
    third = OrganizationFactory(name="编织坊", community=place.community)
    others = [str(choir.uuid), str(third.uuid)]
    assert post(place, sign_in, others=others).status_code == 302
    assert sorted(ActivityLink.objects.values_list("minutes", flat=True)) == [20, 20, 20]
    assert Activity.objects.get().reaches_out
    assert post(place, sign_in, others=others, **{f"share-{choir.uuid}": "10"}).status_code == 302
    links = ActivityLink.objects.filter(activity=Activity.objects.latest("pk"))
    assert dict(links.values_list("organization__name", "minutes")) == {"治安服务队": 25, "合唱队": 10, "编织坊": 25}


@pytest.mark.parametrize(
    ("share", "sentence"),
    [("70", "add up to 70 minutes"), ("60", "nothing is left"), ("ten", "whole minutes"), ("-5", "whole minutes")],
)
def test_shares_that_do_not_add_up_get_a_sentence(place, sign_in, choir, share, sentence):
    answer = post(place, sign_in, others=[str(choir.uuid)], **{f"share-{choir.uuid}": share})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'value="{share}"' in words(answer)
    assert not Activity.objects.exists()


def test_an_organization_of_another_street_is_not_served(place, sign_in, choir):
    answer = post(place, sign_in, others=[str(place.other_organization.uuid)])
    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_a_correction_shows_the_shares_and_keeps_them(place, sign_in, choir):
    post(place, sign_in, others=[str(choir.uuid)], **{f"share-{choir.uuid}": "10"})
    url = reverse("projects:activity-update", args=[Activity.objects.get().uuid])
    page = words(sign_in(place.worker).get(url))
    assert f'name="share-{choir.uuid}" value="10"' in page
    assert f'name="others" value="{choir.uuid}" checked' in page


def test_the_leader_of_an_organization_that_was_served_reads_it(place, sign_in, choir):
    activity = ActivityFactory(organization=choir, recorded_by=place.worker, links=[place.organization])
    page = words(sign_in(place.leader).get(f"/projects/activities/?organization={place.organization.uuid}"))
    assert str(activity.uuid) in page
    assert sign_in(place.leader).get(activity.get_absolute_url()).status_code == 200
    assert str(activity.uuid) in words(sign_in(place.leader).get(place.organization.get_absolute_url()))


# --- plans, objectives, places, people
@pytest.fixture
def planned(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    objective = Objective.objects.create(project=project, level="social", text="会自己开会")
    plan = ActivityPlan.objects.create(
        project=project, objective=objective, kind="visit", title="夜间巡逻", planned_on=datetime.date(2026, 11, 3),
        place_text="凉亭",
    )  # fmt: skip
    return project, objective, plan


def test_a_plan_fills_the_form_and_its_objective_is_served(place, sign_in, planned):
    _project, objective, plan = planned
    client = sign_in(place.worker)
    lead = client.get(f"/projects/activities/new/?plan={plan.uuid}")
    assert lead.url == f"{CREATE}?plan={plan.uuid}"
    page = words(client.get(lead.url))
    for text in ('value="夜间巡逻"', 'value="凉亭"', f'<option value="{plan.uuid}" selected>'):
        assert text in page
    assert client.post(CREATE, entry(place, plan=str(plan.uuid))).status_code == 302
    activity = Activity.objects.get()
    assert (activity.plan, activity.title, activity.links.get().objective) == (plan, "夜间巡逻", objective)
    assert not ActivityPlan.objects.due(datetime.date(2026, 11, 20)).exists()


def test_what_belongs_to_the_organization_is_offered(place, sign_in, planned):
    _project, objective, plan = planned
    estate = PlaceFactory(community=place.community, name="清泰小区")
    client = sign_in(place.worker)
    query = {"kind": "visit", "organization": str(place.organization.uuid)}
    found = client.get("/projects/activities/offers.json", query).json()
    assert {name: [item["value"] for item in items] for name, items in found.items() if name != "workers"} == {
        "plan": [str(plan.uuid)], "objectives": [str(objective.uuid)], "place": [str(estate.uuid)],
    }  # fmt: skip
    assert "冯中心" in [item["label"] for item in found["workers"]]
    foreign = client.get(
        "/projects/activities/offers.json", query | {"organization": str(place.other_organization.uuid)}
    )
    assert not any(foreign.json().values())
    assert client.get("/projects/activities/offers.json", {"kind": "x"}).status_code == 400


def test_without_scripts_the_form_is_drawn_again_with_what_belongs(place, sign_in, planned):
    OrganizationFactory(community=place.community)
    objective = planned[1]
    answer = post(place, sign_in, offer="1", minutes="nonsense", others=["x"])
    assert answer.status_code == 200
    page = words(answer)
    assert str(objective.uuid) in page
    assert 'value="nonsense"' in page
    assert "看了巡逻路线" in page
    assert not Activity.objects.exists()


def test_place_people_and_role_are_kept_and_shown(place, sign_in):
    estate = PlaceFactory(community=place.community, name="清泰小区")
    more = {"place": str(estate.uuid), "workers": [str(place.hub.uuid)], "worker_role": "broker", "led_by": "assisted"}
    assert post(place, sign_in, **more).status_code == 302
    page = words(sign_in(place.staff).get(Activity.objects.get().get_absolute_url()))
    for text in ("清泰小区", "冯中心", "resource linker", "the social worker assisted"):
        assert text in page


def test_a_place_of_another_community_is_refused(place, sign_in):
    elsewhere = PlaceFactory(community=place.next_community)
    assert post(place, sign_in, place=str(elsewhere.uuid)).status_code == 422


def test_the_agency_is_that_of_the_author(place, sign_in):
    agency = AgencyFactory(name="社工站")
    SocialWorkerFactory(agency=AgencyFactory(), user=place.worker, left_on=datetime.date(2026, 1, 1))
    SocialWorkerFactory(agency=agency, user=place.worker)
    post(place, sign_in)
    assert (Activity.objects.get().agency, Agency.objects.employing(place.leader).first()) == (agency, None)


# --- drafts
def test_a_draft_keeps_what_was_ticked(place, sign_in, choir):
    client, identifier = sign_in(place.worker), uuid.uuid4()
    third = OrganizationFactory(name="编织坊", community=place.community)
    data = entry(place, others=[str(choir.uuid), str(third.uuid)], kind="visit", **{f"share-{choir.uuid}": "10"})
    client.post(reverse("projects:activity-draft", args=[identifier]), data)
    draft = Activity.objects.get()
    assert draft.payload["others"] == [str(choir.uuid), str(third.uuid)]
    page = words(client.get(reverse("projects:activity-update", args=[identifier])))
    assert f'name="others" value="{choir.uuid}" checked' in page
    assert f'name="share-{choir.uuid}" value="10"' in page


def test_two_versions_tell_of_what_was_ticked(place, sign_in, choir):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    client, url = sign_in(place.worker), reverse("projects:activity-update", args=[activity.uuid])
    client.post(url, entry(place, version="1", summary="第一个窗口"))
    second = entry(place, version="1", summary="第二个窗口", others=[str(choir.uuid)])
    clash = client.post(url, second)
    assert clash.status_code == 409
    assert "合唱队" in words(clash)
    assert f'name="others" value="{choir.uuid}"' in words(clash)


def test_what_an_organization_recorded_is_put_right_by_its_worker_and_community(place, sign_in):
    sign_in(place.leader).post(CREATE, entry(place))
    activity = Activity.objects.get()
    url = reverse("projects:activity-update", args=[activity.uuid])
    for who, status in (("worker", 200), ("community_staff", 200), ("staff", 403), ("hub", 403)):
        assert sign_in(getattr(place, who)).get(url).status_code == status, who
    data = entry(place, version="1", summary="社工补充")
    assert sign_in(place.worker).post(url, data).status_code == 302
    activity.refresh_from_db(fields=["summary", "recorded_by", "source"])
    assert (activity.summary, activity.recorded_by, activity.source) == ("社工补充", place.leader, "organization")
