from django.urls import path

from projects.views import handover

urlpatterns = [
    path("handovers/", handover.HandoverListView.as_view(), name="handover-list"),
    path("handovers/add/", handover.HandoverAddView.as_view(), name="handover-add"),
    path("handovers/<uuid:uuid>/", handover.HandoverDetailView.as_view(), name="handover-detail"),
    path("handovers/<uuid:uuid>/list.docx", handover.HandoverListingView.as_view(), name="handover-listing"),
    path("handovers/<uuid:uuid>/mine.xlsx", handover.HandoverOwnTableView.as_view(), name="handover-own-table"),
    path("handovers/<uuid:uuid>/mine.zip", handover.HandoverOwnFormsView.as_view(), name="handover-own-forms"),
]
