from django.urls import path

from incubator.site import health, views

app_name = "site"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("first-steps/", views.FirstStepsView.as_view(), name="first-steps"),
    path("help/", views.HelpView.as_view(), name="help"),
    path("healthz", health.HealthView.as_view(), name="health"),
    path("readyz", health.ReadyView.as_view(), name="ready"),
]
