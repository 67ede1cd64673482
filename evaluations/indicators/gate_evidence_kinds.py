"""Records that the gate of a project rests on, besides those of growth reviews."""

from django.utils.translation import gettext_lazy as _

from evaluations.indicators.evidence_kinds import RecordKind
from evaluations.registries import evidence_kinds
from projects.models import ActivityPlan, IncubationProject


@evidence_kinds.register
class GateProjectKind(RecordKind):
    """The project without its stage: the decision itself writes that."""

    code = "gate_project"
    label = _("the project's page")
    model = IncubationProject
    fields = ("name", "organization_id", "community_id", "agency_id", "lead_id", "starts_on", "ends_on", "goal")


@evidence_kinds.register
class ActivityPlanKind(RecordKind):
    code = "activity_plan"
    label = _("planned activities")
    model = ActivityPlan
    related = ("project",)
    fields = ("project_id", "objective_id", "kind", "title", "planned_on", "place_text", "cancelled_at")

    @classmethod
    def label_for(cls, row):
        return f"{row.title} · {row.planned_on:%Y-%m-%d}"
