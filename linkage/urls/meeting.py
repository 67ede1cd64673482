"""Addresses of meetings before they begin, and of their agenda."""

from django.urls import path

from linkage.views import agenda, meeting

urlpatterns = [
    path("meetings/", meeting.MeetingListView.as_view(), name="meeting-list"),
    path("meetings/missing/", meeting.MeetingMissingView.as_view(), name="meeting-missing"),
    path("meetings/<uuid:uuid>/", meeting.MeetingDetailView.as_view(), name="meeting-detail"),
    path("meetings/<uuid:uuid>/open/", meeting.MeetingOpenView.as_view(), name="meeting-open"),
    path("meetings/<uuid:uuid>/move/", meeting.MeetingMoveView.as_view(), name="meeting-move"),
    path("meetings/<uuid:uuid>/cancel/", meeting.MeetingCancelView.as_view(), name="meeting-cancel"),
    path("meetings/<uuid:uuid>/code.png", meeting.MeetingQrView.as_view(), name="meeting-qr"),
    path("meetings/<uuid:uuid>/notice.docx", meeting.MeetingNoticeView.as_view(), name="meeting-notice"),
    path("meetings/<uuid:uuid>/sheet.docx", meeting.MeetingSheetView.as_view(), name="meeting-sheet"),
    path("series/<uuid:uuid>/special/", meeting.SpecialCreateView.as_view(), name="special-create"),
    path("series/<uuid:uuid>/items/propose/", agenda.ItemProposeView.as_view(), name="item-propose"),
    path(
        "series/<uuid:uuid>/announcements/<uuid:announcement>/propose/",
        agenda.AnnouncementProposeView.as_view(),
        name="announcement-propose",
    ),
    path("items/<uuid:uuid>/withdraw/", agenda.ItemWithdrawView.as_view(), name="item-withdraw"),
    path("items/<uuid:uuid>/decline/", agenda.ItemDeclineView.as_view(), name="item-decline"),
    path("items/<uuid:uuid>/up/", agenda.ItemUpView.as_view(), name="item-up"),
    path("items/<uuid:uuid>/down/", agenda.ItemDownView.as_view(), name="item-down"),
]
