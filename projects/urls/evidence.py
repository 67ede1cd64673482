from django.urls import path

from projects.views import evidence

urlpatterns = [
    path("activities/<uuid:uuid>/evidence/add/", evidence.EvidenceAddView.as_view(), name="evidence-add"),
    path("evidence/<uuid:uuid>/edit/", evidence.EvidenceUpdateView.as_view(), name="evidence-update"),
    path("evidence/<uuid:uuid>/withdraw/", evidence.EvidenceWithdrawView.as_view(), name="evidence-withdraw"),
    path("evidence/<uuid:uuid>/file.<slug:extension>", evidence.EvidenceFileView.as_view(), name="evidence-file"),
    path("evidence/<uuid:uuid>/small.jpg", evidence.EvidenceThumbnailView.as_view(), name="evidence-thumbnail"),
]
