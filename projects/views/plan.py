"""The plan of a project on one page, and the short forms around it."""

import uuid as uuids

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, EditionMixin, ObjectFormPage, TransitionView
from projects.choices import NeedLevel
from projects.forms import plan as forms
from projects.models import ActivityPlan, IncubationProject, Objective, ObjectiveIndicator, ProjectNeed
from projects.policies import plan as policies
from projects.services import plan as services
from projects.services.progress import add_records, objectives_with_progress, plans_with_state
from projects.views.project import BelowProjectMixin


def plan_url(project, anchor=""):
    return reverse("projects:project-plan", args=[project.uuid]) + (f"#{anchor}" if anchor else "")


class ProjectPlanView(DetailPage):
    model = IncubationProject
    policy = staticmethod(policies.check_view_plan)
    template_name = "projects/project_plan.html"
    context_object_name = "project"

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        user, project = self.request.user, self.object
        needs = list(project.needs.prefetch_related("objectives").order_by("pk"))
        for need in needs:
            need.objective_now = next((item for item in need.objectives.all() if not item.dropped_at), None)
        objectives = objectives_with_progress(project)
        plans = plans_with_state(project, timezone.localdate())
        add_records(plans, user)
        may_change = verdict(policies.check_change_plan, user, project)
        return super().get_context_data(
            may_change=may_change,
            levels=[
                {"code": level.value, "label": level.label, "needs": [need for need in needs if need.level == level]}
                for level in NeedLevel
            ],
            needs_number=len(needs),
            objectives=[objective for objective in objectives if not objective.dropped_at],
            dropped=[objective for objective in objectives if objective.dropped_at],
            plans=plans,
            need_form=forms.NeedAddForm(auto_id="need_%s", initial={"level": "individual"}) if may_change else None,
            objective_form=forms.ObjectiveAddForm(
                project=project, auto_id="objective_%s", initial={"level": "individual"}
            )
            if may_change
            else None,
            **kwargs,
        )


class _AddPage(BelowProjectMixin, CreateOncePage):
    policy = staticmethod(policies.check_change_plan)
    anchor = ""

    def get_success_url(self):
        return plan_url(self.project, self.anchor)


class NeedAddView(_AddPage):
    model = ProjectNeed
    form_class = forms.NeedAddForm
    template_name = "projects/plan_need_add.html"
    success_message = _("The need is written down.")
    anchor = "needs"

    def perform(self, form):
        self.object = services.add_need(project_id=self.project.pk, actor=self.request.user, **form.cleaned_data)


class ObjectiveAddView(_AddPage):
    model = Objective
    form_class = forms.ObjectiveAddForm
    template_name = "projects/objective_add.html"
    success_message = _("The objective is set. What shows that it is reached?")
    anchor = "objectives"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"project": self.project}

    def perform(self, form):
        self.object = services.add_objective(project_id=self.project.pk, actor=self.request.user, **form.cleaned_data)


class _PlansPage(_AddPage):
    model = ActivityPlan
    anchor = "plans"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"project": self.project}

    def find_existing(self, form):
        """A batch is found by the first of its rows."""
        rows = self.rows(form)
        return rows and ActivityPlan.objects.filter(project=self.project, uuid=rows[0]["uuid"]).first()

    def is_taken(self, form):
        return ActivityPlan.objects.filter(uuid__in=[row["uuid"] for row in self.rows(form)]).exists()

    def perform(self, form):
        self.added = services.add_plans(project_id=self.project.pk, actor=self.request.user, rows=self.rows(form))

    def get_success_message(self):
        number = len(self.added)
        return ngettext("%(number)s activity planned.", "%(number)s activities planned.", number) % {"number": number}


class PlanAddView(_PlansPage):
    form_class = forms.PlanAddForm
    template_name = "projects/plan_add.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"objective": self.request.GET.get("objective", "")}

    def rows(self, form):
        return form.planned()


class PlanRepeatView(_PlansPage):
    form_class = forms.PlanRepeatForm
    template_name = "projects/plan_repeat.html"

    def get_initial(self):
        """``?like=``: what stays the same from another planned activity of the project."""
        try:
            like = self.project.plans.filter(uuid=uuids.UUID(self.request.GET.get("like", ""))).first()
        except ValueError:
            like = None
        if like is None:
            return {}
        same = ("title", "kind", "starts_time", "place_text", "expected_participants")
        return {name: getattr(like, name) for name in same} | {
            "objective": like.objective and like.objective.uuid,
            "responsible": like.responsible and like.responsible.uuid,
        }

    def rows(self, form):
        return form.rows()


