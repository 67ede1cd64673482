"""Leaving a stage: ask, the queue of those who decide, one request, and who decides where."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, FormPage, ListPage, ObjectFormPage, TransitionView
from incubator.divisions.models import Division
from projects.choices import NEXT_STAGE, RUNNING, StageRequestStatus
from projects.forms.stage import StageHoldForm, StagePassForm, StageRequestForm, StageRuleUpdateForm
from projects.models import StageRequest, StageRule
from projects.policies import stage as policies
from projects.policies.agreement import check_add_document
from projects.registries import checklist_items
from projects.services import stage as services
from projects.services.checklist import checklist_of
from projects.views.of_project import OfProjectMixin

TONES = {
    StageRequestStatus.OPEN: "info",
    StageRequestStatus.PASSED: "success",
    StageRequestStatus.HELD: "warning",
    StageRequestStatus.WITHDRAWN: "neutral",
}


def worded(checklist):
    """A frozen checklist with today's words for its items; one whose item is gone keeps those of its day."""
    labels = {item.code: item.label for item in checklist_items}
    return [{**row, "label": labels.get(row["code"], row["label"])} for row in checklist]


class StageRequestView(OfProjectMixin, CreateOncePage):
    policy = staticmethod(policies.check_request_stage)
    model = StageRequest
    form_class = StageRequestForm
    template_name = "projects/stage_request.html"
    success_message = _("Asked. Those who decide are told.")

    @cached_property
    def checklist(self):
        return checklist_of(self.project)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"needs_note": any(not item["done"] for item in self.checklist)}

    def get_context_data(self, **kwargs):
        project = self.project
        return super().get_context_data(
            checklist=self.checklist,
            may_see_to=verdict(check_add_document, self.request.user, project),
            next_stage=NEXT_STAGE[project.stage].label,
            decided_by=policies.decided_by_whom(policies.deciders_of(project)),
            **kwargs,
        )

    def get_success_url(self):
        return self.object.get_absolute_url()

    def perform(self, form):
        self.object = services.request_stage(
            project_id=self.project.pk, actor=self.request.user, **form.cleaned_data
        )  # fmt: skip


class StageRequestListView(ListPage):
    """What waits for me first; ``?show=all`` shows all that I may read."""

    policy = staticmethod(policies.check_list_stage_requests)
    model = StageRequest
    template_name = "projects/stage_request_list.html"
    sorts = {
        "oldest": (_("waiting longest first"), ("requested_at", "pk")),
        "recent": (_("newest first"), ("-requested_at", "-pk")),
    }

    def get_queryset(self):
        if self.shows_all:
            return super().get_queryset().with_names()
        return policies.requests_to_decide(self.request.user).with_names()

    @property
    def shows_all(self):
        return self.request.GET.get("show") == "all"

    def get_sort(self):
        return super().get_sort() if "sort" in self.request.GET else ("recent" if self.shows_all else "oldest")

    def get_context_data(self, **kwargs):
        keeps_rules = verdict(policies.check_list_stage_rules, self.request.user)
        return super().get_context_data(tones=TONES, shows_all=self.shows_all, keeps_rules=keeps_rules, **kwargs)


class _RequestMixin:
    model = StageRequest
    context_object_name = "stage_request"

    def get_queryset(self):
        return super().get_queryset().with_names()


class StageRequestDetailView(_RequestMixin, DetailPage):
    policy = staticmethod(policies.check_view_stage_request)
    template_name = "projects/stage_request_detail.html"

    def get_context_data(self, **kwargs):
        request, user = self.object, self.request.user
        is_open = request.status == StageRequestStatus.OPEN
        return super().get_context_data(
            checklist=worded(request.checklist),
            tone=TONES[request.status],
            is_open=is_open,
            may_decide=verdict(policies.check_decide_stage, user, request) if is_open else None,
            may_withdraw=verdict(policies.check_withdraw_stage, user, request) if is_open else None,
            **kwargs,
        )


class StageWithdrawView(_RequestMixin, TransitionView):
    policy = staticmethod(policies.check_withdraw_stage)
    success_message = _("The request was taken back.")

    def run(self):
        services.withdraw_stage(request_id=self.object.pk, actor=self.request.user)


class _DecisionPage(_RequestMixin, ObjectFormPage):
    def get_context_data(self, **kwargs):
        return super().get_context_data(checklist=worded(self.object.checklist), **kwargs)


class StagePassView(_DecisionPage):
    policy = staticmethod(policies.check_pass_stage)
    form_class = StagePassForm
    template_name = "projects/stage_pass.html"
    success_message = _("Decided. The project has entered its next stage.")

    def perform(self, form):
        services.pass_stage(request_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class StageHoldView(_DecisionPage):
    policy = staticmethod(policies.check_hold_stage)
    form_class = StageHoldForm
    template_name = "projects/stage_hold.html"
    success_message = _("Decided. The project stays in its stage for now, and the team is told why.")

    def perform(self, form):
        services.hold_stage(request_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class RulePlaceListPage(ListPage):
    """The places whose rules the person sets, in code order; each kind of rule adds its own rows."""

    model = Division
    sorts = {"code": (_("By code"), ("code",))}

    def get_queryset(self):
        return policies.rule_places(self.request.user).select_related("parent")


class StageRuleListView(RulePlaceListPage):
    policy = staticmethod(policies.check_list_stage_rules)
    template_name = "projects/stage_rule_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        places = list(context["page"])
        codes = {code for place in places for code in place.ancestor_codes}
        rules = StageRule.objects.filter(division__code__in=codes).select_related("division")
        rules = list(rules.order_by("-division__code", "from_stage"))
        rows = [
            {
                "place": place,
                "stages": [
                    {
                        "label": stage.label,
                        "roles": policies.role_words(policies.decider_roles(place, stage, rules=rules)),
                    }
                    for stage in RUNNING
                ],
                "is_set": any(rule.division_id == place.pk and rule.roles for rule in rules),
            }
            for place in places
        ]
        return context | {"rows": rows, "stages": [stage.label for stage in RUNNING]}


class StageRuleUpdateView(FormPage):
    policy = staticmethod(policies.check_update_stage_rule)
    policy_needs_object = True
    form_class = StageRuleUpdateForm
    template_name = "projects/stage_rule_update.html"
    success_message = _("Saved. It holds at once, also for requests that wait.")

    @cached_property
    def place(self):
        return get_object_or_404(policies.rule_places(self.request.user), code=self.kwargs["code"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.place)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return dict(StageRule.objects.filter(division=self.place).values_list("from_stage", "roles"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(place=self.place, **kwargs)

    def perform(self, form):
        services.update_stage_rule(division=self.place, actor=self.request.user, roles=form.cleaned_data)

    def get_success_url(self):
        return reverse("projects:stage-rule-list")
