from django.urls import path

from projects.views import entry, series

urlpatterns = [
    path("activities/week/", entry.ActivityWeekView.as_view(), name="activity-week"),
    path("activities/paste/", entry.ActivityPasteView.as_view(), name="activity-paste"),
    path("activities/ours/", entry.ActivityOursView.as_view(), name="activity-ours"),
    path("series/", series.SeriesListView.as_view(), name="series-list"),
    path("series/new/", series.SeriesCreateView.as_view(), name="series-create"),
    path("series/<uuid:uuid>/", series.SeriesDetailView.as_view(), name="series-detail"),
    path("series/<uuid:uuid>/end/", series.SeriesEndView.as_view(), name="series-end"),
]
