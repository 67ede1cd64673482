from django.urls import path

from incubator.site.operations import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.JobListView.as_view(), name="job-list"),
    path("jobs/<uuid:uuid>/retry/", views.JobRetryView.as_view(), name="job-retry"),
    path("deliveries/", views.DeliveryListView.as_view(), name="delivery-list"),
    path("deliveries/retry/", views.DeliveryRetryAllView.as_view(), name="delivery-retry-all"),
    path("deliveries/<uuid:uuid>/retry/", views.DeliveryRetryView.as_view(), name="delivery-retry"),
]
