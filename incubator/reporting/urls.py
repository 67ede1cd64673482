from django.urls import path

from incubator.reporting.views import paper as views

app_name = "reporting"
urlpatterns = [
    path("papers/", views.PaperListView.as_view(), name="paper-list"),
    path("papers/editions/<uuid:uuid>.docx", views.PaperTemplateFileView.as_view(), name="paper-template-file"),
    path(
        "papers/editions/<uuid:uuid>/withdraw/",
        views.PaperTemplateWithdrawView.as_view(),
        name="paper-template-withdraw",
    ),
    path("papers/<slug:code>.docx", views.PaperShippedView.as_view(), name="paper-shipped"),
    path("papers/<slug:code>/", views.PaperDetailView.as_view(), name="paper-detail"),
    path("papers/<slug:code>/upload/", views.PaperTemplateUploadView.as_view(), name="paper-template-upload"),
]
