from django.urls import path

from incubator.site import views

app_name = "site"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
]
