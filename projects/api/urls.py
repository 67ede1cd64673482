"""Included below ``/api/v1/`` by incubator.api."""

from rest_framework.routers import SimpleRouter

from projects.api.viewsets import ActivityViewSet, ProjectViewSet

router = SimpleRouter()
router.register("activities", ActivityViewSet, basename="activity")
router.register("projects", ProjectViewSet, basename="project")
urlpatterns = router.urls
