"""Included below ``/api/v1/`` by incubator.api."""

from rest_framework.routers import SimpleRouter

from organizations.api.need_viewsets import NeedViewSet, ResourceViewSet
from organizations.api.viewsets import CommunityViewSet, OrganizationViewSet

router = SimpleRouter()
router.register("organizations", OrganizationViewSet, basename="organization")
router.register("communities", CommunityViewSet, basename="community")
router.register("needs", NeedViewSet, basename="need")
router.register("resources", ResourceViewSet, basename="resource")
urlpatterns = router.urls
