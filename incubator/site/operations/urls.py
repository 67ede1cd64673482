from django.urls import path

from incubator.site.operations.views import job, schedule

app_name = "jobs"
urlpatterns = [
    path("jobs/", job.JobListView.as_view(), name="job-list"),
    path("jobs/<uuid:uuid>/retry/", job.JobRetryView.as_view(), name="job-retry"),
    path("schedules/", schedule.ScheduleListView.as_view(), name="schedule-list"),
    path("schedules/<uuid:uuid>/", schedule.ScheduleDetailView.as_view(), name="schedule-detail"),
    path("schedules/<uuid:uuid>/change/", schedule.ScheduleUpdateView.as_view(), name="schedule-update"),
    path("schedules/<uuid:uuid>/run/", schedule.ScheduleRunView.as_view(), name="schedule-run"),
    path("schedules/<uuid:uuid>/on/", schedule.ScheduleSwitchOnView.as_view(), name="schedule-switch-on"),
    path("schedules/<uuid:uuid>/off/", schedule.ScheduleSwitchOffView.as_view(), name="schedule-switch-off"),
    path("runs/", schedule.RunListView.as_view(), name="run-list"),
]
