from django.urls import path

from linkage.views import minutes, minutes_piece

_OF = "meetings/<uuid:uuid>"

urlpatterns = [
    path(f"{_OF}/record/", minutes.MinutesRecordView.as_view(), name="minutes-record"),
    path(f"{_OF}/convene/", minutes.MeetingConveneView.as_view(), name="meeting-convene"),
    path(f"{_OF}/recorder/", minutes.MeetingRecorderView.as_view(), name="meeting-recorder"),
    path(f"{_OF}/close/", minutes.MeetingCloseView.as_view(), name="meeting-close"),
    path(f"{_OF}/call-off/", minutes.MeetingCallOffView.as_view(), name="meeting-call-off"),
    path(f"{_OF}/minutes/", minutes.MinutesDetailView.as_view(), name="minutes-detail"),
    path(f"{_OF}/minutes/return/", minutes.MinutesReturnView.as_view(), name="minutes-return"),
    path(f"{_OF}/minutes/confirm/", minutes.MinutesConfirmView.as_view(), name="minutes-confirm"),
    path(f"{_OF}/minutes.docx", minutes.MinutesPaperView.as_view(), name="minutes-paper"),
    # The pieces of the recorder's screen.
    path(
        f"{_OF}/record/members/<uuid:member>/", minutes_piece.AttendanceView.as_view(), name="minutes-attendance"
    ),
    path(f"{_OF}/record/party/", minutes_piece.AttendanceFillView.as_view(), name="minutes-attendance-fill"),
    path(f"{_OF}/record/guests/", minutes_piece.GuestAddView.as_view(), name="minutes-guest-add"),
    path(
        f"{_OF}/record/guests/<uuid:guest>/remove/", minutes_piece.GuestRemoveView.as_view(),
        name="minutes-guest-remove",
    ),
    path(f"{_OF}/record/looks/<uuid:action>/", minutes_piece.LookView.as_view(), name="minutes-look"),
    path(f"{_OF}/record/items/", minutes_piece.ItemRaiseView.as_view(), name="minutes-item-raise"),
    path(
        f"{_OF}/record/items/<uuid:item>/opinions/<slug:party>/", minutes_piece.OpinionView.as_view(),
        name="minutes-opinion",
    ),
    path(
        f"{_OF}/record/items/<uuid:item>/resolutions/", minutes_piece.ResolutionAddView.as_view(),
        name="minutes-resolution-add",
    ),
    path(f"{_OF}/record/resolutions/", minutes_piece.ResolutionPlainView.as_view(), name="minutes-resolution-plain"),
    path(
        f"{_OF}/record/resolutions/<uuid:resolution>/", minutes_piece.ResolutionUpdateView.as_view(),
        name="minutes-resolution-update",
    ),
    path(
        f"{_OF}/record/resolutions/<uuid:resolution>/remove/", minutes_piece.ResolutionRemoveView.as_view(),
        name="minutes-resolution-remove",
    ),
    path(
        f"{_OF}/record/resolutions/<uuid:resolution>/actions/", minutes_piece.ActionAddView.as_view(),
        name="minutes-action-add",
    ),
    path(f"{_OF}/record/actions/<uuid:action>/", minutes_piece.ActionUpdateView.as_view(), name="minutes-action-update"),
    path(
        f"{_OF}/record/actions/<uuid:action>/remove/", minutes_piece.ActionRemoveView.as_view(),
        name="minutes-action-remove",
    ),
    path(f"{_OF}/record/summary/", minutes_piece.SummaryView.as_view(), name="minutes-summary"),
]  # fmt: skip
