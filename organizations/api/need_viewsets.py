from rest_framework import viewsets

from incubator.base.api import Pagination
from organizations.api.need_serializers import NeedSerializer, ResourceSerializer
from organizations.models import ResidentNeed, Resource
from organizations.policies import need as need_policies
from organizations.policies import resource as resource_policies


class NewestFirst(Pagination):
    ordering = ("-created_at", "-pk")


class NeedViewSet(viewsets.ReadOnlyModelViewSet):
    """Needs that the caller may see, by the pages' own visibility; never whom to call back."""

    serializer_class = NeedSerializer
    queryset = ResidentNeed.objects.none()  # for the schema; get_queryset decides
    pagination_class = NewestFirst
    lookup_field = "uuid"
    lookup_value_converter = "uuid"
    filterset_fields = ("status", "age_group", "source")
    policies = {"list": need_policies.check_list_needs, "retrieve": need_policies.check_view_need}

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return ResidentNeed.objects.visible_to(self.request.user).with_names()


class ResourceViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = ResourceSerializer
    queryset = Resource.objects.none()
    pagination_class = NewestFirst
    lookup_field = "uuid"
    lookup_value_converter = "uuid"
    filterset_fields = ("kind", "is_active")
    policies = {"list": resource_policies.check_list_resources, "retrieve": resource_policies.check_view_resource}

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Resource.objects.visible_to(self.request.user).with_names()
