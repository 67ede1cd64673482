"""Who may do what, all people at once; what one sees in lists is what one may open."""

import pytest

from incubator.base.policies import verdict
from projects.models import Activity, IncubationProject
from projects.policies import activity as policies
from projects.policies.project import check_open_project, check_update_project, check_view_project
from projects.querysets import counted_communities, organizations_to_log
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.personas import PEOPLE

READERS = {
    "worker", "staff", "community_staff", "leader", "supervisor", "hub", "evaluator", "district_admin",
}  # fmt: skip
ALLOWED = {
    policies.check_view_activity: READERS,
    policies.check_update_activity: {"worker"},
    policies.check_accept_activity: {"staff", "supervisor", "hub"},
    policies.check_return_activity: {"staff", "supervisor", "hub"},
    policies.check_discard_activity: set(),
}


@pytest.mark.parametrize("check", ALLOWED, ids=lambda check: check.__name__)
def test_exactly_these_people_may(place, check):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.worker)
    assert {key for key in PEOPLE if verdict(check, getattr(place, key), activity)} == ALLOWED[check]
    assert not verdict(check, place.anonymous, activity)


def test_exactly_these_people_record_activities_of_an_organization(place):
    may = {key for key in PEOPLE if verdict(policies.check_log_activity, getattr(place, key), place.organization)}
    assert may == {"worker", "community_staff", "leader", "supervisor", "hub"}


def test_nobody_looks_through_their_own_record(place):
    activity = ActivityFactory(organization=place.organization, recorded_by=place.hub)
    assert not verdict(policies.check_accept_activity, place.hub, activity)
    assert verdict(policies.check_accept_activity, place.supervisor, activity)


def test_what_one_sees_in_lists_is_what_one_may_open(place):
    for organization in (place.organization, place.other_organization):
        for more in ({}, {"returned": True}, {"accepted": True}):
            ActivityFactory(organization=organization, recorded_by=place.worker, **more)
    for author in (place.worker, place.other_worker, place.leader):
        ActivityFactory(draft=True, recorded_by=author)
    everything = Activity.objects.select_related("organization", "community")
    for person in place.everybody:
        seen = set(Activity.objects.visible_to(person))
        assert seen == {thing for thing in everything if verdict(policies.check_view_activity, person, thing)}, person
        without = {thing for thing in seen if not thing.is_draft}
        assert set(Activity.objects.visible_to(person, drafts=False)) == without


def test_the_choice_of_organizations_is_what_one_may_record_for(place):
    OrganizationFactory(community=place.community, dissolved=True)
    everything = type(place.organization).objects.select_related("community")
    for person in place.everybody:
        may = {thing for thing in everything if verdict(policies.check_log_activity, person, thing)}
        assert set(organizations_to_log(person)) == may, person


def test_drafts_are_private_to_the_author(place):
    draft = ActivityFactory(draft=True, recorded_by=place.worker)
    readers = [key for key in PEOPLE if verdict(policies.check_view_activity, getattr(place, key), draft)]
    assert readers == ["worker"]


def test_the_communities_counted_are_those_of_the_records(place):
    ActivityFactory(organization=place.organization, recorded_by=place.worker)
    ActivityFactory(organization=place.other_organization, recorded_by=place.other_worker)
    for person in place.everybody:
        seen = set(Activity.objects.visible_to(person).values_list("community_id", flat=True))
        assert seen <= {community.pk for community in counted_communities(person)}


def test_projects_are_seen_opened_and_changed_by_exactly_these(place):
    project = ProjectFactory(organization=place.organization, lead=place.worker)
    ProjectFactory(organization=place.other_organization, lead=place.other_worker)
    everything = IncubationProject.objects.select_related("organization", "community")
    for person in place.everybody:
        may = {thing for thing in everything if verdict(check_view_project, person, thing)}
        assert set(IncubationProject.objects.visible_to(person)) == may, person
    for check, thing in ((check_open_project, place.organization), (check_update_project, project)):
        may = {key for key in PEOPLE if verdict(check, getattr(place, key), thing)}
        assert may == {"worker", "supervisor", "hub"}
