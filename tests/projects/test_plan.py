"""Needs → objectives → indicators → planned activities, and what was reached, which nobody types."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from incubator.calendars.registries import calendar_sources
from projects.models import ActivityPlan, Objective, ObjectiveIndicator, ProjectNeed
from projects.policies import plan as policies
from projects.services import plan as services
from projects.services.progress import indicator_values, months_of, plan_against_actual, whole_percent
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.plan import (
    IndicatorFactory,
    LinkFactory,
    NeedFactory,
    ObjectiveFactory,
    PlanFactory,
    PresentFactory,
    served,
)
from tests.factories.projects import ProjectFactory
from tests.personas import PEOPLE

DAY = datetime.date(2026, 11, 10)


@pytest.fixture
def project(place):
    return ProjectFactory(organization=place.organization, lead=place.worker)


def url(name, thing):
    return reverse(f"projects:{name}", args=[thing.uuid])


def row(number, **more):
    values = {"title": f"走访{number}", "kind": "visit", "planned_on": "2026-12-01", **more}
    return {f"row{number}-{name}": value for name, value in values.items()}


# --- who may ---


def test_exactly_these_people_change_the_plan_and_these_read_it(place, project):
    may = {key for key in PEOPLE if verdict(policies.check_change_plan, getattr(place, key), project)}
    assert may == {"worker", "supervisor", "hub"}
    reads = {key for key in PEOPLE if verdict(policies.check_view_plan, getattr(place, key), project)}
    assert reads == {"worker", "staff", "community_staff", "leader", "supervisor", "hub", "evaluator", "district_admin"}


@pytest.mark.parametrize("person", ["leader", "staff"])
def test_who_only_reads_sees_the_plan_without_buttons(place, project, sign_in, person):
    objective = ObjectiveFactory(project=project)
    client = sign_in(getattr(place, person))
    page = client.get(url("project-plan", project)).content.decode()
    assert objective.text in page
    assert "/edit/" not in page
    assert client.post(url("need-add", project), {"level": "individual", "text": "x"}).status_code == 403


@pytest.mark.parametrize("model", [ProjectNeed, Objective, ObjectiveIndicator, ActivityPlan], ids=lambda m: m.__name__)
def test_what_one_sees_of_a_plan_is_of_projects_one_reads(place, project, model):
    for one in (project, ProjectFactory(organization=place.other_organization, lead=place.other_worker)):
        NeedFactory(project=one)
        IndicatorFactory(objective=ObjectiveFactory(project=one))
        PlanFactory(project=one)
    for person in place.everybody:
        seen = {(getattr(thing, "objective", None) and thing.objective.project) or thing.project
                if model is ObjectiveIndicator else thing.project for thing in model.objects.visible_to(person)}  # fmt: skip
        assert seen == set(type(project).objects.visible_to(person)), person


# --- needs and objectives ---


def test_a_need_is_written_down_once_without_its_words_in_the_history(place, project, sign_in):
    client, data = sign_in(place.worker), {"uuid": str(uuid.uuid4()), "level": "social", "text": "王奶奶没人陪"}
    assert [client.post(url("need-add", project), data).url for _number in range(2)] == [
        f"{url('project-plan', project)}#needs"
    ] * 2
    need = ProjectNeed.objects.get()
    assert (need.level, need.text) == ("social", "王奶奶没人陪")
    client.post(url("need-update", need), {"level": "social", "text": "王奶奶常常一个人", "edition": need.edition})
    assert ["王奶奶" in str(event.data) for event in AuditEvent.objects.about(project)] == [False, False]


def test_a_need_becomes_an_objective_in_one_tap_and_once(place, project, sign_in):
    need = NeedFactory(project=project, level="interpersonal")
    client = sign_in(place.worker)
    answers = [client.post(url("need-turn", need)) for _number in range(2)]
    objective = Objective.objects.get()
    assert (objective.need, objective.level, objective.text) == (need, "interpersonal", need.text)
    assert [answer.url for answer in answers] == [f"{url('project-plan', project)}#objective-{objective.uuid}"] * 2
    assert [event.verb for event in AuditEvent.objects.about(project)] == ["need.turned"]


def test_an_objective_is_set_changed_and_dropped_with_a_reason(place, project, sign_in):
    client, need = sign_in(place.worker), NeedFactory(project=project)
    data = {"level": "social", "text": "自己开会", "need": str(need.uuid)}
    assert client.post(url("objective-add", project), data).status_code == 302
    objective = Objective.objects.get()
    change = {"level": "social", "text": "每月自己开会", "order": 5, "edition": objective.edition}
    assert client.post(url("objective-update", objective), change).status_code == 302
    assert client.post(url("objective-update", objective), change | {"text": "又一版"}).status_code == 409
    assert client.post(url("objective-drop", objective), {"reason": ""}).status_code == 422
    assert client.post(url("objective-drop", objective), {"reason": "并入另一个"}).status_code == 302
    objective.refresh_from_db()
    assert (objective.text, objective.order, objective.dropped_reason) == ("每月自己开会", 5, "并入另一个")
    assert client.post(url("objective-drop", objective), {"reason": "再来"}).status_code == 403
    assert client.get(url("project-plan", project)).context["dropped"] == [objective]
    with pytest.raises(RuleViolation):
        services.update_objective(objective_id=objective.pk, actor=place.worker, text="x")


def test_a_need_of_another_project_is_refused(place, project):
    with pytest.raises(RuleViolation):
        services.add_objective(
            project_id=project.pk, uuid=uuid.uuid4(), actor=place.worker, level="social", text="x", need=NeedFactory()
        )


@pytest.mark.parametrize(
    ("more", "field"),
    [({"target": "0"}, "target"), ({"unit": "x"}, "unit"), ({"name": ""}, "name"), ({"kinds": ["x"]}, "kinds")],
)  # fmt: skip
def test_a_bad_indicator_is_refused(place, project, sign_in, more, field):
    data = {"name": "骨干会", "unit": "sessions", "target": "4", **more}
    answer = sign_in(place.worker).post(url("indicator-add", ObjectiveFactory(project=project)), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_an_own_measure_is_written_with_its_day_and_falls_away_with_its_unit(place, project, sign_in):
    client, objective = sign_in(place.worker), ObjectiveFactory(project=project)
    data = {"name": "满意度", "unit": "own", "target": "90", "kinds": ["visit"]}
    client.post(url("indicator-add", objective), data)
    indicator = ObjectiveIndicator.objects.get()
    assert indicator.kinds == []
    future = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    assert client.post(url("indicator-measure", indicator), {"value": "80", "on": future}).status_code == 422
    assert client.post(url("indicator-measure", indicator), {"value": "80", "on": "2026-11-01"}).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.own_value, indicator_values([indicator])) == (80, {indicator.pk: 80})
    client.post(url("indicator-update", indicator), data | {"unit": "sessions", "edition": indicator.edition})
    indicator.refresh_from_db()
    assert (indicator.unit, indicator.own_value, indicator.own_value_on) == ("sessions", None, None)
    assert client.post(url("indicator-measure", indicator), {"value": "1", "on": "2026-11-01"}).status_code == 403
    with pytest.raises(RuleViolation):
        services.measure_indicator(indicator_id=indicator.pk, actor=place.worker, value=1, on=DAY)


# --- progress ---


def test_every_unit_is_counted_from_the_activities_of_the_objective(place, project, django_assert_num_queries):
    objective, other = ObjectiveFactory(project=project), ObjectiveFactory(project=project)
    first = served(project, objective, participants=10, minutes=90)
    second = served(project, objective, other, training=True, participants=5, minutes=60)
    LinkFactory(
        activity=second, organization=place.other_organization, project=project, objective=objective, minutes=30
    )
    served(project, objective, returned=True, participants=100)
    served(project, objective, outcome="not_held", outcome_reason="下雨", participants=100)
    members = [MembershipFactory(organization=place.organization) for _number in range(2)]
    for activity, member, status in ((first, 0, "present"), (second, 0, "present"), (second, 1, "absent")):
        PresentFactory(activity=activity, membership=members[member], status=status)
    PresentFactory(activity=first, guest_name="路过的人")
    units = ("sessions", "person_times", "persons", "organizations", "hours")
    made = {unit: IndicatorFactory(objective=objective, unit=unit) for unit in units}
    trainings = IndicatorFactory(objective=objective, kinds=["training"])
    elsewhere = IndicatorFactory(objective=other)
    with django_assert_num_queries(2):
        values = indicator_values([*made.values(), trainings, elsewhere])
    assert {unit: values[made[unit].pk] for unit in units} == {
        "sessions": 2, "person_times": 15, "persons": 1, "organizations": 2, "hours": 2.5,
    }  # fmt: skip
    assert (values[trainings.pk], values[elsewhere.pk]) == (1, 1)


def test_no_indicator_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert indicator_values([]) == {}


def test_plan_against_actual_opens_exactly_what_it_counts(place, project, sign_in):
    held = PlanFactory(project=project, planned_on=DAY)
    PlanFactory(project=project, planned_on=DAY)
    PlanFactory(project=project, planned_on=DAY + datetime.timedelta(days=400))
    PlanFactory(project=project, cancelled_at=timezone.now(), cancelled_reason="下雨")
    served(project, plan=held)
    for _number in range(2):
        served(project)
    plans = list(project.plans.with_held())
    numbers = plan_against_actual(project, plans, DAY + datetime.timedelta(days=1))
    assert (numbers.planned, numbers.held, numbers.overdue, numbers.to_come, numbers.cancelled, numbers.unplanned) == (
        3, 1, 1, 1, 1, 2,
    )  # fmt: skip
    client = sign_in(place.worker)
    for planned, number in (("yes", 1), ("no", 2)):
        page = client.get(f"/projects/activities/?project={project.uuid}&planned={planned}&status=counted")
        assert page.content.decode().count('class="row-link"') == number


def test_the_months_go_from_the_first_to_the_last_of_the_project(place, project):
    project.ends_on = datetime.date(2026, 12, 31)
    PlanFactory(project=project, planned_on=datetime.date(2026, 12, 5))
    served(project)
    months = months_of(project, list(project.plans.with_held()), DAY)
    assert [item["month"].month for item in months] == list(range(1, 13))
    assert [(item["month"].month, item["held"]) for item in months if item["held"]] == [(11, 1)]
    assert (months[10]["is_now"], months[11]["to_come"]) == (True, 1)
    project.ends_on = datetime.date(2029, 12, 31)
    assert len(months_of(project, [], DAY)) == 18


@pytest.mark.no_db
@given(st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_shares_always_add_up(numbers):
    found = whole_percent(dict(enumerate(numbers)), sum(numbers))
    assert sum(found.values()) == (100 if sum(numbers) else 0)
    assert all(abs(found[key] - 100 * number / sum(numbers)) < 1 for key, number in enumerate(numbers) if sum(numbers))


# --- planned activities ---


def test_several_are_planned_at_once_and_once(place, project, sign_in):
    client = sign_in(place.worker)
    objective = ObjectiveFactory(project=project)
    data = {
        "uuid": str(uuid.uuid4()),
        **row(1, objective=str(objective.uuid)),
        **row(3, planned_on="2026-12-08"),
        "row5-kind": "visit",
    }
    assert [client.post(url("plan-add", project), data).status_code for _number in range(2)] == [302, 302]
    assert list(ActivityPlan.objects.order_by("planned_on").values_list("title", "objective")) == [
        ("走访1", objective.pk), ("走访3", None),
    ]  # fmt: skip
    assert AuditEvent.objects.about(project).get().data == {"number": 2}


@pytest.mark.parametrize(
    "data", [{}, row(1, planned_on=""), row(2, title=""), row(1, expected_participants="-1"), row(1, kind="x")]
)
def test_a_bad_grid_keeps_what_was_typed(place, project, sign_in, data):
    answer = sign_in(place.worker).post(url("plan-add", project), data)
    assert answer.status_code == 422
    assert not ActivityPlan.objects.exists()
    for value in data.values():
        assert value in answer.content.decode()


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        ("weekly", ["2026-01-31", "2026-02-07", "2026-02-14"]), ("fortnightly", ["2026-01-31", "2026-02-14", "2026-02-28"]),
        ("monthly", ["2026-01-31", "2026-02-28", "2026-03-31"]),
    ],
)  # fmt: skip
def test_a_rhythm_makes_days(place, project, sign_in, rhythm, days):
    data = {"title": "周三活动", "kind": "visit", "planned_on": days[0], "rhythm": rhythm, "times": "3"}
    data["uuid"] = str(uuid.uuid4())
    client = sign_in(place.worker)
    assert [client.post(url("plan-repeat", project), data).status_code for _number in range(2)] == [302, 302]
    assert [str(plan.planned_on) for plan in ActivityPlan.objects.order_by("planned_on")] == days


def test_a_planned_activity_is_the_pattern_of_more(place, project, sign_in):
    plan = PlanFactory(project=project, title="骨干会", kind="training", responsible=place.worker)
    page = sign_in(place.worker).get(f"{url('plan-repeat', project)}?like={plan.uuid}")
    form = page.context["form"]
    assert (form["title"].value(), form["kind"].value(), form["responsible"].value()) == (
        "骨干会", "training", place.worker.uuid,
    )  # fmt: skip
    assert sign_in(place.worker).get(f"{url('plan-repeat', project)}?like=x").status_code == 200


def test_too_many_times_and_a_foreign_objective_are_refused(place, project, sign_in):
    data = {"title": "x", "kind": "visit", "planned_on": "2026-01-01", "rhythm": "weekly", "times": "61"}
    assert sign_in(place.worker).post(url("plan-repeat", project), data).status_code == 422
    with pytest.raises(RuleViolation):
        services.add_plans(project_id=project.pk, actor=place.worker, rows=[{"objective": ObjectiveFactory()}])
    with pytest.raises(RuleViolation):
        services.add_plans(project_id=project.pk, actor=place.worker, rows=[])


def test_a_planned_activity_moves_and_is_cancelled_with_a_reason(place, project, sign_in):
    plan, client = PlanFactory(project=project), sign_in(place.worker)
    data = {"title": plan.title, "kind": "visit", "planned_on": "2026-12-24", "edition": plan.edition}
    assert client.post(url("plan-update", plan), data).status_code == 302
    plan.refresh_from_db()
    assert plan.planned_on == datetime.date(2026, 12, 24)
    assert client.post(url("plan-cancel", plan), {"reason": ""}).status_code == 422
    assert client.post(url("plan-cancel", plan), {"reason": "下雪"}).status_code == 302
    assert client.post(url("plan-update", plan), data).status_code == 403
    plan.refresh_from_db()
    assert plan.cancelled_reason == "下雪"
    assert [event.verb for event in AuditEvent.objects.about(project).order_by("pk")] == [
        "plan.updated",
        "plan.cancelled",
    ]


def test_what_was_held_is_not_cancelled(place, project):
    plan = PlanFactory(project=project)
    served(project, plan=plan)
    with pytest.raises(RuleViolation):
        services.cancel_plan(plan_id=plan.pk, actor=place.worker, reason="x")


def test_nothing_changes_in_a_project_that_is_over(place, sign_in):
    project = ProjectFactory(organization=place.organization, lead=place.worker, stage="closed", closed_on=DAY)
    need = NeedFactory(project=project)
    assert sign_in(place.worker).post(url("need-turn", need)).status_code == 403
    with pytest.raises(RuleViolation):
        services.turn_need(need_id=need.pk, actor=place.worker)


@pytest.mark.parametrize("number", [1, 3])
def test_the_plan_costs_the_same_however_long_it_is(place, project, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        objective = ObjectiveFactory(project=project, need=NeedFactory(project=project))
        IndicatorFactory(objective=objective, unit="persons")
        served(project, objective, plan=PlanFactory(project=project, objective=objective))
        PlanFactory(project=project, responsible=place.worker)
    client = sign_in(place.worker)
    with django_assert_num_queries(15):
        assert client.get(url("project-plan", project)).status_code == 200


# --- calendar and machines ---


def test_planned_activities_stand_in_the_calendar(place, project, django_assert_num_queries):
    source = calendar_sources["planned-activities"]
    timed = PlanFactory(project=project, starts_time=datetime.time(9, 30), place_text="值班室")
    whole = PlanFactory(project=project, responsible=place.hub, cancelled_at=timezone.now(), cancelled_reason="下雨")
    PlanFactory(project=project, planned_on=DAY + datetime.timedelta(days=30))
    first, after = DAY, DAY + datetime.timedelta(days=1)
    person = place.worker
    person.access  # noqa: B018 - read once per request
    with django_assert_num_queries(1):
        entries = source.entries(person, first, after)
    assert {entry.uid: (str(entry.starts_at), entry.is_cancelled) for entry in entries} == {
        f"plan-{timed.uuid}": ("2026-11-10 09:30:00+08:00", False), f"plan-{whole.uuid}": ("2026-11-10", True),
    }  # fmt: skip
    assert [entry.uid for entry in source.entries(person, first, after, mine=True)] == [f"plan-{timed.uuid}"]
    assert source.entries(place.other_worker, first, after) == []


@pytest.mark.parametrize("number", [1, 3])
def test_machines_read_projects_with_their_progress(place, sign_in, django_assert_num_queries, number):
    for _number in range(number):
        project = ProjectFactory(organization=OrganizationFactory(community=place.community), lead=place.worker)
        objective = ObjectiveFactory(project=project)
        IndicatorFactory(objective=objective)
        served(project, objective)
    client = sign_in(place.staff)
    with django_assert_num_queries(9):
        found = client.get("/api/v1/projects/").json()["results"]
    assert [item["objectives"][0]["indicators"][0]["value"] for item in found] == [1.0] * number
    one = client.get(f"/api/v1/projects/{project.uuid}/").json()
    assert (one["team"], one["partners"], one["objectives"][0]["text"]) == ([], [], objective.text)
