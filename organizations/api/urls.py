"""Included below ``/api/v1/`` by incubator.api."""

from rest_framework.routers import SimpleRouter

from organizations.api.viewsets import CommunityViewSet, OrganizationViewSet

router = SimpleRouter()
router.register("organizations", OrganizationViewSet, basename="organization")
router.register("communities", CommunityViewSet, basename="community")
urlpatterns = router.urls
