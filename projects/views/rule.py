"""How a street works: its rules, and its months, open and closed."""

import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import EditionMixin, FormPage, ListPage, PageView, TransitionView
from incubator.divisions.models import Division
from projects.choices import Concern
from projects.filters import parse_month
from projects.forms.rule import RuleUpdateForm
from projects.models import Activity, MonthLock
from projects.policies import rule as policies
from projects.services import month as months
from projects.services import rule as services
from projects.services.kind import labels_of

MONTHS_SHOWN = 6


class RuleListView(ListPage):
    policy = staticmethod(policies.check_list_rules)
    model = Division
    template_name = "projects/rule_list.html"
    sorts = {"code": (_("By code"), ("code",))}

    def get_queryset(self):
        return policies.readable_streets(self.request.user).select_related("parent")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rules = services.rules_for(context["page"])
        return context | {"rows": [(street, rules[street.pk]) for street in context["page"]]}


class StreetMixin:
    """A page about one street: found among those whose rules the person reads (else 404), then the policy."""

    policy_needs_object = True

    @cached_property
    def street(self):
        return get_object_or_404(policies.readable_streets(self.request.user), code=self.kwargs["code"])

    @cached_property
    def rule(self):
        return services.rule_of(self.street)

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.street)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(street=self.street, rule=self.rule, **kwargs)

    def get_success_url(self):
        return reverse("projects:rule-detail", args=[self.street.code])


class RuleDetailView(StreetMixin, PageView):
    policy = staticmethod(policies.check_view_rule)
    template_name = "projects/rule_detail.html"

    def get_context_data(self, **kwargs):
        user, labels = self.request.user, dict(Concern.choices)
        return super().get_context_data(
            concerns=[labels[code] for code in self.rule.concerns_to_answer if code in labels],
            kinds=list(labels_of(self.rule.kinds_to_answer).values()),
            months=self._months(),
            may_update=verdict(policies.check_update_rule, user, self.street),
            may_lock=verdict(policies.check_lock_month, user, self.street),
            **kwargs,
        )

    def _months(self):
        """The last months that are over, with their locks, and how many records each still has open."""
        first, found = timezone.localdate().replace(day=1), []
        for _number in range(MONTHS_SHOWN):
            first = (first - datetime.timedelta(days=1)).replace(day=1)
            found.append(first)
        locks = MonthLock.objects.filter(division=self.street, month__gte=found[-1]).select_related("locked_by")
        by_month = {lock.month: lock for lock in locks}
        waiting = Activity.objects.filter(community__parent=self.street, status__in=months.LOCKABLE)
        open_ones = months.count_by_month(waiting.filter(starts_at__gte=months.midnight(found[-1])))
        return [
            {"month": month, "lock": by_month.get(month), "open": open_ones.get(month, 0), "code": f"{month:%Y-%m}"}
            for month in found
        ]


class RuleUpdateView(StreetMixin, EditionMixin, FormPage):
    policy = staticmethod(policies.check_update_rule)
    form_class = RuleUpdateForm
    template_name = "projects/rule_update.html"
    success_message = _("Saved. It holds from now on.")

    def get_edited(self):
        return self.rule

    def reload(self):
        del self.rule

    def get_initial(self):
        return {name: getattr(self.rule, name) for name in services.VALUES}

    def perform(self, form):
        services.update_rule(division=self.street, actor=self.request.user, **form.cleaned_data)


class MonthLockView(StreetMixin, TransitionView):
    """Close a month now, and not only on its day."""

    policy = staticmethod(policies.check_lock_month)
    model = MonthLock
    success_message = _("The month is closed. From now on changes are corrections.")

    def setup_object(self):
        """About a street and its month: there is no row yet."""

    def run(self):
        month = parse_month(self.kwargs["month"])
        if month is None:
            raise Http404
        months.lock_month(street=self.street, month=month, now=timezone.now(), actor=self.request.user)
