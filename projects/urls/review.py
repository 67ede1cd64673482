from django.urls import path

from projects.views import activity_review

urlpatterns = [
    path("activities/review/", activity_review.ReviewListView.as_view(), name="review-list"),
    path("activities/<uuid:uuid>/thank/", activity_review.ActivityThankView.as_view(), name="activity-thank"),
    path("activities/<uuid:uuid>/comment/", activity_review.ActivityCommentView.as_view(), name="activity-comment"),
]
