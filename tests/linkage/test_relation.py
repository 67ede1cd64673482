"""Relations of the parties, hours lent to administration, and the two facts about organizations in joint meetings."""

import datetime

import pytest
from django.utils import timezone

from evaluations.registries import Fact, indicators
from linkage.choices import Party
from linkage.services.relation import lent_hours, relations
from organizations.models import SocialOrganization
from tests.factories.linkage_minutes import (
    ActionFactory,
    AttendanceFactory,
    HeldMeetingFactory,
    ItemFactory,
    ResolutionFactory,
)
from tests.factories.organizations import OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.linkage.test_action import confirm_by_hand

BEGIN, END = timezone.now() - datetime.timedelta(days=60), timezone.now() + datetime.timedelta(days=1)


@pytest.fixture
def confirmed(round_table):
    """A meeting of last month: the organization was there, took something on, and the community verified it."""
    meeting = HeldMeetingFactory(
        series=round_table.series, kind="special", closed=True, starts_at=timezone.now() - datetime.timedelta(days=20)
    )
    member = round_table.members["organization"]
    AttendanceFactory(meeting=meeting, member=member, party=member.party, name=member.name)
    item = ItemFactory(series=round_table.series, party=Party.RESIDENTS)
    item.treat(meeting=meeting)
    item.save()
    resolution = ResolutionFactory(meeting=meeting, item=item)
    for _each in range(2):
        ActionFactory(
            resolution=resolution, owner_party=Party.ORGANIZATION, organization=round_table.organization,
            status="verified", done_by=round_table.leader, done_at=timezone.now(), verified_party="community",
            verified_by=round_table.community_staff, verified_at=timezone.now(),
        )  # fmt: skip
    confirm_by_hand(meeting, round_table.community_staff)
    return round_table


def by_party(found):
    names = ("raised", "taken", "done", "verified")
    return {row["party"].value: tuple(row[name] for name in names) for row in found["parties"]}


def test_who_raises_takes_on_and_verifies_is_counted_from_confirmed_minutes(confirmed):
    ItemFactory(series=confirmed.series)
    ActionFactory(resolution=ResolutionFactory(meeting=confirmed.meeting, number="2026-02-01"))
    found = relations(confirmed.worker, begin=BEGIN, end=END)
    assert found["meetings"] == 1
    assert by_party(found) == {
        "community": (0, 0, 0, 2), "organization": (0, 2, 2, 0), "social_worker": (0, 0, 0, 0),
        "residents": (1, 0, 0, 0),
    }  # fmt: skip
    assert relations(confirmed.worker, begin=BEGIN, end=END, area=confirmed.next_community)["meetings"] == 0
    assert relations(confirmed.other_worker, begin=BEGIN, end=END)["meetings"] == 0


def test_hours_lent_to_administration_stand_beside_all_hours(confirmed):
    facts = {"organization": confirmed.organization, "recorded_by": confirmed.worker}
    ActivityFactory(kind="visit", minutes=60, **facts)
    ActivityFactory(kind="admin_assist", minutes=30, details={"asked_by": "community"}, **facts)
    assert lent_hours(confirmed.worker, begin=BEGIN, end=END) == {"lent": 30, "by": {"community": 30}, "all": 90}


def test_the_page_shows_picture_and_table(confirmed, sign_in, django_assert_max_num_queries):
    client = sign_in(confirmed.worker)
    client.get("/linkage/relations/")
    with django_assert_max_num_queries(14):
        page = client.get(f"/linkage/relations/?months=6&area={confirmed.community.code}").content.decode()
    assert "taken on by: social organization" in page
    assert "<svg" in page


def test_without_minutes_the_page_says_what_it_will_show(round_table, sign_in):
    page = sign_in(round_table.worker).get("/linkage/relations/").content.decode()
    assert "No confirmed minutes in this time" in page


def facts(code, *organizations):
    queryset = SocialOrganization.objects.filter(pk__in=[one.pk for one in organizations])
    return indicators[code].compute(queryset, timezone.localdate())


def test_meetings_attended_and_matters_handled_are_facts(confirmed):
    own, other = confirmed.organization, OrganizationFactory(community=confirmed.community)
    attended = facts("joint_meetings_attended_12m", own, other)
    assert (attended[own.pk].value, attended[other.pk]) == (1, Fact(0))
    assert attended[own.pk].evidence[0][0] == "joint_meeting"
    handled = facts("agenda_items_handled_12m", own, other)
    assert (handled[own.pk].value, len(handled[own.pk].evidence), handled[other.pk]) == (1, 2, Fact(0))


def test_where_nobody_meets_nothing_is_known(round_table):
    far = OrganizationFactory(community=round_table.far_community)
    for code in ("joint_meetings_attended_12m", "agenda_items_handled_12m"):
        assert facts(code, far)[far.pk] == Fact(None)


@pytest.mark.parametrize("number", [1, 3])
def test_facts_of_three_organizations_ask_as_often_as_of_one(number, confirmed, django_assert_num_queries):
    more = OrganizationFactory.create_batch(number - 1, community=confirmed.community)
    organizations = [confirmed.organization, *more]
    queryset = SocialOrganization.objects.filter(pk__in=[one.pk for one in organizations])
    with django_assert_num_queries(4):
        for code in ("joint_meetings_attended_12m", "agenda_items_handled_12m"):
            indicators[code].compute(queryset, timezone.localdate())
