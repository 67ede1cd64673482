from django.urls import path

from incubator.site.operations import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.JobListView.as_view(), name="job-list"),
    path("jobs/<uuid:uuid>/retry/", views.JobRetryView.as_view(), name="job-retry"),
    path("schedules/", views.ScheduleListView.as_view(), name="schedule-list"),
    path("schedules/<uuid:uuid>/", views.ScheduleDetailView.as_view(), name="schedule-detail"),
    path("schedules/<uuid:uuid>/change/", views.ScheduleUpdateView.as_view(), name="schedule-update"),
    path("schedules/<uuid:uuid>/run/", views.ScheduleRunView.as_view(), name="schedule-run"),
    path("schedules/<uuid:uuid>/on/", views.ScheduleSwitchOnView.as_view(), name="schedule-switch-on"),
    path("schedules/<uuid:uuid>/off/", views.ScheduleSwitchOffView.as_view(), name="schedule-switch-off"),
    path("runs/", views.RunListView.as_view(), name="run-list"),
    path("deliveries/", views.DeliveryListView.as_view(), name="delivery-list"),
    path("deliveries/retry/", views.DeliveryRetryAllView.as_view(), name="delivery-retry-all"),
    path("deliveries/<uuid:uuid>/retry/", views.DeliveryRetryView.as_view(), name="delivery-retry"),
]
