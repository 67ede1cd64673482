"""Random links: the shares add up, and every total counts an activity once."""

import datetime
import itertools
import uuid

import pytest
from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.base.errors import RuleViolation
from projects.models import Activity, ActivityLink, Objective
from projects.services import activity as services
from projects.services.activity_link import complete_shares, relations_of, share_out
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory

BEGIN = datetime.datetime(2025, 1, 1, 1, 0, tzinfo=datetime.UTC)
MINUTES = st.integers(1, 1440)


@given(MINUTES, st.lists(st.integers(0, 9), min_size=1, max_size=20).filter(any))
@pytest.mark.no_db
def test_parts_add_up_and_are_fair(minutes, weights):
    parts = share_out(minutes, weights)
    assert sum(parts) == minutes
    assert all(abs(part - minutes * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


@given(MINUTES, st.lists(st.none() | st.integers(0, 300), min_size=1, max_size=12))
@pytest.mark.no_db
def test_shares_told_by_hand_stay_and_all_add_up_or_are_refused(minutes, told):
    try:
        parts = complete_shares(minutes, told)
    except RuleViolation:
        given_minutes = sum(part for part in told if part is not None)
        assert given_minutes + told.count(None) > minutes or (None not in told and given_minutes != minutes)
        return
    assert sum(parts) == minutes
    assert all(part == share for part, share in zip(parts, told, strict=True) if share is not None)


@pytest.fixture
def field(place):
    """Six organizations in three communities of two streets, three with a project of two objectives each."""
    homes = itertools.cycle([place.community, place.next_community, place.other_community])
    place.six = [OrganizationFactory(community=next(homes)) for _number in range(6)]
    place.objectives = []
    for organization in place.six[:3]:
        project = ProjectFactory(organization=organization, lead=place.worker)
        place.objectives += [
            Objective.objects.create(project=project, level="social", text=f"目标{number}") for number in range(2)
        ]
    return place


ONE = st.tuples(
    st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True), st.sets(st.integers(0, 5)), MINUTES, st.booleans()
)


@given(st.lists(ONE, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_total_counts_an_activity_once(field, plan):
    with transaction.atomic():
        expected = _record(field, plan)
        counted = Activity.objects.counted()
        for activity in counted:
            links = list(activity.links.all())
            assert sum(link.minutes for link in links) == activity.minutes
            assert [link.organization for link in links if link.is_main] == [activity.organization]
        assert counted.count() == len(expected)
        streets = counted.values("community__parent").annotate(number=Count("pk")).order_by("community__parent")
        assert sum(row["number"] for row in streets) == len(expected)
        for organization in field.six:
            mine = [served for served, _objectives in expected if organization in served]
            assert counted.serving(organization).count() == len(mine)
        for objective in field.objectives:
            serving = counted.filter(pk__in=ActivityLink.objects.filter(objective=objective).values("activity"))
            assert serving.count() == sum(objective in objectives for _served, objectives in expected)
            project = objective.project
            of_project = [served for served, _objectives in expected if project.organization in served]
            assert counted.serving_project(project).count() == len(of_project)
        total = ActivityLink.objects.filter(activity__in=counted).aggregate(total=Sum("minutes"))["total"]
        assert total == sum(counted.values_list("minutes", flat=True))
        for person in (field.worker, field.other_worker, field.district_admin):
            seen = list(Activity.objects.visible_to(person).values_list("pk", flat=True))
            assert len(seen) == len(set(seen))
        transaction.set_rollback(True)


def _record(field, plan):
    expected = []
    for number, (served, ticked, minutes, by_hand) in enumerate(plan):
        organizations = [field.six[index] for index in served]
        mine = {organization.pk for organization in organizations}
        objectives = [
            field.objectives[index] for index in ticked if field.objectives[index].project.organization_id in mine
        ]
        shares = {organizations[-1]: minutes // 2} if by_hand and len(served) == 2 and minutes > 3 else {}
        activity = services.submit_activity(
            uuid=uuid.uuid4(), kind="visit", version=0, actor=field.worker,
            values={
                "organization": organizations[0], "others": organizations[1:], "objectives": objectives,
                "shares": shares, "starts_at": BEGIN + datetime.timedelta(days=number), "minutes": minutes,
                "details": {},
            },
        )  # fmt: skip
        again = relations_of(activity)
        assert set(again["others"]) == set(organizations[1:])
        expected.append((organizations, objectives))
    return expected


def test_a_course_for_five_organizations_is_five_in_their_own_reports_and_one_in_the_streets(place, sign_in):
    five = [OrganizationFactory(community=place.community, name=f"第{number}队") for number in range(5)]
    activity = ActivityFactory(
        organization=five[0], recorded_by=place.worker, training=True, minutes=100, links=five[1:]
    )
    assert [Activity.objects.counted().serving(item).count() for item in five] == [1] * 5
    client = sign_in(place.staff)
    for organization in five:
        page = client.get(f"/projects/activities/?organization={organization.uuid}").content.decode()
        assert page.count('class="row-link"') == 1
        assert activity.get_absolute_url() in client.get(organization.get_absolute_url()).content.decode()
        links = ActivityLink.objects.filter(organization=organization)
        assert links.aggregate(total=Sum("minutes"))["total"] == 20
    counts = client.get("/projects/activities/counts/?month=2026-11")
    assert (counts.context["total"]["number"], [row["number"] for row in counts.context["rows"]]) == (1, [1, 0])


def test_an_organization_twice_or_a_foreign_objective_is_refused(field):
    values = {"organization": field.six[3], "starts_at": BEGIN, "minutes": 60, "details": {}}
    for more in ({"others": [field.six[3]]}, {"objectives": field.objectives[:1]}):
        with pytest.raises(RuleViolation):
            services.submit_activity(
                uuid=uuid.uuid4(), kind="visit", values=values | more, version=0, actor=field.worker
            )
    assert not Activity.objects.exists()


def test_a_record_stays_with_the_project_that_has_ended_since(field):
    organization, objective = field.six[0], field.objectives[0]
    values = {
        "organization": organization, "objectives": [objective], "starts_at": BEGIN, "minutes": 60, "details": {},
    }  # fmt: skip
    activity = services.submit_activity(uuid=uuid.uuid4(), kind="visit", values=values, version=0, actor=field.worker)
    project = objective.project
    project.terminate(on=datetime.date(2026, 1, 1), reason="搬走")
    project.save()
    activity = services.update_activity(
        activity_id=activity.pk, values=values | {"minutes": 90}, version=1, actor=field.worker
    )
    assert (activity.project, activity.links.get().objective, activity.links.get().minutes) == (project, objective, 90)
