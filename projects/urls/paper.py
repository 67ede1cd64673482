from django.urls import path

from projects.views import paper

urlpatterns = [
    path("activities/<uuid:uuid>/record.docx", paper.ActivityRecordView.as_view(), name="activity-record"),
    path("activities/<uuid:uuid>/brief/", paper.PaperBriefView.as_view(), name="paper-brief"),
    path("activities/<uuid:uuid>/code.png", paper.ActivityQrView.as_view(), name="activity-qr"),
    path("activities/<uuid:uuid>/papers/<slug:code>.docx", paper.ActivityPaperView.as_view(), name="activity-paper"),
    path("papers/", paper.PaperBatchView.as_view(), name="paper-batch"),
    path("papers/records.zip", paper.PaperBatchFileView.as_view(), name="paper-batch-file"),
    path("plans/<uuid:uuid>/share/", paper.PlanShareView.as_view(), name="plan-share"),
    path("plans/<uuid:uuid>/code.png", paper.PlanQrView.as_view(), name="plan-qr"),
    path("announcements/<uuid:uuid>/code.png", paper.AnnouncementQrView.as_view(), name="announcement-qr"),
    path("<uuid:uuid>/papers/<slug:code>.docx", paper.ProjectPaperView.as_view(), name="project-paper"),
]
