import uuid

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.response import Response

from incubator.base.api import Pagination
from incubator.divisions.models import Division
from organizations.api.serializers import (
    CommunitySerializer,
    OrganizationRegisterSerializer,
    OrganizationSerializer,
    OrganizationWriteSerializer,
)
from organizations.filters import CommunityFilterSet, OrganizationFilterSet
from organizations.models import SocialOrganization
from organizations.policies import community as community_policies
from organizations.policies import organization as policies
from organizations.querysets import communities_visible_to
from organizations.services import organization as services


class NewestFirst(Pagination):
    ordering = ("-updated_at", "-pk")


class ByCode(Pagination):
    ordering = "code"


class OrganizationParameters(OrganizationFilterSet):
    shows_form = False


class OrganizationViewSet(viewsets.ReadOnlyModelViewSet):
    """Organizations that the caller may see: the pages' visibility, policies and services."""

    queryset = SocialOrganization.objects.none()  # for the schema; get_queryset decides
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationParameters
    pagination_class = NewestFirst
    lookup_field = "uuid"
    policies = {
        "list": policies.check_list_organizations,
        "retrieve": policies.check_view_organization,
        "create": policies.check_register_organization,
        "partial_update": policies.check_update_organization,
    }

    def get_queryset(self):
        organizations = SocialOrganization.objects.visible_to(self.request.user)
        if self.action == "list":
            return organizations.values("pk", *self.serializer_class.columns())
        return organizations.with_names()

    @extend_schema(request=OrganizationRegisterSerializer, responses={201: OrganizationSerializer})
    def create(self, request):
        form = OrganizationRegisterSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        identifier = values.pop("uuid", None) or uuid.uuid4()
        if existing := self.get_queryset().filter(uuid=identifier).first():
            return Response(self.get_serializer(existing).data)
        policies.check_register_organization(request.user, values["community"])
        organization = services.register_organization(actor=request.user, uuid=identifier, **values)
        return Response(self.get_serializer(organization).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=OrganizationWriteSerializer, responses=OrganizationSerializer)
    def partial_update(self, request, uuid):
        organization = self.get_object()
        form = OrganizationWriteSerializer(
            organization, data=request.data, partial=True, context=self.get_serializer_context()
        )
        form.is_valid(raise_exception=True)
        services.update_organization(organization_id=organization.pk, actor=request.user, **form.validated_data)
        return Response(self.get_serializer(self.get_object()).data)


class CommunityViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """Communities that the caller works with."""

    queryset = Division.objects.none()
    serializer_class = CommunitySerializer
    filterset_class = CommunityFilterSet
    pagination_class = ByCode
    policies = {"list": community_policies.check_list_communities}

    def get_queryset(self):
        return communities_visible_to(self.request.user).select_related("parent")
