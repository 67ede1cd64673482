from django.urls import path

from incubator.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.NotificationListView.as_view(), name="notification-list"),
    path("read-all/", views.NotificationReadAllView.as_view(), name="notification-read-all"),
    path("preferences/", views.PreferenceEditView.as_view(), name="preference-edit"),
    path("<uuid:uuid>/open/", views.NotificationOpenView.as_view(), name="notification-open"),
]
