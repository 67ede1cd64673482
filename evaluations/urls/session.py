from django.urls import path

from evaluations.views import session

urlpatterns = [
    path("sessions/", session.SessionListView.as_view(), name="session-list"),
    path("sessions/create/", session.SessionCreateView.as_view(), name="session-create"),
    path("sessions/<uuid:uuid>/", session.SessionDetailView.as_view(), name="session-detail"),
    path("sessions/<uuid:uuid>/edit/", session.SessionUpdateView.as_view(), name="session-update"),
    path("sessions/<uuid:uuid>/add/", session.SessionAddView.as_view(), name="session-add"),
    path("sessions/<uuid:uuid>/remove/<uuid:review>/", session.SessionRemoveView.as_view(), name="session-remove"),
    path("sessions/<uuid:uuid>/decide/<uuid:review>/", session.SessionDecideView.as_view(), name="session-decide"),
    path("sessions/<uuid:uuid>/close/", session.SessionCloseView.as_view(), name="session-close"),
    path("sessions/<uuid:uuid>/sheet/add/", session.SessionSheetAddView.as_view(), name="session-sheet-add"),
    path("sessions/<uuid:uuid>/sheet.docx", session.SessionPaperView.as_view(), name="session-paper"),
    path(
        "sessions/<uuid:uuid>/signed.<slug:extension>",
        session.SessionSheetFileView.as_view(),
        name="session-sheet-file",
    ),
]
