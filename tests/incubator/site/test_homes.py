"""First screens: what is to do stands first, a place can be chosen, and no number of rows costs another query."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from incubator.accounts.choices import Role
from incubator.calendars.registries import calendar_sources
from incubator.site.homes.base import last_contacts
from incubator.site.menus import SIDE_MENU, menu_for, waiting_counts
from organizations.models import SocialOrganization
from projects.models import ActivityLink, ActivityPlan, Announcement, FollowUp, StageRequest
from tests.factories.meetings import JointMeetingFactory
from tests.factories.organizations import AgencyFactory, AgencyServiceAreaFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory
from tests.personas import give_grant, give_leader

HOME = "/"
# What each home costs, whether there is one organization or three.
QUERIES = {"leader": 11, "supervisor": 10, "community_staff": 20, "staff": 16}


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def body(personas, name="治安服务队", community=None):
    return OrganizationFactory(community=community or personas.community, name=name)


def promise(organization, owner, title="反光背心", days=0, **values):
    return FollowUp.objects.create(
        kind="promise", title=title, due_on=timezone.localdate() + datetime.timedelta(days=days), owner=owner,
        organization=organization, community=organization.community, **values,
    )  # fmt: skip


def plan(project, days=0, **values):
    return ActivityPlan.objects.create(
        project=project,
        kind="visit",
        title="看排班",
        planned_on=timezone.localdate() + datetime.timedelta(days=days),
        **values,
    )


def announce(organization, filed_by, **values):
    now = timezone.now()
    facts = {
        "title": "敲门行动", "kind": "visit", "starts_at": now + datetime.timedelta(days=5), "place_text": "楼门口",
        "expected_participants": 20, "purpose": "看看", "filed_at": now, "due_at": now + datetime.timedelta(days=2),
    }  # fmt: skip
    return Announcement.objects.create(
        organization=organization, community=organization.community, filed_by=filed_by, **facts | values
    )


def ask(project, by, from_stage="preparation", to_stage="cultivation"):
    return StageRequest.objects.create(
        project=project, from_stage=from_stage, to_stage=to_stage, checklist_sha256="0" * 64, requested_by=by,
        requested_at=timezone.now(),
    )  # fmt: skip


def home(sign_in, person):
    response = sign_in(person).get(HOME)
    assert response.status_code == 200
    return response


# --- the worker ---
def test_todays_card_says_whom_when_last_and_what_was_promised(sign_in, personas):
    patrol = body(personas)
    ActivityFactory(organization=patrol, recorded_by=personas.worker, starts_at=days_ago(23))
    promise(patrol, personas.worker)
    response = home(sign_in, personas.worker)
    card = response.context["cards"][0]

    assert (card.organization, card.organization.days, card.text, card.is_promise, card.late) == (
        patrol, 23, "反光背心", True, 0,
    )  # fmt: skip
    page = response.content.decode()
    assert "last seen 23 days ago" in page
    assert f"{reverse('projects:activity-create')}?kind=visit&amp;organization={patrol.uuid}" in page
    # Who stands on a card does not stand among those to see as well.
    assert response.context["to_see"] == []


def test_there_are_three_cards_the_longest_overdue_first_and_then_the_plans_of_today(sign_in, personas):
    one, two = body(personas, "甲"), body(personas, "乙")
    project = ProjectFactory(organization=one, lead=personas.worker)
    plan(project), plan(project, days=-2), plan(project, days=1)
    promise(two, personas.worker, "后", days=0), promise(two, personas.worker, "先", days=-3)
    cards = home(sign_in, personas.worker).context["cards"]

    assert [(card.text, card.late) for card in cards] == [("先", 3), ("后", 0), ("看排班", 0)]
    promise(two, personas.worker, "更先", days=-9)
    assert [card.text for card in home(sign_in, personas.worker).context["cards"]] == ["更先", "先", "后"]


def test_a_task_without_owner_shows_to_who_serves_the_place(sign_in, personas):
    promise(body(personas), None)
    assert len(home(sign_in, personas.worker).context["cards"]) == 1
    assert home(sign_in, personas.other_worker).context["cards"] == []


def test_last_contacts_count_who_was_served_along_and_not_what_an_organization_did_by_itself(personas):
    alone, along, never = body(personas, "甲"), body(personas, "乙"), body(personas, "丙")
    activity = ActivityFactory(organization=alone, recorded_by=personas.worker, starts_at=days_ago(9))
    ActivityLink.objects.create(activity=activity, organization=along, community=along.community, minutes=30)
    ActivityFactory(organization=alone, recorded_by=personas.leader, starts_at=days_ago(1), source="organization")
    rows = last_contacts(SocialOrganization.objects.filter(pk__in=[alone.pk, along.pk, never.pk]), timezone.now())

    assert [(row, row.days) for row in rows] == [(never, None), (alone, 9), (along, 9)]


def test_drafts_are_told_as_saved_and_not_sent(sign_in, personas):
    ActivityFactory(draft=True, recorded_by=personas.worker)
    page = home(sign_in, personas.worker).content.decode()
    assert "1 saved, waiting to be sent" in page


def test_a_place_is_chosen_remembered_and_given_up(sign_in, personas):
    here, there = body(personas, "这边"), body(personas, "那边", personas.next_community)
    promise(here, personas.worker, "这"), promise(there, personas.worker, "那")
    client = sign_in(personas.worker)
    assert [place.code for place in client.get(HOME).context["places"]] == [here.community.code, there.community.code]
    response = client.post(reverse("site:home-place"), {"place": there.community.code})
    context = client.get(HOME).context

    assert response["Location"] == HOME
    assert ([card.text for card in context["cards"]], context["place"]) == (["那"], there.community)
    client.post(reverse("site:home-place"), {"place": "330102003"})  # not one's own
    assert client.get(HOME).context["place"] is None
    assert client.get(reverse("site:home-place")).status_code == 405


def test_several_streets_are_the_places_of_who_serves_them(sign_in, personas):
    give_grant(personas.worker, Role.SOCIAL_WORKER, division=personas.other_street)
    places = home(sign_in, personas.worker).context["places"]
    assert places == [personas.street, personas.other_street]


@pytest.mark.parametrize("number", [1, 3])
def test_worker_home_needs_the_same_queries_for_any_number(number, sign_in, personas, django_assert_num_queries):
    for index in range(number):
        organization = body(personas, f"队{index}")
        project = ProjectFactory(organization=organization, lead=personas.worker)
        ActivityFactory(organization=organization, recorded_by=personas.worker, starts_at=days_ago(5))
        ActivityFactory(organization=organization, recorded_by=personas.worker, returned=True)
        promise(organization, personas.worker), plan(project)
    client = sign_in(personas.worker)
    client.get(HOME)
    with django_assert_num_queries(15):
        client.get(HOME)


# --- leaders, supervisors, offices ---
def test_a_leader_sees_one_button_what_comes_next_and_the_tasks(sign_in, personas):
    ours = body(personas)
    give_leader(personas.leader, ours.uuid)
    project = ProjectFactory(organization=ours, lead=personas.worker)
    coming, _past = plan(project, days=3), plan(project, days=-3)
    task = promise(ours, personas.worker)
    response = home(sign_in, personas.leader)

    assert (response.context["coming"], response.context["tasks"]) == ([coming], [task])
    assert response.content.decode().count("We held an activity") == 1


def test_a_supervisor_sees_records_requests_and_whom_nobody_visited(sign_in, personas):
    agency = AgencyFactory(uuid=personas.agency_uuid)
    AgencyServiceAreaFactory(agency=agency, division=personas.street)
    long, lately = body(personas, "久"), body(personas, "近")
    ActivityFactory(organization=long, recorded_by=personas.worker, starts_at=days_ago(31))
    ActivityFactory(organization=lately, recorded_by=personas.worker, starts_at=days_ago(2))
    asked = ask(ProjectFactory(organization=long, lead=personas.worker), personas.worker)
    ask(ProjectFactory(organization=lately, lead=personas.worker), personas.worker, "summary", "closed")
    context = home(sign_in, personas.supervisor).context

    assert (context["waiting_count"], context["requests"], context["unseen"]) == (2, [asked], [long])


def test_a_community_answers_announcements_first(sign_in, personas):
    organization = body(personas)
    waiting = announce(organization, personas.worker)
    announce(organization, personas.worker, starts_at=days_ago(1))  # over
    announce(organization, personas.worker, due_at=days_ago(1))  # taken as known
    needed = announce(organization, personas.worker, due_at=days_ago(1), needs_answer=True)
    announce(body(personas, "别处", personas.next_community), personas.worker)
    response = home(sign_in, personas.community_staff)

    assert response.context["to_answer"] == [needed, waiting]
    page = response.content.decode()
    assert page.index("Announcements to answer") < page.index("To do")


def test_a_street_counts_announcements_and_requests(sign_in, personas):
    organization = body(personas)
    announce(organization, personas.worker)
    ask(ProjectFactory(organization=organization, lead=personas.worker), personas.worker, "cultivation", "summary")
    context = home(sign_in, personas.staff).context
    row = next(row for row in context["rows"] if row["place"] == personas.community)

    assert (row["announcements"], context["requests"]) == (1, 1)


def test_street_and_district_see_who_has_met_this_month(sign_in, personas):
    today = timezone.localdate()
    morning = timezone.localtime().replace(hour=9, minute=0)
    held = JointMeetingFactory(series__division=personas.community, starts_at=morning, held=True)
    JointMeetingFactory(
        series__division=personas.community, starts_at=morning + datetime.timedelta(hours=2), opened=True
    )
    row = next(row for row in home(sign_in, personas.staff).context["rows"] if row["place"] == personas.community)
    assert row["meeting"] == {"text": f"{today:%m-%d} · held", "url": held.get_absolute_url(), "missing": 0}

    response = home(sign_in, personas.district_admin)
    row = next(row for row in response.context["rows"] if row["place"] == personas.street)
    assert row["meeting"]["text"] == f"1 of {row['communities']} held"
    assert row["meeting"]["missing"] == row["communities"] - 1
    assert response.context["meetings_missing"] == sum(one["meeting"]["missing"] for one in response.context["rows"])
    listed = response.client.get(row["meeting"]["url"])
    assert held.get_absolute_url() in listed.content.decode()


@pytest.mark.parametrize("person", ["leader", "supervisor", "community_staff", "staff"])
@pytest.mark.parametrize("number", [1, 3])
def test_home_needs_the_same_queries_for_any_number(person, number, sign_in, personas, django_assert_num_queries):
    AgencyServiceAreaFactory(agency=AgencyFactory(uuid=personas.agency_uuid), division=personas.street)
    for index in range(number):
        organization = body(personas, f"队{index}")
        give_leader(personas.leader, organization.uuid)
        project = ProjectFactory(organization=organization, lead=personas.worker)
        ActivityFactory(organization=organization, recorded_by=personas.worker, starts_at=days_ago(40))
        plan(project, days=2), promise(organization, personas.worker), announce(organization, personas.worker)
        ask(project, personas.worker)
    client = sign_in(getattr(personas, person))
    client.get(HOME)
    with django_assert_num_queries(QUERIES[person]):
        client.get(HOME)


# --- badges of the menu ---
def test_counts_are_asked_for_by_the_page_and_only_for_entries_that_stand_there(sign_in, personas):
    page = home(sign_in, personas.staff).content.decode()
    assert f'hx-get="{reverse("site:menu-counts")}"' in page
    assert 'hx-get="/home/counts/"' not in home(sign_in, personas.funder).content.decode()
    shown = {entry.count for entry in menu_for(SIDE_MENU, personas.staff).entries}
    assert set(waiting_counts(personas.staff, timezone.now())) <= shown


def test_a_badge_counts_what_waits_and_costs_one_query_each(sign_in, personas, django_assert_num_queries):
    assert waiting_counts(personas.funder, timezone.now()) == {}
    assert personas.staff.access.roles == {Role.STREET_STAFF}
    with django_assert_num_queries(len(waiting_counts(personas.staff, timezone.now()))):
        found = waiting_counts(personas.staff, timezone.now())
    assert found["filings"] == 0
    response = sign_in(personas.staff).get(reverse("site:menu-counts"))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, max-age=60")


def test_nobody_gets_more_than_four_badges(personas):
    for role in (Role.COMMUNITY_STAFF, Role.STREET_STAFF, Role.HUB_CENTER, Role.SOCIAL_WORKER):
        give_grant(personas.stranger, role, division=personas.street)
    assert len(waiting_counts(personas.stranger, timezone.now())) <= 4


@pytest.mark.no_db
def test_every_calendar_source_has_a_picture_of_the_sprite():
    from django.conf import settings

    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text("utf-8")
    assert [source.code for source in calendar_sources if f'id="{source.icon}"' not in sprite] == []


def test_an_office_sees_what_fades_and_how_many_reviews_wait_each_with_its_list(sign_in, personas):
    patrol = body(personas)
    SocialOrganization.objects.filter(pk=patrol.pk).update(created_at=days_ago(100))
    for person in (personas.staff, personas.community_staff):
        response = home(sign_in, person)
        assert (response.context["fading"], response.context["reviews"]) == (1, 0)
        page = response.content.decode()
        for address in ("board-growth", "board-fading"):
            assert f'href="{reverse(f"evaluations:{address}")}"' in page
        assert f"{reverse('evaluations:review-list')}?waiting=true" in page
