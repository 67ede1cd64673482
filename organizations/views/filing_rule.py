"""How a street files: form of the numbers, papers, fewest members."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from incubator.base.views import FormPage, ListPage
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.forms.filing import FilingRuleUpdateForm
from organizations.models import FilingRule
from organizations.policies import filing as policies
from organizations.services import filing as services
from organizations.validators import format_filing_number


def kept_streets(user):
    """The streets whose way of filing and register the person keeps."""
    places = Division.objects.within(user.access.divisions(*policies.RULE_KEEPERS))
    return places.filter(level=Level.STREET).current()


class FilingRuleListView(ListPage):
    policy = staticmethod(policies.check_list_filing_rules)
    model = Division
    template_name = "organizations/filing_rule_list.html"
    sorts = {"code": (_("By code"), ("code",))}

    def get_queryset(self):
        return kept_streets(self.request.user).select_related("parent")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        streets = list(context["page"])
        rules = {rule.street_id: rule for rule in FilingRule.objects.filter(street__in=streets)}
        rows = [
            (street, rules.get(street.pk) or FilingRule.default_for(street), street.pk in rules) for street in streets
        ]
        return context | {"rows": rows}


class FilingRuleUpdateView(FormPage):
    policy = staticmethod(policies.check_update_filing_rule)
    policy_needs_object = True
    form_class = FilingRuleUpdateForm
    template_name = "organizations/filing_rule_update.html"
    success_message = _("Saved. It holds for filings from now on.")

    @cached_property
    def street(self):
        return get_object_or_404(kept_streets(self.request.user), code=self.kwargs["code"])

    @cached_property
    def rule(self):
        return services.rule_of(self.street)

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.street)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        names = ("number_pattern", "required_papers", "minimum_members")
        return {name: getattr(self.rule, name) for name in names}

    def get_context_data(self, **kwargs):
        example = format_filing_number(
            self.rule.number_pattern, street=self.street.name.removesuffix("办事处"), year=timezone.localdate().year,
            number=1,
        )  # fmt: skip
        return super().get_context_data(street=self.street, example=example, **kwargs)

    def perform(self, form):
        services.update_filing_rule(street=self.street, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("organizations:filing-rule-update", args=[self.street.code])
