"""Who decides on growth where: places with what holds in them, and one page to set it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evaluations.forms.rule import RECOMMENDS, GrowthRuleUpdateForm
from evaluations.models import GrowthRule
from evaluations.policies import rule as policies
from evaluations.policies.review import STAGES, decider_roles, rule_of
from evaluations.services import rule as services
from incubator.base.views import FormPage, ListPage
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from projects.policies.stage import role_words


def kept_places(user):
    """Streets and districts in which the person sets who decides."""
    places = Division.objects.within(user.access.divisions(*policies.RULE_KEEPERS))
    return places.filter(level__in=[Level.COUNTY, Level.STREET]).current()


class GrowthRuleListView(ListPage):
    policy = staticmethod(policies.check_list_growth_rules)
    model = Division
    template_name = "evaluations/growth_rule_list.html"
    sorts = {"code": (_("By code"), ("code",))}

    def get_queryset(self):
        return kept_places(self.request.user).select_related("parent")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        places = list(context["page"])
        codes = {code for place in places for code in place.ancestor_codes}
        found = GrowthRule.objects.visible_to(self.request.user).filter(division__code__in=codes)
        found = list(found.select_related("division").order_by("-division__code", "stage"))
        return context | {"rows": [_row(place, found) for place in places], "stages": [one.value for one in STAGES]}


def _row(place, found):
    rules = [rule for rule in found if rule.division.code in place.ancestor_codes]
    cells = []
    for stage in STAGES:
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
        return get_object_or_404(kept_places(self.request.user), code=self.kwargs["code"])

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
