"""Per-request concerns: the person's language, and what the answer cost."""

import time
from contextlib import ExitStack

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.utils import translation
from django.utils.cache import patch_vary_headers


class ServerTimingMiddleware:
    """``Server-Timing: db;desc="<queries>";dur=<ms>, total;dur=<ms>`` with DEBUG or INCUBATOR_SERVER_TIMING."""

    def __init__(self, get_response):
        if not settings.SERVER_TIMING:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        queries, spent, began = 0, 0.0, time.perf_counter()

        def count(execute, sql, params, many, context):
            nonlocal queries, spent
            start = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                queries += 1
                spent += time.perf_counter() - start

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(count))
            response = self.get_response(request)
        total = (time.perf_counter() - began) * 1000
        response["Server-Timing"] = f'db;desc="{queries}";dur={spent * 1000:.1f}, total;dur={total:.1f}'
        return response


class PersonLocaleMiddleware:
    """The person's setting, then the language picked before sign-in, then the browser's, then Chinese."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        supported = dict(settings.LANGUAGES)
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in supported else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            patch_vary_headers(response, ("Accept-Language",))
            response.headers.setdefault("Content-Language", language)
        return response
