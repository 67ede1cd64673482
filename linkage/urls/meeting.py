from django.urls import path

from linkage.views import minutes

urlpatterns = [path("meetings/<uuid:uuid>/", minutes.MinutesDetailView.as_view(), name="meeting-detail")]
