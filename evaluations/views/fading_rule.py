"""When an organization counts as fading where: places with what holds in them, and one page to set it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evaluations.forms.fading_rule import FadingRuleUpdateForm
from evaluations.models import FadingRule
from evaluations.policies import fading_rule as policies
from evaluations.services import fading_rule as services
from evaluations.services.fading import rule_in
from incubator.base.views import EditionMixin, FormPage
from projects.policies.stage import rule_places
from projects.views.stage import RulePlaceListPage


class FadingRuleListView(RulePlaceListPage):
    policy = staticmethod(policies.check_list_fading_rules)
    template_name = "evaluations/fading_rule_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        places = list(context["page"])
        rules = list(FadingRule.objects.around([place.code for place in places]).select_related("division"))
        return context | {"rows": [(place, rule_in(place, rules)) for place in places]}


class FadingRuleUpdateView(EditionMixin, FormPage):
    policy = staticmethod(policies.check_update_fading_rule)
    policy_needs_object = True
    form_class = FadingRuleUpdateForm
    template_name = "evaluations/fading_rule_update.html"
    success_message = _("Saved. The list follows it from now on.")

    @cached_property
    def place(self):
        return get_object_or_404(rule_places(self.request.user), code=self.kwargs["code"])

    @cached_property
    def rule(self):
        return FadingRule.objects.filter(division=self.place).first() or FadingRule(division=self.place)

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.place)
        return super().dispatch(request, *args, **kwargs)

    def get_edited(self):
        return self.rule

    def reload(self):
        del self.rule

    def get_initial(self):
        found = self.rule
        if found.pk is None:  # what holds until now stands in the form
            around = FadingRule.objects.around([self.place.code]).select_related("division")
            found = rule_in(self.place, list(around))
        return {name: getattr(found, name) for name in services.VALUES}

    def get_context_data(self, **kwargs):
        return super().get_context_data(place=self.place, **kwargs)

    def perform(self, form):
        services.update_fading_rule(division=self.place, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("evaluations:fading-rule-list")
