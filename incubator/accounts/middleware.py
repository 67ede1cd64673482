"""Nothing but the public pages before sign-in, and a clear answer when a session has ended meanwhile."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

SAFE = {"GET", "HEAD", "OPTIONS"}


class SignInMiddleware(LoginRequiredMiddleware):
    """A page leads to sign-in and back. What was posted is not kept, and the person is told so. A script's request gets
    401 instead of a page that it would put in the wrong place."""

    def handle_no_permission(self, request, view_func):
        unsafe = request.method not in SAFE
        sentence = (
            _("You were signed out meanwhile, so nothing was sent. Sign in and send it again.")
            if unsafe
            else _("You were signed out meanwhile. Please sign in again.")
        )
        login_url = resolve_url(self.get_login_url(view_func))
        if request.headers.get("HX-Request"):
            if unsafe:
                messages.warning(request, sentence)
            back = _local_path(request, request.headers.get("HX-Current-URL"))
            address = f"{login_url}?{urlencode({'next': back})}"
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        if _is_script(request):
            return JsonResponse({"status": 401, "detail": sentence, "login": login_url}, status=401)
        if unsafe:
            messages.warning(request, sentence)
            return redirect_to_login(_local_path(request, request.headers.get("Referer")), login_url)
        return super().handle_no_permission(request, view_func)


def _is_script(request):
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    accept = request.headers.get("Accept", "")
    return (
        mode != "navigate"
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or ("application/json" in accept and "text/html" not in accept)
    )


def _local_path(request, address):
    """The path of the page that the request came from, if it is one of ours."""
    if not address or not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return "/"
    parts = urlsplit(address)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return path if url_has_allowed_host_and_scheme(path, None) else "/"
