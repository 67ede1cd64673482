"""Growth reviews: the list, one review, its evidence, opening, asking on, taking back."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.choices import ReviewOpener, ReviewStatus
from evaluations.filters.review import ReviewFilter
from evaluations.forms.review import ReviewOpenForm, ReviewWithdrawForm, ReviewYearlyForm
from evaluations.models import GrowthReview
from evaluations.policies import review as policies
from evaluations.policies.session import check_list_sessions
from evaluations.services import review as services
from evaluations.services import yearly
from evaluations.views.review_page import page_of
from evaluations.views.review_records import records_of
from incubator.base.policies import verdict
from incubator.base.views import CreateOncePage, DetailPage, FormPage, ListPage, ObjectFormPage, TransitionView
from incubator.divisions.choices import Level
from incubator.divisions.models import Division
from organizations.models import SocialOrganization
from organizations.querysets import served_divisions

MOST_PLACES = 60  # streets whose progress the yearly page tells
TONES = {
    ReviewStatus.OPEN: "info",
    ReviewStatus.OPINIONS: "info",
    ReviewStatus.DECIDING: "warning",
    ReviewStatus.DECIDED: "success",
    ReviewStatus.WITHDRAWN: "neutral",
}


class ReviewListView(ListPage):
    """What waits for me first (``?waiting=true``), else all that I may read."""

    policy = staticmethod(policies.check_list_reviews)
    model = GrowthReview
    filterset_class = ReviewFilter
    template_name = "evaluations/review_list.html"
    sorts = {
        "recent": (gettext_lazy("newest first"), ("-opened_at", "-pk")),
        "due": (gettext_lazy("opinions due first"), ("opinions_due_on", "pk")),
    }

    @property
    def shows_waiting(self):
        return self.request.GET.get("waiting") == "true"

    def get_queryset(self):
        """Gates of projects have lists of their own; here they stand when an opinion on them waits for this person."""
        reviews = super().get_queryset().with_names()
        return reviews if self.shows_waiting else reviews.of_growth()

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            tones=TONES,
            today=timezone.localdate(),
            shows_waiting=self.shows_waiting,
            sees_sessions=bool(verdict(check_list_sessions, user)),
            may_yearly=bool(verdict(policies.check_open_yearly_reviews, user)),
            **kwargs,
        )


class OfReviewMixin:
    """Pages about one review, with what they show of it read at once."""

    model = GrowthReview
    context_object_name = "review"

    def get_queryset(self):
        return super().get_queryset().with_names().with_opinions().select_related("manifest", "decision__decided_by")


class ReviewDetailView(OfReviewMixin, DetailPage):
    policy = staticmethod(policies.check_view_review)
    template_name = "evaluations/review_detail.html"

    def get(self, request, *args, **kwargs):
        if self.object.gate_id:
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            tone=TONES[self.object.status], **page_of(self.request.user, self.object), **kwargs
        )


class ReviewEvidenceView(OfReviewMixin, DetailPage):
    """The records that the facts rest on; ``?fact=code``: those of one fact."""

    policy = staticmethod(policies.check_view_review)
    template_name = "evaluations/review_evidence.html"

    def get_context_data(self, **kwargs):
        fact = self.request.GET.get("fact", "")
        return super().get_context_data(**records_of(self.request.user, self.object, fact), **kwargs)


class ReviewOpenView(CreateOncePage):
    policy = staticmethod(policies.check_open_review)
    policy_needs_object = True
    model = GrowthReview
    form_class = ReviewOpenForm
    template_name = "evaluations/review_open.html"
    success_message = gettext_lazy("Opened. The evidence is frozen, and those whose turn it is are told.")

    @cached_property
    def organization(self):
        queryset = SocialOrganization.objects.visible_to(self.request.user).select_related("community__parent")
        return get_object_or_404(queryset, uuid=self.kwargs["uuid"])

    def dispatch(self, request, *args, **kwargs):
        self.policy(request.user, self.organization)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        organization = self.organization
        return super().get_context_data(
            organization=organization,
            edition=services.standard_of(organization.community),
            decided_by=policies.decided_by_whom(organization.community, services.turn_of(organization)),
            **kwargs,
        )

    def perform(self, form):
        self.object = services.open_review(
            organization_id=self.organization.pk, actor=self.request.user, **form.cleaned_data
        )


def yearly_places(user):
    """Streets whose yearly reviews the person opens."""
    places = [*user.access.divisions(*policies.YEARLY_OPENERS), *served_divisions(user)]
    return Division.objects.current().within(places).filter(level=Level.STREET).order_by("code")


class ReviewYearlyView(FormPage):
    policy = staticmethod(policies.check_open_yearly_reviews)
    form_class = ReviewYearlyForm
    template_name = "evaluations/review_yearly.html"
    success_message = gettext_lazy("Asked. The reviews are opened one after the other; the list fills up by itself.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"places": yearly_places(self.request.user)}

    def get_context_data(self, **kwargs):
        year = timezone.localdate().year
        places = list(yearly_places(self.request.user)[:MOST_PLACES])
        rows = yearly.progress_of(places, year) if places else []
        return super().get_context_data(year=year, rows=rows, **kwargs)

    def perform(self, form):
        policies.check_open_yearly_reviews(self.request.user, form.cleaned_data["division"])
        yearly.ask_yearly_reviews(actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return f"{reverse('evaluations:review-list')}?opener={ReviewOpener.YEARLY}"


class ReviewAskView(OfReviewMixin, TransitionView):
    policy = staticmethod(policies.check_ask_opinions)
    success_message = gettext_lazy("The opinions are asked for.")

    def run(self):
        services.ask_opinions(review_id=self.object.pk, actor=self.request.user)


class ReviewCallView(OfReviewMixin, TransitionView):
    policy = staticmethod(policies.check_call_for_decision)
    success_message = gettext_lazy("Those who decide are told.")

    def run(self):
        services.call_for_decision(review_id=self.object.pk, actor=self.request.user)


class ReviewWithdrawView(OfReviewMixin, ObjectFormPage):
    policy = staticmethod(policies.check_withdraw_review)
    form_class = ReviewWithdrawForm
    template_name = "evaluations/review_withdraw.html"

    def get_success_message(self):
        return _("The review was taken back. The growth stage stays as it was.")

    def perform(self, form):
        services.withdraw_review(review_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
