import uuid as uuids

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from projects.api.serializers import ActivityReturnSerializer, ActivitySerializer, ProjectSerializer
from projects.filters import ActivityApiFilter
from projects.models import Activity, ActivityLink, IncubationProject, ProjectPartner, ProjectWorker
from projects.policies import activity as policies
from projects.policies import project as project_policies
from projects.services import activity as services
from projects.services import activity_review
from projects.services.progress import indicator_values


class ActivityViewSet(
    mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Records of activities. Sending one hands it in; sending the same identifier again answers with the record."""

    serializer_class = ActivitySerializer
    queryset = Activity.objects.none()
    lookup_field = "uuid"
    lookup_value_converter = "uuid"
    filterset_class = ActivityApiFilter
    policies = {
        "list": policies.check_list_activities,
        "retrieve": policies.check_view_activity,
        "create": policies.check_log_activity,
        "partial_update": policies.check_update_activity,
        "return_": policies.check_return_activity,
        "accept": policies.check_accept_activity,
    }

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        queryset = Activity.objects.visible_to(self.request.user, drafts=False)
        links = ActivityLink.objects.select_related("organization", "objective").order_by("-is_main", "pk")
        queryset = queryset.select_related("organization", "community", "project", "recorded_by")
        return queryset.prefetch_related(Prefetch("links", queryset=links))

    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        identifier = serializer.validated_data.get("uuid") or uuids.uuid4()
        existing = Activity.objects.handed_in().filter(uuid=identifier, recorded_by=request.user)
        if found := existing.first():
            return Response(self.get_serializer(found).data)
        values = serializer.values()
        for organization in (values["organization"], *values.get("others", ())):
            policies.check_log_activity(request.user, organization)
        activity = services.submit_activity(
            uuid=identifier, kind=serializer.kind_code, values=values, actor=request.user,
            version=serializer.validated_data.get("version", 0),
        )  # fmt: skip
        return Response(self.get_serializer(activity).data, status=201)

    def partial_update(self, request, *args, **kwargs):
        activity = self.get_object()
        serializer = self.get_serializer(activity, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        values = serializer.values()
        for organization in (values["organization"], *values.get("others", ())):
            policies.check_log_activity(request.user, organization)
        activity = services.update_activity(
            activity_id=activity.pk, values=values, actor=request.user,
            version=serializer.validated_data.get("version", activity.version),
        )  # fmt: skip
        return Response(self.get_serializer(activity).data)

    @extend_schema(request=ActivityReturnSerializer, responses=ActivitySerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def return_(self, request, uuid=None):
        activity = self.get_object()
        serializer = ActivityReturnSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        activity = activity_review.return_activity(
            activity_id=activity.pk, actor=request.user, **serializer.validated_data
        )
        return Response(self.get_serializer(activity).data)

    @extend_schema(request=None, responses=ActivitySerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request, uuid=None):
        activity = activity_review.accept_activity(activity_id=self.get_object().pk, actor=request.user)
        return Response(self.get_serializer(activity).data)


class ProjectViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = ProjectSerializer
    queryset = IncubationProject.objects.none()
    lookup_field = "uuid"
    lookup_value_converter = "uuid"
    filterset_fields = ("stage",)
    policies = {"list": project_policies.check_list_projects, "retrieve": project_policies.check_view_project}

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        queryset = IncubationProject.objects.visible_to(self.request.user)
        return queryset.select_related("organization", "community", "lead", "agency").prefetch_related(
            Prefetch("team", ProjectWorker.objects.select_related("user")),
            Prefetch("partner_rows", ProjectPartner.objects.select_related("organization")),
            "objectives__indicators",
        )

    def list(self, request, *args, **kwargs):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._as_data(page, many=True))

    def retrieve(self, request, *args, **kwargs):
        return Response(self._as_data(self.get_object()))

    def _as_data(self, found, *, many=False):
        """With the progress of all objectives, counted at once."""
        objectives = [item for project in (found if many else [found]) for item in project.objectives.all()]
        values = indicator_values(indicator for item in objectives for indicator in item.indicators.all())
        return self.get_serializer(found, many=many, context=self.get_serializer_context() | {"values": values}).data
