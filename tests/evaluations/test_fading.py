"""What fades: quiet for long, or members lost; why, in words; the numbers are a setting of the place."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evaluations.models import FadingRule
from evaluations.policies import board as policies
from evaluations.policies.fading_rule import check_update_fading_rule
from evaluations.services.fading import fading_of, reasons_of, rule_in, rules_for
from evaluations.services.fading_rule import update_fading_rule
from incubator.audit.models import AuditEvent
from incubator.base.policies import verdict
from organizations.models import Membership, SocialOrganization
from projects.models import ActivityLink
from tests.factories.board import FadingRuleFactory
from tests.factories.organizations import MembershipFactory, OrganizationFactory
from tests.factories.projects import ActivityFactory
from tests.personas import PEOPLE

FADING, RULES = reverse("evaluations:board-fading"), reverse("evaluations:fading-rule-list")
PAGE_QUERIES, RULE_QUERIES = 8, 7


def today():
    return timezone.localdate()


def noon(days):
    """At noon, so many days ago."""
    day = today() - datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def known_for(organization, days):
    SocialOrganization.objects.filter(pk=organization.pk).update(created_at=noon(days))
    return SocialOrganization.objects.get(pk=organization.pk)


@pytest.fixture
def patrol(place):
    """An organization that has been here for long."""
    place.organization = known_for(place.organization, 400)
    return place.organization


def found(user, why=""):
    rules = rules_for(user)
    rows = list(fading_of(user, today=today(), rules=rules, why=why).select_related("community").order_by("pk"))
    return reasons_of(rows, today=today())


def fading(user, why=""):
    return [(row.organization.name, row.is_quiet, row.has_lost) for row in found(user, why)]


# --- quiet ---
@pytest.mark.parametrize(("days", "is_listed"), [(59, False), (60, True), (61, True)])
def test_an_organization_is_quiet_from_the_sixtieth_day_on(days, is_listed, place, patrol):
    ActivityFactory(organization=patrol, recorded_by=place.worker, starts_at=noon(days))
    assert fading(place.staff) == ([("治安服务队", True, False)] if is_listed else [])


@pytest.mark.parametrize(("days", "is_listed"), [(59, False), (60, True)])
def test_whoever_never_did_anything_is_quiet_when_it_has_been_here_for_long(days, is_listed, place):
    known_for(place.organization, days)
    assert bool(fading(place.staff)) == is_listed


def test_only_what_counts_breaks_the_silence_and_being_served_along_does(place, patrol):
    other = OrganizationFactory(community=place.community)
    ActivityFactory(organization=patrol, recorded_by=place.worker, starts_at=noon(1), draft=True)
    ActivityFactory(organization=patrol, recorded_by=place.worker, starts_at=noon(1), outcome="cancelled",
                    outcome_reason="下雨")  # fmt: skip
    assert fading(place.staff) == [("治安服务队", True, False)]
    activity = ActivityFactory(organization=other, recorded_by=place.worker, starts_at=noon(1))
    ActivityLink.objects.create(activity=activity, organization=patrol, community=patrol.community, minutes=30)
    assert fading(place.staff) == []


@pytest.mark.parametrize("trait", ["dormant", "dissolved"])
def test_who_rests_or_has_ended_does_not_fade(trait, place):
    known_for(OrganizationFactory(community=place.community, **{trait: True}), 400)
    assert fading(place.staff) == []


# --- members ---
def join(organization, number, *, left=None, joined=400):
    return [
        MembershipFactory(
            organization=organization, joined_on=noon(joined).date(), left_on=left and noon(left).date()
        )
        for _ in range(number)
    ]  # fmt: skip


def test_a_fifth_of_the_members_lost_within_six_months_is_told(place):
    join(place.organization, 8), join(place.organization, 2, left=20), join(place.organization, 5, left=300)
    assert fading(place.staff) == [("治安服务队", False, True)]
    row = found(place.staff)[0]
    assert (row.members_then, row.members_now, row.percent) == (10, 8, 20)
    join(place.organization, 1, joined=10)
    assert fading(place.staff) == []


def test_joining_without_a_day_is_having_been_there_and_who_came_and_left_is_no_loss(place):
    join(place.organization, 10), join(place.organization, 6, joined=90, left=10)
    assert fading(place.staff) == []
    Membership.objects.filter(left_on__isnull=False).update(joined_on=None)
    assert fading(place.staff) == [("治安服务队", False, True)]


def test_everybody_gone_is_a_loss_of_all_and_nobody_ever_is_none(place):
    join(place.organization, 2, left=3)
    assert [(row.percent, row.members_now) for row in found(place.staff)] == [(100, 0)]
    Membership.objects.all().delete()
    assert fading(place.staff) == []


# --- rules ---
def test_the_nearest_place_with_a_rule_is_followed(place, patrol):
    ActivityFactory(organization=patrol, recorded_by=place.worker, starts_at=noon(80))
    other = known_for(place.other_organization, 80)
    FadingRuleFactory(division=place.district, days_without_activity=70)
    FadingRuleFactory(division=place.street, days_without_activity=90)
    FadingRuleFactory(division=place.far_street, days_without_activity=7)
    assert fading(place.staff) == []
    assert fading(place.other_staff) == [(other.name, True, False)]
    assert fading(place.district_admin) == [(other.name, True, False)]
    FadingRule.objects.filter(division=place.street).update(days_without_activity=80)
    assert fading(place.staff) == [("治安服务队", True, False)]


def test_the_share_of_members_follows_the_place_too(place):
    join(place.organization, 9), join(place.organization, 1, left=20)
    assert fading(place.staff) == []
    FadingRuleFactory(division=place.street, members_lost_percent=10)
    assert fading(place.staff) == [("治安服务队", False, True)]


def test_a_rule_is_set_and_changed_with_what_was_before_in_the_history(place):
    common = {"division": place.street, "actor": place.staff}
    update_fading_rule(days_without_activity=60, members_lost_percent=20, **common)
    update_fading_rule(days_without_activity=90, members_lost_percent=20, **common)
    update_fading_rule(days_without_activity=90, members_lost_percent=20, **common)
    events = AuditEvent.objects.filter(verb="fading_rule.updated").order_by("pk")
    assert [event.data["changes"] for event in events] == [{}, {"days_without_activity": [60, 90]}]
    assert rule_in(place.community, rules_for(place.staff)).days_without_activity == 90


@pytest.mark.parametrize(
    "values", [{"days_without_activity": 6}, {"members_lost_percent": 4}, {"members_lost_percent": 101}]
)
def test_the_database_refuses_numbers_out_of_their_range(values, place):
    with pytest.raises(IntegrityError), transaction.atomic():
        FadingRuleFactory(division=place.street, **values)


def test_the_office_sets_the_rule_in_the_browser(place, sign_in):
    client = sign_in(place.staff)
    assert "as above or as usual" in client.get(RULES).content.decode()
    FadingRuleFactory(division=place.district, days_without_activity=45)
    url = reverse("evaluations:fading-rule-update", args=[place.street.code])
    form = client.get(url).content.decode()
    assert 'value="45"' in form
    answer = client.post(url, {"days_without_activity": "3", "members_lost_percent": "x"})
    assert answer.status_code == 422
    answer = client.post(url, {"days_without_activity": "30", "members_lost_percent": "25", "edition": "new"})
    assert answer.status_code == 302
    stale = client.post(url, {"days_without_activity": "31", "members_lost_percent": "25", "edition": "new"})
    assert stale.status_code == 409
    rule = FadingRule.objects.get(division=place.street)
    assert (rule.days_without_activity, rule.members_lost_percent) == (30, 25)


def test_only_offices_of_the_place_set_the_rule(place, sign_in):
    may = {name for name in PEOPLE if verdict(check_update_fading_rule, getattr(place, name), place.street)}
    assert may == {"staff", "hub", "district_admin"}
    assert sign_in(place.worker).get(RULES).status_code == 403
    foreign = reverse("evaluations:fading-rule-update", args=[place.street.code])
    assert sign_in(place.other_staff).get(foreign).status_code == 404


# --- the page ---
def test_the_page_says_why_in_words_and_what_would_help(place, patrol, sign_in):
    activity = ActivityFactory(organization=patrol, recorded_by=place.worker, starts_at=noon(75))
    join(patrol, 8), join(patrol, 4, left=20)
    page = sign_in(place.worker).get(FADING).content.decode()

    assert "No activity for 75 days." in page
    assert "From 12 to 8 members within six months (33 % fewer)." in page
    assert activity.get_absolute_url() in page
    assert f"kind=visit&amp;organization={patrol.uuid}" in page
    assert "Log a visit" not in sign_in(place.staff).get(FADING).content.decode()


def test_the_list_is_narrowed_and_says_when_nothing_fades(place, patrol, sign_in):
    client = sign_in(place.staff)

    def count(**query):
        return client.get(FADING, query).context["count"]

    assert (count(), count(why="quiet"), count(why="members"), count(why="x")) == (1, 1, 0, 1)
    assert (count(area=place.community.code), count(area=place.next_community.code)) == (1, 0)
    assert (count(q="治安"), count(q="书画"), count(stage="tree"), count(stage="none")) == (1, 0, 0, 1)
    assert (count(page="x"), count(type="x"), count(area="x")) == (1, 1, 1)
    assert "Nothing matches these filters" in client.get(FADING, {"why": "members"}).content.decode()
    ActivityFactory(organization=patrol, recorded_by=place.worker, starts_at=noon(1))
    assert "Nothing is fading" in client.get(FADING).content.decode()


def test_each_sees_what_fades_where_they_read_the_activities(place, patrol):
    seen = {name for name in PEOPLE if fading(getattr(place, name))}
    assert seen == {
        "worker", "staff", "community_staff", "leader", "supervisor", "hub", "evaluator", "district_admin",
    }  # fmt: skip
    for name in seen:
        assert verdict(policies.check_list_fading, getattr(place, name))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(number, place, sign_in, django_assert_num_queries):
    for organization in OrganizationFactory.create_batch(number, community=place.community):
        known_for(organization, 100)
        join(organization, 2, left=20)
    FadingRuleFactory(division=place.district, days_without_activity=45)
    client = sign_in(place.worker)
    assert client.get(FADING).context["count"] == number
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(FADING)
    office = sign_in(place.staff)
    office.get(RULES)
    with django_assert_num_queries(RULE_QUERIES):
        office.get(RULES)
