"""Who decides on growth is data of the place: set by its offices, at once, with what was before in the history."""

import pytest
from django.urls import reverse

from evaluations.models import GrowthRule
from evaluations.policies import growth_rule as policies
from evaluations.policies.review import decider_roles, rule_of
from evaluations.services.growth_rule import update_growth_rule
from incubator.audit.models import AuditEvent
from incubator.base.errors import RuleViolation
from incubator.base.policies import verdict
from organizations.choices import GrowthStage
from tests.factories.standards import GrowthRuleFactory
from tests.personas import PEOPLE

SAPLING, SEEDLING = GrowthStage.SAPLING, GrowthStage.SEEDLING
LIST = "evaluations:growth-rule-list"


def rule_url(division):
    return reverse("evaluations:growth-rule-update", args=[division.code])


def test_without_a_rule_the_usual_holds_and_the_nearest_rule_wins(personas):
    assert decider_roles(personas.community, SEEDLING) == ("community_staff",)
    assert decider_roles(personas.community, SAPLING) == ("street_staff",)
    GrowthRuleFactory(division=personas.street.parent, roles=["district_admin"])
    assert decider_roles(personas.community, SAPLING) == ("district_admin",)
    near = GrowthRuleFactory(division=personas.street, roles=["hub_center"], wants_recommendation=True)
    assert decider_roles(personas.community, SAPLING) == ("hub_center",)
    assert decider_roles(personas.other_community, SAPLING) == ("district_admin",)
    assert rule_of(personas.community, SAPLING) == near


def test_a_rule_is_set_changed_and_left_to_the_place_above_again(personas):
    common = {"division": personas.street, "actor": personas.staff}
    update_growth_rule(roles={SAPLING: ["street_staff", "evaluator"]}, recommended=[SAPLING], **common)
    rule = GrowthRule.objects.get()
    assert (rule.roles, rule.wants_recommendation) == (["street_staff", "evaluator"], True)
    update_growth_rule(roles={SAPLING: ["street_staff", "evaluator"]}, recommended=[SAPLING], **common)
    update_growth_rule(roles={}, **common)
    assert not GrowthRule.objects.exists()
    events = AuditEvent.objects.filter(verb="growth_rule.updated").order_by("pk")
    assert [event.data["changes"] for event in events] == [
        {"sapling": [[[], False], [["street_staff", "evaluator"], True]]},
        {"sapling": [[["street_staff", "evaluator"], True], [[], False]]},
    ]


def test_roles_that_may_not_decide_are_left_out_and_a_recommendation_needs_a_decider(personas):
    common = {"division": personas.street, "actor": personas.staff}
    with pytest.raises(RuleViolation, match="tick who decides"):
        update_growth_rule(roles={SAPLING: ["finance", "funder"]}, recommended=[SAPLING], **common)
    assert not GrowthRule.objects.exists()


def test_the_office_sets_it_in_the_browser(personas, sign_in):
    client = sign_in(personas.staff)
    page = client.get(reverse(LIST)).content.decode()
    assert personas.street.name in page
    assert personas.other_street.name not in page
    refused = client.post(rule_url(personas.street), {"recommends_tree": "on"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["tree"])
    sent = {"sapling": ["hub_center"], "recommends_sapling": "on"}
    assert client.post(rule_url(personas.street), sent).status_code == 302
    assert "the service centre recommends first" in client.get(reverse(LIST)).content.decode()
    initial = client.get(rule_url(personas.street)).context["form"].initial
    assert initial == {"sapling": ["hub_center"], "recommends_sapling": True}
    assert client.post(rule_url(personas.street), {"sapling": ["platform_admin"]}).status_code == 422


def test_only_the_offices_of_the_place_set_it(personas, sign_in):
    may = {
        name for name in PEOPLE if verdict(policies.check_update_growth_rule, getattr(personas, name), personas.street)
    }
    assert may == {"staff", "hub", "district_admin"}
    assert sign_in(personas.worker).get(reverse(LIST)).status_code == 403
    assert sign_in(personas.other_staff).get(rule_url(personas.street)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_rules_as_for_one(personas, sign_in, number, django_assert_num_queries):
    for stage in ("seedling", "sapling", "tree")[:number]:
        GrowthRuleFactory(division=personas.street, stage=stage)
    client = sign_in(personas.staff)
    client.get(reverse(LIST))
    with django_assert_num_queries(7):
        client.get(reverse(LIST))
