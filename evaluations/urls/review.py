from django.urls import path

from evaluations.views import decision, opinion, review

urlpatterns = [
    path("reviews/", review.ReviewListView.as_view(), name="review-list"),
    path("reviews/yearly/", review.ReviewYearlyView.as_view(), name="review-yearly"),
    path("reviews/open/<uuid:uuid>/", review.ReviewOpenView.as_view(), name="review-open"),
    path("reviews/<uuid:uuid>/", review.ReviewDetailView.as_view(), name="review-detail"),
    path("reviews/<uuid:uuid>/evidence/", review.ReviewEvidenceView.as_view(), name="review-evidence"),
    path("reviews/<uuid:uuid>/ask/", review.ReviewAskView.as_view(), name="review-ask"),
    path("reviews/<uuid:uuid>/call/", review.ReviewCallView.as_view(), name="review-call"),
    path("reviews/<uuid:uuid>/withdraw/", review.ReviewWithdrawView.as_view(), name="review-withdraw"),
    path("reviews/<uuid:uuid>/score/<slug:column>/", opinion.ReviewScoreView.as_view(), name="review-score"),
    path("reviews/<uuid:uuid>/decide/", decision.ReviewDecideView.as_view(), name="review-decide"),
    path("decisions/<uuid:uuid>/decision.docx", decision.DecisionPaperView.as_view(), name="decision-paper"),
    path("opinions/<uuid:uuid>/give/", opinion.OpinionGiveView.as_view(), name="opinion-give"),
    path("opinions/<uuid:uuid>/recuse/", opinion.OpinionRecuseView.as_view(), name="opinion-recuse"),
]
