from django.urls import path

from incubator.site import views

app_name = "site"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("first-steps/", views.FirstStepsView.as_view(), name="first-steps"),
    path("help/", views.HelpView.as_view(), name="help"),
]
