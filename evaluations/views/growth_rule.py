"""Who decides on growth where: places with what holds in them, and one page to set it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evaluations.forms.growth_rule import RECOMMENDS, GrowthRuleUpdateForm
from evaluations.models import GrowthRule
from evaluations.policies import growth_rule as policies
from evaluations.policies.review import decider_roles, rule_of
from evaluations.services import growth_rule as services
from incubator.base.views import FormPage
from organizations.choices import RATED_STAGES
from projects.policies.stage import role_words, rule_places
from projects.views.stage import RulePlaceListPage


class GrowthRuleListView(RulePlaceListPage):
    policy = staticmethod(policies.check_list_growth_rules)
    template_name = "evaluations/growth_rule_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        places = list(context["page"])
        found = list(GrowthRule.objects.of(*places))
        return context | {
            "rows": [_row(place, found) for place in places],
            "stages": [one.value for one in RATED_STAGES],
        }


def _row(place, rules):
    cells = []
    for stage in RATED_STAGES:
        rule = rule_of(place, stage, rules=rules)
        cells.append(
            {
                "label": stage.label,
                "roles": role_words(decider_roles(place, stage, rules=rules)),
                "wants_recommendation": bool(rule and rule.wants_recommendation),
            }
        )
    return {"place": place, "stages": cells, "is_set": any(rule.division_id == place.pk for rule in rules)}


class GrowthRuleUpdateView(FormPage):
    policy = staticmethod(policies.check_update_growth_rule)
    policy_needs_object = True
    form_class = GrowthRuleUpdateForm
    template_name = "evaluations/growth_rule_update.html"
    success_message = _("Saved. It holds at once, also for reviews that wait.")

    @cached_property
    def place(self):
        return get_object_or_404(rule_places(self.request.user), code=self.kwargs["code"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.place)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        found = {}
        for rule in GrowthRule.objects.visible_to(self.request.user).filter(division=self.place).order_by("pk"):
            found |= {rule.stage: rule.roles, f"{RECOMMENDS}{rule.stage}": rule.wants_recommendation}
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(place=self.place, **kwargs)

    def perform(self, form):
        services.update_growth_rule(division=self.place, actor=self.request.user, **form.values())

    def get_success_url(self):
        return reverse("evaluations:growth-rule-list")