class NeedUpdateView(EditionMixin, ObjectFormPage):
    model = ProjectNeed
    policy = staticmethod(policies.check_change_need)
    form_class = forms.NeedUpdateForm
    template_name = "projects/plan_need_update.html"
    context_object_name = "need"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.NEED_FIELDS}

    def get_success_url(self):
        return plan_url(self.object.project, "needs")

    def perform(self, form):
        services.update_need(need_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class NeedTurnView(TransitionView):
    model = ProjectNeed
    policy = staticmethod(policies.check_change_need)
    success_message = _("The need became an objective. What shows that it is reached?")

    def run(self):
        self.objective = services.turn_need(need_id=self.object.pk, actor=self.request.user)

    def get_success_url(self):
        found = getattr(self, "objective", None)
        return plan_url(self.object.project, f"objective-{found.uuid}" if found else "needs")


class _ObjectivePage(ObjectFormPage):
    model = Objective
    policy = staticmethod(policies.check_change_objective)
    context_object_name = "objective"

    def get_queryset(self):
        return super().get_queryset().select_related("project__community", "project__organization")

    def get_success_url(self):
        return plan_url(self.object.project, f"objective-{self.object.uuid}")


class ObjectiveUpdateView(EditionMixin, _ObjectivePage):
    form_class = forms.ObjectiveUpdateForm
    template_name = "projects/objective_update.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.OBJECTIVE_FIELDS}

    def perform(self, form):
        services.update_objective(objective_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ObjectiveDropView(_ObjectivePage):
    form_class = forms.ObjectiveDropForm
    template_name = "projects/objective_drop.html"
    success_message = _("The objective was dropped; what was done for it stays.")

    def perform(self, form):
        services.drop_objective(objective_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class IndicatorAddView(CreateOncePage):
    model = ObjectiveIndicator
    policy = staticmethod(policies.check_change_objective)
    policy_needs_object = True
    form_class = forms.IndicatorAddForm
    template_name = "projects/objective_indicator_add.html"
    success_message = _("The indicator is there; it counts from now on by itself.")

    @cached_property
    def objective(self):
        queryset = Objective.objects.visible_to(self.request.user)
        queryset = queryset.select_related("project__community", "project__organization")
        return get_object_or_404(queryset, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.objective)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(objective=self.objective, **kwargs)

    def get_success_url(self):
        return plan_url(self.objective.project, f"objective-{self.objective.uuid}")

    def perform(self, form):
        self.object = services.add_indicator(
            objective_id=self.objective.pk, actor=self.request.user, **form.cleaned_data
        )


class _IndicatorPage(ObjectFormPage):
    model = ObjectiveIndicator
    context_object_name = "indicator"

    def get_queryset(self):
        return (
            super().get_queryset().select_related("objective__project__community", "objective__project__organization")
        )

    def get_success_url(self):
        return plan_url(self.object.objective.project, f"objective-{self.object.objective.uuid}")


class IndicatorUpdateView(EditionMixin, _IndicatorPage):
    policy = staticmethod(policies.check_change_indicator)
    form_class = forms.IndicatorUpdateForm
    template_name = "projects/objective_indicator_update.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.INDICATOR_FIELDS}

    def perform(self, form):
        services.update_indicator(indicator_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class IndicatorMeasureView(_IndicatorPage):
    policy = staticmethod(policies.check_measure_indicator)
    form_class = forms.IndicatorMeasureForm
    template_name = "projects/objective_indicator_measure.html"
    success_message = _("The value is written down.")

    def perform(self, form):
        services.measure_indicator(indicator_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class _PlanPage(ObjectFormPage):
    model = ActivityPlan
    policy = staticmethod(policies.check_change_planned)
    context_object_name = "plan"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("project__community", "project__organization", "project__lead", "objective", "responsible")
        )


class PlanUpdateView(EditionMixin, _PlanPage):
    form_class = forms.PlanUpdateForm
    template_name = "projects/plan_update.html"
    success_message = _("Saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.object}

    def get_initial(self):
        found = {name: getattr(self.object, name) for name in services.PLAN_FIELDS}
        for name in ("objective", "responsible"):
            found[name] = found[name] and found[name].uuid
        return found

    def perform(self, form):
        services.update_plan(plan_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class PlanCancelView(_PlanPage):
    form_class = forms.PlanCancelForm
    template_name = "projects/plan_cancel.html"
    success_message = _("Cancelled; it stays in the plan as such.")

    def perform(self, form):
        services.cancel_plan(plan_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
