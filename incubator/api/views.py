"""The entrance of the interface for machines: what there is, its schema, and a page to try it."""

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from incubator.base.policies import signed_in


class RootView(APIView):
    """The addresses of the lists and of the schema."""

    policy = staticmethod(signed_in)

    @extend_schema(responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}})
    def get(self, request):
        """Where everything is."""
        names = {
            "organizations": "api:organization-list",
            "communities": "api:community-list",
            "activities": "api:activity-list",
            "projects": "api:project-list",
            "schema": "api:schema",
            "docs": "api:docs",
        }
        return Response({name: reverse(target, request=request) for name, target in names.items()})


class SchemaView(SpectacularAPIView):
    policy = staticmethod(signed_in)


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own static files; its script comes by an address of its own, so the strict CSP holds."""

    policy = staticmethod(signed_in)
