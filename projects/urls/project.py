from django.urls import path

from projects.views import project

urlpatterns = [
    path("", project.ProjectListView.as_view(), name="project-list"),
    path("new/", project.ProjectCreateView.as_view(), name="project-create"),
    path("organizations.json", project.ProjectOrganizationsView.as_view(), name="project-organizations"),
    path("<uuid:uuid>/", project.ProjectDetailView.as_view(), name="project-detail"),
    path("<uuid:uuid>/edit/", project.ProjectUpdateView.as_view(), name="project-update"),
    path("<uuid:uuid>/terminate/", project.ProjectTerminateView.as_view(), name="project-terminate"),
]
