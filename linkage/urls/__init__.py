"""Addresses, one file per area."""

from linkage.urls import action, match, meeting, minutes, network, relation, series

app_name = "linkage"

urlpatterns = [
    *series.urlpatterns,
    *meeting.urlpatterns,
    *minutes.urlpatterns,
    *action.urlpatterns,
    *relation.urlpatterns,
    *match.urlpatterns,
    *network.urlpatterns,
]
