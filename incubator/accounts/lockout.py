"""Throttling of wrong passwords by axes: whom a failure counts for, and the answer after too many.

A lock holds for one user name from one address, so that nobody can lock somebody else out from elsewhere.
"""

from django.conf import settings
from django.shortcuts import render


def username(request, credentials):
    """The name that was tried. Case and blanks do not make another name: signing in ignores them too."""
    given = credentials or request.POST
    return (given.get("username") or given.get("login") or "").strip().lower()[:255]


def client_address(request):
    """The caller's address: behind a proxy what the proxy itself saw (the last one it wrote), never what callers claim."""
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return request.META.get("REMOTE_ADDR")


def locked_out(request, original_response, credentials):
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    response = render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = minutes * 60
    return response
