"""Deciding a growth review, and the paper of the decision."""

from django.utils.translation import gettext_lazy

from evaluations.forms.review import ReviewDecideForm, veto_choices
from evaluations.models import GrowthReview, StageDecision
from evaluations.papers.decision import DecisionPaper
from evaluations.policies import review as policies
from evaluations.services import decision as services
from evaluations.views.review_page import page_of
from incubator.base.views import ObjectFormPage
from incubator.reporting.views.paper import RegisteredPaperView


class ReviewDecideView(ObjectFormPage):
    """On a page of its own: the evidence above, the decision below."""

    policy = staticmethod(policies.check_decide_growth)
    model = GrowthReview
    context_object_name = "review"
    form_class = ReviewDecideForm
    template_name = "evaluations/review_decide.html"
    success_message = gettext_lazy("Decided. Everybody concerned is told.")

    def get_queryset(self):
        return super().get_queryset().with_names().with_opinions().select_related("manifest")

    def get_initial(self):
        return {"to_form": self.object.organization.form}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "outcomes": policies.outcomes_for(self.request.user, self.object),
            "vetoes": veto_choices(self.object.standard.content),
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**page_of(self.request.user, self.object), **kwargs)

    def perform(self, form):
        decision = form.decision
        policies.check_decide_growth(self.request.user, self.object, decision["outcome"], decision["to_stage"])
        services.decide_growth(review_id=self.object.pk, actor=self.request.user, **decision)


class DecisionPaperView(RegisteredPaperView):
    """成长阶段评审决定书 as Word."""

    model = StageDecision
    policy = staticmethod(policies.check_view_decision)

    def get_queryset(self):
        names = ("review__organization__type", "review__community__parent", "review__standard__standard", "decided_by")
        return super().get_queryset().select_related(*names)

    def get_paper(self):
        return DecisionPaper
