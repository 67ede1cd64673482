from django.urls import path

from incubator.site import health, views

app_name = "site"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("home/place/", views.HomePlaceView.as_view(), name="home-place"),
    path("home/counts/", views.MenuCountsView.as_view(), name="menu-counts"),
    path("first-steps/", views.FirstStepsView.as_view(), name="first-steps"),
    path("help/", views.HelpView.as_view(), name="help"),
    path("healthz", health.HealthView.as_view(), name="health"),
    path("readyz", health.ReadyView.as_view(), name="ready"),
]
