"""Giving points and opinions in a growth review."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.choices import ScoreColumn
from evaluations.forms.review import OpinionGiveForm, OpinionRecuseForm, ReviewScoreForm
from evaluations.models import GrowthReview, Opinion
from evaluations.policies import opinion as policies
from evaluations.services import opinion as services
from evaluations.services.assessment import judged_of
from evaluations.views.review_page import evidence_of
from incubator.base.views import ObjectFormPage


class ReviewScoreView(ObjectFormPage):
    """One column of points; which one stands in the address."""

    policy = staticmethod(policies.check_score_review)
    model = GrowthReview
    context_object_name = "review"
    form_class = ReviewScoreForm
    template_name = "evaluations/review_score.html"

    @property
    def column(self):
        return self.kwargs["column"]

    def get_queryset(self):
        return super().get_queryset().with_names().select_related("manifest")

    def setup_object(self):
        if self.column not in ScoreColumn.values:
            raise Http404
        self.object = get_object_or_404(self.get_queryset(), uuid=self.kwargs["uuid"])
        self.policy(self.request.user, self.object, self.column)

    def get_form_kwargs(self):
        given = judged_of(self.object.column_scores.filter(column=self.column)).get(self.column, {})
        return super().get_form_kwargs() | {"content": self.object.standard.content, "given": given}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            column=self.column, column_label=ScoreColumn(self.column).label, **evidence_of(self.object, {}), **kwargs
        )

    def get_success_message(self):
        if self.column == ScoreColumn.SELF:
            return _("Handed in. The opinions are asked for now.")
        return _("Points saved.")

    def perform(self, form):
        services.save_scores(review_id=self.object.pk, column=self.column, actor=self.request.user, points=form.points)


class _OpinionPage(ObjectFormPage):
    model = Opinion
    context_object_name = "opinion"

    def get_queryset(self):
        queryset = super().get_queryset().select_related(
            "review__manifest", "review__standard__standard", "review__gate__project"
        )  # fmt: skip
        return queryset.select_related("review__organization", "review__community__parent", "author")

    def get_context_data(self, **kwargs):
        review = self.object.review
        return super().get_context_data(review=review, **evidence_of(review, {}), **kwargs)

    def get_success_url(self):
        return self.object.review.get_absolute_url()


class OpinionGiveView(_OpinionPage):
    policy = staticmethod(policies.check_give_opinion)
    form_class = OpinionGiveForm
    template_name = "evaluations/opinion_give.html"
    success_message = gettext_lazy("Given. Others read it when all are in.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_gate": self.object.review.gate_id is not None}

    def perform(self, form):
        services.give_opinion(opinion_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class OpinionRecuseView(_OpinionPage):
    policy = staticmethod(policies.check_recuse_opinion)
    form_class = OpinionRecuseForm
    template_name = "evaluations/opinion_recuse.html"
    success_message = gettext_lazy("Noted: you stand aside.")

    def perform(self, form):
        services.recuse_opinion(opinion_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
