"""Who works on a project: add, end, hand over the lead."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.base.views import CreateOncePage, EditionMixin, ObjectFormPage
from projects.forms.team import ProjectHandOverForm, ProjectWorkerAddForm, ProjectWorkerEndForm
from projects.models import FollowUp, IncubationProject, ProjectWorker
from projects.policies import team as policies
from projects.services import team as services
from projects.views.project import BelowProjectMixin


class ProjectWorkerAddView(BelowProjectMixin, CreateOncePage):
    model = ProjectWorker
    policy = staticmethod(policies.check_add_project_worker)
    form_class = ProjectWorkerAddForm
    template_name = "projects/project_worker_add.html"
    success_message = _("This person is in the team.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"project": self.project}

    def get_success_url(self):
        return f"{self.project.get_absolute_url()}#team"

    def perform(self, form):
        self.object = services.add_project_worker(
            project_id=self.project.pk, actor=self.request.user, **form.cleaned_data
        )


class ProjectWorkerEndView(ObjectFormPage):
    model = ProjectWorker
    policy = staticmethod(policies.check_end_project_worker)
    form_class = ProjectWorkerEndForm
    template_name = "projects/project_worker_end.html"
    context_object_name = "row"
    success_message = _("Recorded. The entry stays among the former ones.")

    def get_queryset(self):
        return super().get_queryset().select_related("project__organization", "project__community", "user")

    def get_success_url(self):
        return f"{self.object.project.get_absolute_url()}#team"

    def perform(self, form):
        services.end_project_worker(
            row_id=self.object.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )


class ProjectHandOverView(EditionMixin, ObjectFormPage):
    model = IncubationProject
    policy = staticmethod(policies.check_hand_over_project)
    form_class = ProjectHandOverForm
    template_name = "projects/project_hand_over.html"
    context_object_name = "project"
    success_message = _("The project was handed over. Both of you have been told.")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"project": self.object}

    def get_context_data(self, **kwargs):
        project = self.object
        plans = project.plans.in_force().with_held().filter(is_held=False, responsible=project.lead_id)
        return super().get_context_data(
            follow_ups=FollowUp.objects.open().filter(project=project, owner=project.lead_id).count(),
            plans=plans.count(),
            **kwargs,
        )

    def perform(self, form):
        services.hand_over_project(
            project_id=self.object.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )
