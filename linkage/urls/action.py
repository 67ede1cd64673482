from django.urls import path

from linkage.views import action

urlpatterns = [
    path("actions/", action.ActionListView.as_view(), name="action-list"),
    path("actions.xlsx", action.ActionExportView.as_view(), name="action-export"),
    path("actions/<uuid:uuid>/", action.ActionDetailView.as_view(), name="action-detail"),
    path("actions/<uuid:uuid>/start/", action.ActionStartView.as_view(), name="action-start"),
    path("actions/<uuid:uuid>/block/", action.ActionBlockView.as_view(), name="action-block"),
    path("actions/<uuid:uuid>/done/", action.ActionDoneView.as_view(), name="action-done"),
    path("actions/<uuid:uuid>/verify/", action.ActionVerifyView.as_view(), name="action-verify"),
    path("actions/<uuid:uuid>/reopen/", action.ActionReopenView.as_view(), name="action-reopen"),
    path("actions/<uuid:uuid>/drop/", action.ActionDropView.as_view(), name="action-drop"),
]
