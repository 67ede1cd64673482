"""What API views share: policy, paging, and how errors are told to machines (application/problem+json)."""

from http import HTTPStatus

from django.core.exceptions import ImproperlyConfigured
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, permissions
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from incubator.base.errors import Conflict, DomainError
from incubator.base.transitions import TransitionNotAllowed, refusal


class PolicyPermission(permissions.BasePermission):
    """An API view names ``policies = {action: check}``; an action without one is refused at start-up of the request.

    Refusals keep their sentence: the policy's own ``PermissionDenied`` goes through to the error mapper.
    """

    def _check(self, request, view):
        policies = getattr(view, "policies", None)
        action = getattr(view, "action", None) or request.method.lower()
        if policies is None:
            if getattr(view, "policy", None) is not None:
                return view.policy
            raise ImproperlyConfigured(f"{type(view).__name__} names no policy.")
        if action == "metadata" or action is None or action == "options":
            return policies.get("list") or next(iter(policies.values()))
        if action not in policies:
            raise exceptions.MethodNotAllowed(request.method)
        return policies[action]

    def has_permission(self, request, view):
        check = self._check(request, view)
        if not request.user.is_authenticated and not getattr(view, "is_public", False):
            return False
        if not getattr(view, "detail", False):
            check(request.user)
        return True

    def has_object_permission(self, request, view, obj):
        self._check(request, view)(request.user, obj)
        return True


class Pagination(CursorPagination):
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "-pk"


def problem(status, detail, **more):
    """An RFC 9457 answer: type, title, status, detail in the caller's language."""
    title = HTTPStatus(status).phrase
    return Response(
        {"type": "about:blank", "title": title, "status": status, "detail": detail, **more},
        status=status,
        content_type="application/problem+json",
    )


def exception_handler(exc, context):
    """Guard refused → 409, policy refused → 403, rule broken → 400; anything else as REST framework does it."""
    if isinstance(exc, TransitionNotAllowed):
        return problem(409, refusal(exc))
    if isinstance(exc, Conflict):
        return problem(409, str(exc))
    if isinstance(exc, DomainError):
        return problem(400, str(exc))
    if isinstance(exc, IntegrityError):
        return problem(409, _("Another record with these values exists already."))
    if isinstance(exc, DjangoPermissionDenied):
        return problem(403, str(exc) or _("You may not do this."))
    if isinstance(exc, Http404):
        return problem(404, _("There is no such record, or it is not yours to see."))
    from rest_framework.views import exception_handler as rest_exception_handler  # noqa: PLC0415 - it imports us

    response = rest_exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        answer = problem(400, _("Please check the values."), errors=response.data)
    else:
        detail = response.data.get("detail", "") if isinstance(response.data, dict) else response.data
        answer = problem(response.status_code, str(detail))
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer
