"""What the platform knows about a project when it asks to leave a stage, frozen with the records it rests on."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.models import Wave
from evaluations.registries import Fact
from evaluations.services.evidence import ORGANIZATION, freeze_facts
from evaluations.services.scoring_words import value_words
from projects.models import Activity, IncubationAgreement

CHECKLIST = "gate:checklist"
GATE_FACTS = {
    CHECKLIST: _("items of the checklist that are done"),
    "gate:plans": _("planned activities"),
    "gate:activities": _("activities that took place"),
    "gate:documents": _("documents"),
    "gate:agreement": _("the agreement is signed"),
    "gate:waves": _("surveys"),
}


def freeze_gate(review, *, now):
    """Write down what is known about the project of the review's request, with edition and hash of each record."""
    request = review.gate
    project = request.project
    facts = {
        CHECKLIST: Fact([item["code"] for item in request.checklist if item["done"]]),
        "gate:plans": _records("activity_plan", project.plans.in_force()),
        "gate:activities": _records("activity", Activity.objects.counted().serving_project(project)),
        "gate:documents": _records("project_document", project.documents.in_use()),
        "gate:waves": _records("wave", Wave.objects.filter(project=project)),
    }
    agreement = IncubationAgreement.objects.filter(project=project).first()
    if agreement:
        facts["gate:agreement"] = Fact(agreement.is_signed, (("agreement", agreement.uuid),))
    records = [("gate_project", project.uuid), (ORGANIZATION, review.organization.uuid)]
    return freeze_facts(review, facts, records, now=now)


def _records(kind, queryset):
    keys = queryset.order_by("pk").values_list("uuid", flat=True).distinct()
    return Fact(len(keys), tuple((kind, key) for key in keys))


def gate_rows(manifest):
    """[{"label", "value", "url"}] of the frozen facts, in order; ``url`` leads to the records, "" when there are none."""
    rows = []
    for code, label in GATE_FACTS.items():
        fact = manifest.facts.get(code) if manifest else None
        if fact is None:
            continue
        value = len(fact["value"]) if code == CHECKLIST else fact["value"]
        url = reverse("evaluations:review-evidence", args=[manifest.review.uuid]) if fact["evidence"] else ""
        rows.append({"label": label, "value": value_words(value, code), "url": url and f"{url}?fact={code}"})
    return rows
