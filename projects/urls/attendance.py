from django.urls import path

from projects.views import attendance, sign_in

OF_ACTIVITY = "activities/<uuid:uuid>/"

urlpatterns = [
    path(f"{OF_ACTIVITY}attendance/", attendance.AttendanceTakeView.as_view(), name="attendance-take"),
    path(f"{OF_ACTIVITY}attendance/all/", attendance.AttendanceFillView.as_view(), name="attendance-fill"),
    path(f"{OF_ACTIVITY}attendance/sheet/", attendance.AttendanceSheetAddView.as_view(), name="attendance-sheet-add"),
    path(f"{OF_ACTIVITY}attendance/follow/", attendance.AttendanceFollowView.as_view(), name="attendance-follow"),
    path(f"{OF_ACTIVITY}attendance/complete/", attendance.AttendanceCompleteView.as_view(), name="attendance-complete"),
    path("attendance/<uuid:uuid>/remove/", attendance.AttendanceRemoveView.as_view(), name="attendance-remove"),
    path(f"{OF_ACTIVITY}sign-in-sheet.docx", attendance.SignInSheetView.as_view(), name="sign-in-sheet"),
    path(f"{OF_ACTIVITY}sign-in-names.docx", attendance.SignInNamesView.as_view(), name="sign-in-names"),
    path("plans/<uuid:uuid>/sign-in-sheet.docx", attendance.PlanSignInSheetView.as_view(), name="plan-sign-in-sheet"),
    path(f"{OF_ACTIVITY}sign-in/", sign_in.SignInDetailView.as_view(), name="sign-in-detail"),
    path(f"{OF_ACTIVITY}sign-in/code/", sign_in.SignInCodeView.as_view(), name="sign-in-code"),
    path(f"{OF_ACTIVITY}sign-in/open/", sign_in.SignInOpenView.as_view(), name="sign-in-open"),
    path(f"{OF_ACTIVITY}sign-in/close/", sign_in.SignInCloseView.as_view(), name="sign-in-close"),
]
