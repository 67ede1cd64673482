from django.urls import path

from incubator.importing import views

app_name = "importing"
urlpatterns = [
    path("", views.BatchListView.as_view(), name="batch-list"),
    path("divisions/", views.DivisionImportView.as_view(), name="division-import"),
    path("divisions/<slug:code>/setting/", views.DivisionSettingView.as_view(), name="division-setting"),
    path("new/<slug:kind>/", views.BatchUploadView.as_view(), name="batch-upload"),
    path("new/<slug:kind>/form.xlsx", views.BatchTemplateView.as_view(), name="batch-template"),
    path("<uuid:uuid>/", views.BatchDetailView.as_view(), name="batch-detail"),
    path("<uuid:uuid>/confirm/", views.BatchConfirmView.as_view(), name="batch-confirm"),
    path("<uuid:uuid>/discard/", views.BatchDiscardView.as_view(), name="batch-discard"),
    path("<uuid:uuid>/rejected.xlsx", views.BatchRejectedView.as_view(), name="batch-rejected"),
]
