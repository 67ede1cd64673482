from django.urls import path

from projects.views import activity, activity_detail, activity_draft, activity_list

# Words come before <uuid:uuid>/, so that no address hides another.
urlpatterns = [
    path("activities/", activity_list.ActivityListView.as_view(), name="activity-list"),
    path("activities/new/", activity.ActivityChooseView.as_view(), name="activity-create"),
    path("activities/new/<slug:kind>/", activity.ActivityCreateView.as_view(), name="activity-create"),
    path("activities/counts/", activity_list.ActivityCountsView.as_view(), name="activity-counts"),
    path(
        "activities/organizations.json",
        activity_draft.ActivityOrganizationsView.as_view(),
        name="activity-organizations",
    ),
    path("activities/offers.json", activity_draft.ActivityOffersView.as_view(), name="activity-offers"),
    *(
        path(
            f"activities/export.{extension}",
            activity_list.ActivityExportView.as_view(),
            {"extension": extension},
            name=f"activity-export-{extension}",
        )
        for extension in ("csv", "xlsx")
    ),
    path("activities/<uuid:uuid>/", activity_detail.ActivityDetailView.as_view(), name="activity-detail"),
    path("activities/<uuid:uuid>/edit/", activity.ActivityUpdateView.as_view(), name="activity-update"),
    path("activities/<uuid:uuid>/correct/", activity_detail.ActivityCorrectView.as_view(), name="activity-correct"),
    path("activities/<uuid:uuid>/draft/", activity_draft.ActivityDraftView.as_view(), name="activity-draft"),
    path("activities/<uuid:uuid>/discard/", activity.ActivityDiscardView.as_view(), name="activity-discard"),
    path("activities/<uuid:uuid>/return/", activity.ActivityReturnView.as_view(), name="activity-return"),
    path("activities/<uuid:uuid>/accept/", activity.ActivityAcceptView.as_view(), name="activity-accept"),
]
