from django.urls import path

from projects.views import follow_up

urlpatterns = [
    path("follow-ups/", follow_up.FollowUpListView.as_view(), name="follow-up-list"),
    path("follow-ups/new/", follow_up.FollowUpCreateView.as_view(), name="follow-up-create"),
    path("follow-ups/<uuid:uuid>/", follow_up.FollowUpDetailView.as_view(), name="follow-up-detail"),
    path("follow-ups/<uuid:uuid>/done/", follow_up.FollowUpFinishView.as_view(), name="follow-up-finish"),
    path("follow-ups/<uuid:uuid>/drop/", follow_up.FollowUpDropView.as_view(), name="follow-up-drop"),
    path("follow-ups/<uuid:uuid>/reopen/", follow_up.FollowUpReopenView.as_view(), name="follow-up-reopen"),
    path("follow-ups/<uuid:uuid>/postpone/", follow_up.FollowUpPostponeView.as_view(), name="follow-up-postpone"),
    path("activities/<uuid:uuid>/promise/", follow_up.FollowUpPromiseView.as_view(), name="follow-up-promise"),
]
