"""Addresses of series, their roster and the official calendar."""

from django.urls import path

from linkage.views import official_day, series

urlpatterns = [
    path("series/", series.SeriesListView.as_view(), name="series-list"),
    path("series/create/", series.SeriesCreateView.as_view(), name="series-create"),
    path("series/<uuid:uuid>/", series.SeriesDetailView.as_view(), name="series-detail"),
    path("series/<uuid:uuid>/edit/", series.SeriesUpdateView.as_view(), name="series-update"),
    path("series/<uuid:uuid>/end/", series.SeriesEndView.as_view(), name="series-end"),
    path("series/<uuid:uuid>/members/add/", series.MemberAddView.as_view(), name="member-add"),
    path("members/<uuid:uuid>/edit/", series.MemberUpdateView.as_view(), name="member-update"),
    path("members/<uuid:uuid>/leave/", series.MemberLeaveView.as_view(), name="member-leave"),
    path("series/<uuid:uuid>/feed/create/", series.SeriesFeedCreateView.as_view(), name="series-feed-create"),
    path("series/<uuid:uuid>/feed/revoke/", series.SeriesFeedRevokeView.as_view(), name="series-feed-revoke"),
    path("days/", official_day.OfficialDayListView.as_view(), name="official-day-list"),
    path("days/add/", official_day.OfficialDayAddView.as_view(), name="official-day-add"),
]
