"""On the page of a request to leave a stage: what was frozen, what changed since, and the opinions."""

from django.utils.translation import gettext_lazy as _

from evaluations.policies.gate import check_view_gate, gate_review_of
from evaluations.policies.opinion import opinions_are_shown
from evaluations.services.evidence import changes_since
from evaluations.services.gate import replay_gate
from evaluations.services.gate_evidence import gate_rows
from evaluations.services.opinion import opinions_of
from incubator.base.panels import Panel, panels


@panels.register
class StageRequestGatePanel(Panel):
    code = "stage-request-gate"
    target = "projects.stagerequest"
    label = _("Evidence and opinions")
    template = "evaluations/panels/stage_request_gate.html"
    policy = staticmethod(check_view_gate)
    order = 10

    @classmethod
    def context(cls, user, thing):
        review = gate_review_of(thing)
        manifest = review.manifest
        manifest.review = review
        checklist_is_intact, evidence_is_intact = replay_gate(review)
        return {
            "review": review,
            "manifest": manifest,
            "gate_rows": gate_rows(manifest),
            "opinions": opinions_of(user, review),
            "is_blind_now": not opinions_are_shown(review),
            "changes": changes_since(manifest),
            "is_intact": checklist_is_intact and evidence_is_intact,
        }
