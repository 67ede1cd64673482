"""On the project's page: what the platform found for leaving this stage, the request that waits, and past decisions."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.panels import Panel, panels
from incubator.base.policies import verdict
from projects.choices import NEXT_STAGE, StageRequestStatus
from projects.models import StageRequest
from projects.policies.agreement import check_add_document
from projects.policies.project import check_view_project
from projects.policies.stage import check_decide_stage, check_request_stage, decided_by_whom, deciders_of
from projects.services.checklist import checklist_of

SHOWN = 6


@panels.register
class ProjectStagePanel(Panel):
    code = "project-stage"
    target = "projects.incubationproject"
    label = _("Next stage")
    template = "projects/panels/project_stage.html"
    policy = staticmethod(check_view_project)
    order = 10

    @classmethod
    def context(cls, user, thing):
        requests = StageRequest.objects.filter(project=thing).select_related("requested_by", "decided_by")
        requests = list(requests.order_by("-requested_at", "-pk")[:SHOWN])
        waiting = next((request for request in requests if request.status == StageRequestStatus.OPEN), None)
        if waiting:
            waiting.project = thing
        checklist = checklist_of(thing) if thing.is_running and not waiting else []
        return {
            "project": thing,
            "next_stage": NEXT_STAGE[thing.stage].label if thing.is_running else "",
            "checklist": checklist,
            "may_see_to": verdict(check_add_document, user, thing),  # who works with the project, not who reads it
            "done": sum(item["done"] for item in checklist),
            "waiting": waiting,
            "may_decide": verdict(check_decide_stage, user, waiting) if waiting else None,
            "decided_by": decided_by_whom(deciders_of(thing)) if thing.is_running else "",
            "past": [request for request in requests if request.status != StageRequestStatus.OPEN],
            "may_request": verdict(check_request_stage, user, thing),
            "request_url": reverse("projects:stage-request", args=[thing.uuid]),
        }
