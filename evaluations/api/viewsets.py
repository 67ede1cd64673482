"""Growth reviews for machines: read, and decide through the same policy and service as the page."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from evaluations.api.serializers import GrowthDecideSerializer, GrowthReviewSerializer
from evaluations.models import GrowthReview, Opinion
from evaluations.policies import review as policies
from evaluations.services.decision import decide_growth


class GrowthReviewViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = GrowthReviewSerializer
    queryset = GrowthReview.objects.none()
    lookup_field = "uuid"
    lookup_value_converter = "uuid"
    filterset_fields = ("status", "opener")
    policies = {
        "list": policies.check_list_reviews,
        "retrieve": policies.check_view_review,
        "decide": policies.check_decide_growth,
    }

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        opinions = Opinion.objects.select_related("author", "review").order_by("pk")
        queryset = GrowthReview.objects.visible_to(self.request.user).of_growth()
        queryset = queryset.select_related("organization", "community", "standard", "manifest", "decision__decided_by")
        return queryset.prefetch_related(Prefetch("opinions", opinions), "decision__conditions")

    @extend_schema(request=GrowthDecideSerializer, responses=GrowthReviewSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request, uuid=None):
        review = self.get_object()
        serializer = GrowthDecideSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        sent = serializer.validated_data
        policies.check_decide_growth(request.user, review, sent["outcome"], sent["to_stage"])
        conditions = [(row["text"], row["due_on"]) for row in sent.pop("conditions", ())]
        decide_growth(review_id=review.pk, actor=request.user, conditions=conditions, **sent)
        return Response(self.get_serializer(self.get_queryset().get(pk=review.pk)).data)
