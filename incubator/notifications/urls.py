from django.urls import path

from incubator.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.NotificationListView.as_view(), name="notification-list"),
    path("badge/", views.NotificationBadgeView.as_view(), name="notification-badge"),
    path("read-all/", views.NotificationReadAllView.as_view(), name="notification-read-all"),
    path("preferences/", views.PreferenceEditView.as_view(), name="preference-edit"),
    path("<uuid:uuid>/open/", views.NotificationOpenView.as_view(), name="notification-open"),
    path("<uuid:uuid>/share/", views.NotificationShareView.as_view(), name="notification-share"),
    path("<uuid:uuid>/code.png", views.NotificationQrView.as_view(), name="notification-qr"),
    path("robots/", views.RobotListView.as_view(), name="robot-list"),
    path("robots/add/", views.RobotCreateView.as_view(), name="robot-create"),
    path("robots/<uuid:uuid>/", views.RobotDetailView.as_view(), name="robot-detail"),
    path("robots/<uuid:uuid>/edit/", views.RobotUpdateView.as_view(), name="robot-update"),
    path("robots/<uuid:uuid>/try/", views.RobotTryView.as_view(), name="robot-try"),
    path("robots/<uuid:uuid>/pause/", views.RobotPauseView.as_view(), name="robot-pause"),
    path("robots/<uuid:uuid>/resume/", views.RobotResumeView.as_view(), name="robot-resume"),
]
