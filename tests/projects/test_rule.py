"""How a street works: who reads it, who sets it, which one holds where."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation, StaleEdition
from incubator.base.policies import verdict
from projects.models import MonthLock, WorkRule
from projects.policies import rule as policies
from projects.services import rule as services
from tests.factories.projects import ActivityFactory
from tests.factories.review import WorkRuleFactory

VALUES = {
    "accept_after_days": 5, "lock_day": 8, "announcement_days": 2, "concerns_to_answer": ["money", "large"],
    "kinds_to_answer": ["training"], "flexible_staff_percent": 40,
}  # fmt: skip
LIST = "/projects/rules/"


def test_without_a_word_from_the_street_the_usual_rule_holds(place):
    rule = services.rule_of(place.community)
    assert (rule.pk, rule.accept_after_days, rule.lock_day, rule.announcement_days) == (None, 7, 10, 3)
    assert rule.concerns_to_answer == ["large", "outdoor", "minors", "frail", "money"]


def test_the_street_s_rule_holds_in_its_communities_in_one_query(place, django_assert_num_queries):
    WorkRuleFactory(division=place.street, lock_day=5)
    places = [place.street, place.community, place.next_community, place.other_community]
    with django_assert_num_queries(1):
        rules = services.rules_for(places)
    assert [rules[division.pk].lock_day for division in places] == [5, 5, 5, 10]


def test_setting_the_rule_leaves_one_trace_and_the_same_again_none(place):
    services.update_rule(division=place.street, actor=place.staff, **VALUES)
    rule = services.update_rule(division=place.street, actor=place.staff, **VALUES)
    assert rule.concerns_to_answer == ["large", "money"]
    event = AuditEvent.objects.get(verb="work_rule.updated")
    assert event.data["changes"]["lock_day"] == [10, 8]


def test_a_number_out_of_range_is_refused_by_the_service_and_the_database(place):
    with pytest.raises(RuleViolation):
        services.update_rule(division=place.street, actor=place.staff, **(VALUES | {"lock_day": 31}))
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkRule.objects.create(division=place.street, lock_day=31)


def test_somebody_else_s_newer_rule_is_not_overwritten(place):
    WorkRuleFactory(division=place.street)
    with pytest.raises(StaleEdition):
        services.update_rule(division=place.street, actor=place.staff, edition="new", **VALUES)


def test_who_reads_and_who_sets(place):
    readers = {who for who in vars(place) if verdict_of(place, who, policies.check_view_rule)}
    keepers = {who for who in vars(place) if verdict_of(place, who, policies.check_update_rule)}
    closers = {who for who in vars(place) if verdict_of(place, who, policies.check_lock_month)}
    assert readers == {
        "worker", "staff", "community_staff", "leader", "supervisor", "hub", "evaluator", "district_admin", "finance",
    }  # fmt: skip
    assert keepers == {"staff", "hub", "district_admin"}
    assert closers == {"staff"}


def verdict_of(place, who, check):
    person = getattr(place, who)
    return hasattr(person, "access") and bool(verdict(check, person, place.street))


def test_the_list_and_the_policy_agree(place):
    for person in place.everybody:
        may = {s.pk for s in (place.street, place.other_street, place.far_street)
               if verdict(policies.check_view_rule, person, s)}  # fmt: skip
        assert {street.pk for street in policies.readable_streets(person)} & {
            place.street.pk, place.other_street.pk, place.far_street.pk
        } == may, person  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_more_streets(place, sign_in, django_assert_num_queries, number):
    client = sign_in(place.staff if number == 1 else place.district_admin)
    with django_assert_num_queries(7):
        assert client.get(LIST).status_code == 200


def test_the_street_sets_its_rule_on_the_page(place, sign_in):
    client, url = sign_in(place.staff), f"{LIST}{place.street.code}/edit/"
    assert client.get(url).status_code == 200
    assert client.post(url, VALUES | {"lock_day": 40}).status_code == 422
    assert client.post(url, VALUES)["Location"] == f"{LIST}{place.street.code}/"
    assert WorkRule.objects.get(division=place.street).lock_day == 8
    page = client.get(f"{LIST}{place.street.code}/").text
    assert "after 5 days" in page


def test_another_street_s_rule_is_not_there_and_a_reader_cannot_set_it(place, sign_in):
    assert sign_in(place.other_staff).get(f"{LIST}{place.street.code}/").status_code == 404
    assert sign_in(place.worker).get(f"{LIST}{place.street.code}/").status_code == 200
    assert sign_in(place.worker).post(f"{LIST}{place.street.code}/edit/", VALUES).status_code == 403


def test_the_street_closes_a_month_on_the_page(place, sign_in, time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 2, 2, tzinfo=datetime.UTC))
    ActivityFactory(organization=place.organization)
    client, url = sign_in(place.staff), f"{LIST}{place.street.code}/months/2026-11/close/"
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert MonthLock.objects.get().locked_by == place.staff
    page = client.get(f"{LIST}{place.street.code}/").text
    assert "1 record" in page
    assert client.post(f"{LIST}{place.street.code}/months/rubbish/close/").status_code == 404
    assert sign_in(place.worker).post(url).status_code == 403
