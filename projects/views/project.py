"""Pages of incubation projects: list, one, open, change. The stage is shown and never written here."""

import uuid as uuids

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, EditionMixin, ListPage, ObjectFormPage
from projects.choices import ProjectStage
from projects.filters import ProjectFilter
from projects.forms.project import ProjectCreateForm, ProjectUpdateForm
from projects.models import Activity, IncubationProject
from projects.policies import project as policies
from projects.policies.activity import check_log_activity
from projects.services import project as services

RAIL = (ProjectStage.PREPARATION, ProjectStage.CULTIVATION, ProjectStage.SUMMARY, ProjectStage.CLOSED)


def stage_rail(project):
    """[{label, is_past, is_now}]: 准备 → 培育 → 总结 → 结项."""
    place = RAIL.index(project.stage) if project.stage in RAIL else len(RAIL)
    return [
        {"label": stage.label, "is_past": number < place, "is_now": number == place}
        for number, stage in enumerate(RAIL)
    ]


class ProjectListView(ListPage):
    model = IncubationProject
    filterset_class = ProjectFilter
    policy = staticmethod(policies.check_list_projects)
    template_name = "projects/project_list.html"
    sorts = {"recent": (_("changed last"), ("-updated_at", "-pk")), "oldest": (_("oldest first"), ("created_at", "pk"))}

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        may_open = verdict(policies.check_open_project, self.request.user)
        return super().get_context_data(may_open=may_open, **kwargs)


class ProjectDetailView(DetailPage):
    model = IncubationProject
    policy = staticmethod(policies.check_view_project)
    template_name = "projects/project_detail.html"
    context_object_name = "project"

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_context_data(self, **kwargs):
        user = self.request.user
        activities = Activity.objects.visible_to(user, drafts=False).serving_project(self.object)
        return super().get_context_data(
            rail=stage_rail(self.object),
            activities=activities.select_related("recorded_by").order_by("-starts_at", "-pk")[:20],
            activities_number=activities.counted().count(),
            all_url=f"{reverse('projects:activity-list')}?organization={self.object.organization.uuid}",
            log_url=f"{reverse('projects:activity-create')}?organization={self.object.organization.uuid}",
            may_update=verdict(policies.check_update_project, user, self.object),
            may_log=verdict(check_log_activity, user, self.object.organization),
            **kwargs,
        )


class ProjectCreateView(CreateOncePage):
    model = IncubationProject
    policy = staticmethod(policies.check_open_project)
    form_class = ProjectCreateForm
    template_name = "projects/project_create.html"
    success_message = _("The project is open.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        try:
            return {"organization": uuids.UUID(self.request.GET.get("organization", ""))}
        except ValueError:
            return {}

    def perform(self, form):
        self.object = services.open_project(**form.cleaned_data, actor=self.request.user)


class ProjectUpdateView(EditionMixin, ObjectFormPage):
    model = IncubationProject
    policy = staticmethod(policies.check_update_project)
    form_class = ProjectUpdateForm
    template_name = "projects/project_update.html"
    context_object_name = "project"
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in ("name", "goal", "starts_on", "ends_on")}

    def perform(self, form):
        services.update_project(project_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
