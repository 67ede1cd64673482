"""Rules that hold for every page in every test: Django itself would let these slips pass in silence.

* a template variable that does not exist fails (``|default`` and ``{% if %}`` may ask about one);
* ``{% for %}`` over, and ``{% blocktranslate %}`` with, a name that does not exist fails;
* every POST form that a page renders carries the CSRF token;
* GET and HEAD write nothing (sessions and the lock-out's counters apart);
* ``select_for_update`` in our code says ``of=``: else PostgreSQL locks joined tables too, or refuses outer joins.
"""

import re
import sys
from contextlib import ExitStack
from functools import wraps
from pathlib import Path

from django.db import connections
from django.db.models import QuerySet
from django.template import base
from django.template.defaulttags import ForNode
from django.templatetags.i18n import BlockTranslateNode
from django.test import Client

ROOT = Path(__file__).parents[1]
OURS = ("templates", "incubator", "organizations", "projects", "evaluations", "funding", "linkage")
FORM = re.compile(rb"<form\b([^>]*)>(.*?)</form>", re.S | re.I)
POST = re.compile(rb"""method\s*=\s*["']?post""", re.I)
WRITE = re.compile(r"""\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+["`]?(\w+)""", re.I)
MAY_WRITE = ("django_session", "axes_")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class UndefinedVariableError(AssertionError):
    """A template asks for something that its view does not give."""


def is_ours(origin):
    """Whether a template (or a Python file) belongs to the house; parts of third parties are as they are."""
    try:
        return Path(str(getattr(origin, "name", origin))).relative_to(ROOT).parts[0] in OURS
    except (ValueError, IndexError):
        return False


class StrictExpression(base.FilterExpression):
    """A template expression that knows whose template it stands in."""

    def __init__(self, token, parser):
        super().__init__(token, parser)
        self.is_strict = is_ours(getattr(parser, "origin", None)) and isinstance(self.var, base.Variable)
        first = self.filters[0][0].__name__ if self.filters else ""
        self.has_default = first in {"default", "default_if_none"}

    def resolve(self, context, ignore_failures=False):
        if self.is_strict and not ignore_failures and not self.has_default:
            self.demand(context)
        return super().resolve(context, ignore_failures)

    def demand(self, context):
        try:
            self.var.resolve(context)
        except base.VariableDoesNotExist as error:
            raise UndefinedVariableError(f"{{{{ {self.token} }}}} is undefined in the template: {error}") from error


def _strict_variables():
    base.FilterExpression = StrictExpression


def _strict_loops():
    plain = ForNode.render

    @wraps(plain)
    def render(self, context):
        sequence = self.sequence
        if getattr(sequence, "is_strict", False) and not sequence.has_default:
            sequence.demand(context)
        return plain(self, context)

    ForNode.render = render


def _strict_translations():
    plain = BlockTranslateNode.render

    @wraps(plain)
    def render(self, context, nested=False):
        if is_ours(self.origin):
            known = {*self.extra_context, self.countervar}
            for token in (*self.singular, *(self.plural or ())):
                if (
                    token.token_type == base.TokenType.VAR
                    and token.contents not in known
                    and token.contents not in context
                ):
                    raise UndefinedVariableError(f"{{{{ {token.contents} }}}} is undefined in blocktranslate")
        return plain(self, context, nested)

    BlockTranslateNode.render = render


def forms_without_token(content):
    """Opening tags of the POST forms in this HTML that have no CSRF token."""
    return [
        match[1].decode(errors="replace").strip()
        for match in FORM.finditer(content)
        if POST.search(match[1]) and b"csrfmiddlewaretoken" not in match[2]
    ]


def _strict_client():
    plain = Client.request

    @wraps(plain)
    def request(self, **environ):
        written = []

        def watch(execute, sql, params, many, context):
            if (found := WRITE.match(sql)) and not found[1].startswith(MAY_WRITE):
                written.append(sql[:200])
            return execute(sql, params, many, context)

        method, path = environ.get("REQUEST_METHOD", "GET"), environ.get("PATH_INFO", "")
        with ExitStack() as stack:
            if method in SAFE_METHODS:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(watch))
            response = plain(self, **environ)
        assert not written, f"{method} {path} writes to the database: {written}"
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            bare = forms_without_token(response.content)
            assert not bare, f"{method} {path}: POST form without CSRF token: {bare}"
        return response

    Client.request = request


def _strict_locks():
    plain = QuerySet.select_for_update

    @wraps(plain)
    def select_for_update(self, nowait=False, skip_locked=False, of=(), no_key=False):
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename.endswith("django/db/models/manager.py"):
            frame = frame.f_back
        assert of or not is_ours(frame.f_code.co_filename), "select_for_update needs of=(…) here"
        return plain(self, nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key)

    QuerySet.select_for_update = select_for_update


_installed = []


def install():
    """Put all rules in place, once per process."""
    if _installed:
        return
    for rule in (_strict_variables, _strict_loops, _strict_translations, _strict_client, _strict_locks):
        rule()
        _installed.append(rule)
