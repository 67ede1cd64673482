from django.urls import path

from projects.views import team

urlpatterns = [
    path("<uuid:uuid>/team/add/", team.ProjectWorkerAddView.as_view(), name="project-worker-add"),
    path("team/<uuid:uuid>/end/", team.ProjectWorkerEndView.as_view(), name="project-worker-end"),
    path("<uuid:uuid>/hand-over/", team.ProjectHandOverView.as_view(), name="project-hand-over"),
]
