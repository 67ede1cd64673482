"""Addresses of this area."""

from django.urls import path

from linkage.views import network, project_change

urlpatterns = [
    path("network/", network.PlaceNetworkView.as_view(), name="place-network"),
    path(
        "organizations/<uuid:uuid>/network/",
        network.OrganizationNetworkView.as_view(),
        name="organization-network",
    ),
    path(
        "organizations/<uuid:uuid>/network/records/",
        network.OrganizationNetworkRecordsView.as_view(),
        name="organization-network-records",
    ),
    path("projects/<uuid:uuid>/change/", project_change.ProjectChangeView.as_view(), name="project-change"),
    path(
        "projects/<uuid:uuid>/change/records/",
        project_change.ProjectChangeRecordsView.as_view(),
        name="project-change-records",
    ),
]
