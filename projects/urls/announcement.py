from django.urls import path

from projects.views import announcement, announcement_counts

urlpatterns = [
    path("announcements/", announcement.AnnouncementListView.as_view(), name="announcement-list"),
    path("announcements/new/", announcement.AnnouncementCreateView.as_view(), name="announcement-create"),
    path("announcements/counts/", announcement_counts.AnnouncementCountsView.as_view(), name="announcement-counts"),
    path("announcements/<uuid:uuid>/", announcement.AnnouncementDetailView.as_view(), name="announcement-detail"),
    path("announcements/<uuid:uuid>/agree/", announcement.AnnouncementAgreeView.as_view(), name="announcement-agree"),
    path(
        "announcements/<uuid:uuid>/object/", announcement.AnnouncementObjectView.as_view(), name="announcement-object"
    ),
    path(
        "announcements/<uuid:uuid>/withdraw/",
        announcement.AnnouncementWithdrawView.as_view(),
        name="announcement-withdraw",
    ),
    path(
        "announcements/<uuid:uuid>/record/", announcement.AnnouncementRecordView.as_view(), name="announcement-record"
    ),
    path(
        "announcements/<uuid:uuid>/announcement.docx",
        announcement.AnnouncementPaperView.as_view(),
        name="announcement-paper",
    ),
    path(
        "announcements/<uuid:uuid>/safety-plan.<slug:extension>",
        announcement.AnnouncementSafetyView.as_view(),
        name="announcement-safety",
    ),
]
