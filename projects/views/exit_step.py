"""社工退出计划: steps are added, changed, ticked and taken off on the project's page."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.views import CreateOncePage, EditionMixin, ObjectFormPage, TransitionView
from projects.forms.agreement import ExitStepAddForm, ExitStepUpdateForm
from projects.models import ExitStep
from projects.policies import agreement as policies
from projects.services import exit_step as services
from projects.views.of_project import OfProjectMixin


class ExitStepAddView(OfProjectMixin, CreateOncePage):
    policy = staticmethod(policies.check_update_exit_plan)
    model = ExitStep
    form_class = ExitStepAddForm
    template_name = "projects/exit_step_add.html"
    success_message = _("Added.")

    def perform(self, form):
        self.object = services.add_exit_step(project_id=self.project.pk, actor=self.request.user, **form.cleaned_data)


class _StepMixin:
    policy = staticmethod(policies.check_update_exit_step)
    model = ExitStep
    context_object_name = "step"

    def get_queryset(self):
        return super().get_queryset().select_related("project__organization", "project__community__parent")

    def get_success_url(self):
        return self.object.project.get_absolute_url()


class ExitStepUpdateView(_StepMixin, EditionMixin, ObjectFormPage):
    form_class = ExitStepUpdateForm
    template_name = "projects/exit_step_update.html"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in services.FIELDS}

    def perform(self, form):
        services.update_exit_step(step_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ExitStepFinishView(_StepMixin, TransitionView):
    success_message = _("Handed over.")

    def run(self):
        services.finish_exit_step(step_id=self.object.pk, actor=self.request.user, on=timezone.localdate())


class ExitStepReopenView(_StepMixin, TransitionView):
    success_message = _("The step is open again.")

    def run(self):
        services.reopen_exit_step(step_id=self.object.pk, actor=self.request.user)


class ExitStepRemoveView(_StepMixin, TransitionView):
    success_message = _("Taken off the plan.")

    def run(self):
        services.remove_exit_step(step_id=self.object.pk, actor=self.request.user)
