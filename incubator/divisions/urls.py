from django.urls import path

from incubator.divisions import views

app_name = "divisions"
urlpatterns = [
    path("", views.DivisionListView.as_view(), name="division-list"),
    path("<slug:code>/", views.DivisionDetailView.as_view(), name="division-detail"),
]
