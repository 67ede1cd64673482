"""Included below ``/api/v1/`` by incubator.api."""

from rest_framework.routers import SimpleRouter

from evaluations.api.viewsets import GrowthReviewViewSet

router = SimpleRouter()
router.register("growth-reviews", GrowthReviewViewSet, basename="growth-review")
urlpatterns = router.urls
