from django.urls import path

from incubator.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.EventListView.as_view(), name="event-list"),
]
