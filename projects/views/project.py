"""Pages of incubation projects: list, one, open, change, end early. The stage is shown and never written here."""

import uuid as uuids

from django.db.models import Exists, OuterRef, Prefetch
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, EditionMixin, ListPage, ObjectFormPage, PolicyMixin
from projects.choices import ProjectStage
from projects.filters import ProjectFilter
from projects.forms.project import SUGGESTED, ProjectCreateForm, ProjectTerminateForm, ProjectUpdateForm
from projects.models import IncubationProject, ProjectPartner, ProjectWorker, ServiceContract
from projects.policies import project as policies
from projects.policies.activity import check_log_activity
from projects.querysets import OPENERS, organizations_in_roles
from projects.registries import printable
from projects.services import project as services
from projects.services.progress import led_by_quarters
from projects.services.story import keep_story
from projects.views.project_picture import led_by_picture

RAIL = (ProjectStage.PREPARATION, ProjectStage.CULTIVATION, ProjectStage.SUMMARY, ProjectStage.CLOSED)
TONES = {
    "preparation": "neutral",
    "cultivation": "info",
    "summary": "warning",
    "closed": "success",
    "terminated": "danger",
}


def stage_rail(project):
    """[{label, is_past, is_now}]: 准备 → 培育 → 总结 → 结项. Of a project that was ended early: how far it came."""
    if project.stage in RAIL:
        place = RAIL.index(project.stage)
        return [
            {"label": stage.label, "is_past": number < place, "is_now": number == place, "is_end": False}
            for number, stage in enumerate(RAIL)
        ]
    reached = project.stage_requests.filter(status="passed").order_by("-decided_at", "-pk").first()
    place = RAIL.index(reached.to_stage) if reached and reached.to_stage in RAIL else 0
    steps = [{"label": stage.label, "is_past": True, "is_now": False, "is_end": False} for stage in RAIL[: place + 1]]
    return [*steps, {"label": ProjectStage.TERMINATED.label, "is_past": False, "is_now": True, "is_end": True}]


class BelowProjectMixin:
    """For pages below ``/projects/<uuid>/`` that create something: loads the project from what the person may see (else
    404) and asks the page's policy about it. Stands left of the page class."""

    policy_needs_object = True

    @cached_property
    def project(self):
        queryset = IncubationProject.objects.visible_to(self.request.user).with_names()
        return get_object_or_404(queryset, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.project)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(project=self.project, **kwargs)


class ProjectListView(ListPage):
    model = IncubationProject
    filterset_class = ProjectFilter
    policy = staticmethod(policies.check_list_projects)
    template_name = "projects/project_list.html"
    sorts = {"recent": (_("changed last"), ("-updated_at", "-pk")), "oldest": (_("oldest first"), ("created_at", "pk"))}

    def get_queryset(self):
        return super().get_queryset().with_names().with_progress()

    def get_context_data(self, **kwargs):
        may_open = verdict(policies.check_open_project, self.request.user)
        context = super().get_context_data(may_open=may_open, **kwargs)
        for project in context["page"]:
            project.tone = TONES[project.stage]
        return context


class ProjectDetailView(DetailPage):
    model = IncubationProject
    policy = staticmethod(policies.check_view_project)
    template_name = "projects/project_detail.html"
    context_object_name = "project"

    def get_queryset(self):
        team = Prefetch("team", queryset=ProjectWorker.objects.select_related("user"))
        contracts = ServiceContract.objects.visible_to(self.request.user).filter(pk=OuterRef("contract"))
        partners = ProjectPartner.objects.filter(project=OuterRef("pk"))
        wanted = super().get_queryset().with_names().with_rule()
        wanted = wanted.annotate(sees_contract=Exists(contracts), has_partners=Exists(partners))
        wanted = wanted.select_related("agency", "contract", "agreement", "organization__community")
        return wanted.prefetch_related(team)

    def get_context_data(self, **kwargs):
        user, project, today = self.request.user, self.object, timezone.localdate()
        keep_story(project)
        partners = project.partner_rows.select_related("organization")
        return super().get_context_data(
            rail=stage_rail(project),
            tone=TONES[project.stage],
            today=today,
            elapsed=project.elapsed(today) if project.is_running else None,
            partners=[row.organization for row in partners] if project.has_partners else [],
            people=services.people_of(project),
            sees_contract=project.sees_contract,
            picture=led_by_picture(project, led_by_quarters(project)),
            log_url=f"{reverse('projects:activity-create')}?organization={project.organization.uuid}",
            may_update=verdict(policies.check_update_project, user, project),
            may_terminate=verdict(policies.check_terminate_project, user, project),
            may_log=verdict(check_log_activity, user, project.organization),
            **kwargs,
        )


class _ProjectFormMixin:
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class ProjectCreateView(_ProjectFormMixin, CreateOncePage):
    model = IncubationProject
    policy = staticmethod(policies.check_open_project)
    form_class = ProjectCreateForm
    template_name = "projects/project_create.html"
    success_message = _("The project is open. Next: write down the needs.")

    def get_initial(self):
        try:
            return {"organization": uuids.UUID(self.request.GET.get("organization", ""))}
        except ValueError:
            return {}

    def perform(self, form):
        self.object = services.open_project(**form.cleaned_data, actor=self.request.user)


class ProjectUpdateView(_ProjectFormMixin, EditionMixin, ObjectFormPage):
    model = IncubationProject
    policy = staticmethod(policies.check_update_project)
    form_class = ProjectUpdateForm
    template_name = "projects/project_update.html"
    context_object_name = "project"
    success_message = _("Saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"project": self.object}

    def get_initial(self):
        found = {name: getattr(self.object, name) for name in services.EDITABLE}
        partners = [row.organization.uuid for row in self.object.partner_rows.select_related("organization")]
        return found | {"partners": partners, "contract": found["contract"] and found["contract"].uuid}

    def perform(self, form):
        services.update_project(project_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class ProjectTerminateView(ObjectFormPage):
    model = IncubationProject
    policy = staticmethod(policies.check_terminate_project)
    form_class = ProjectTerminateForm
    template_name = "projects/project_terminate.html"
    context_object_name = "project"
    success_message = _("The project was ended; its page keeps the whole story.")

    def perform(self, form):
        services.terminate_project(
            project_id=self.object.pk, actor=self.request.user, today=timezone.localdate(), **form.cleaned_data
        )


class ProjectOrganizationsView(PolicyMixin, View):
    """At most 20 organizations that one may open projects for, by part of the name."""

    policy = staticmethod(policies.check_open_project)
    http_method_names = ["get", "head", "options"]

    def get(self, request):
        found = organizations_in_roles(request.user, OPENERS).search(printable(request.GET.get("q", "")[:60]))
        found = found.select_related("community").order_by("pinyin", "pk")[:SUGGESTED]
        return JsonResponse({
            "results": [{"uuid": str(item.uuid), "label": f"{item.name} · {item.community}"} for item in found]
        })  # fmt: skip
