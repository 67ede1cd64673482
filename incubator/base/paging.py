"""Keyset paging: the last page costs what the first one costs, however long the list is.

A page is asked for by the values of its edge row, not by a number of rows to skip. Sort fields must not be null and the
last one must be unique (the primary key is added when it is missing).
"""

import base64
import binascii
import datetime
import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

COUNT_CAP = 1000


@dataclass
class KeysetPage:
    """``items`` in the order asked for; the cursors are None where there is no such page."""

    items: list = field(default_factory=list)
    next_cursor: str | None = None
    previous_cursor: str | None = None
    is_first: bool = True
    is_last: bool = True

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


class KeysetPaginator:
    """Pages of ``queryset`` in the order ``fields`` ("-updated_at", "name" …), ``per_page`` rows each."""

    LAST = "last"

    def __init__(self, queryset, fields, per_page):
        names = [name.lstrip("-") for name in fields]
        if not {"pk", "id"} & set(names):
            fields = (*fields, "-pk" if fields and fields[0].startswith("-") else "pk")
        self.queryset, self.fields, self.per_page = queryset, tuple(fields), per_page

    def page(self, cursor=None):
        """The page behind ``cursor`` (None: the first, "last": the last); an unreadable cursor gives the first."""
        direction, values = self._decode(cursor)
        backwards = direction == "before" or cursor == self.LAST
        fields = tuple(self._flip(name) for name in self.fields) if backwards else self.fields
        queryset = self.queryset.order_by(*fields)
        if values is not None:
            queryset = queryset.filter(self._after(fields, values))
        rows = list(queryset[: self.per_page + 1])
        more, rows = len(rows) > self.per_page, rows[: self.per_page]
        if backwards:
            rows.reverse()
        page = KeysetPage(items=rows)
        if rows:
            page.is_first = (values is None and not backwards) or (backwards and not more)
            page.is_last = (not backwards and not more) or cursor == self.LAST
            if not page.is_first:
                page.previous_cursor = self._encode("before", rows[0])
            if not page.is_last:
                page.next_cursor = self._encode("after", rows[-1])
        return page

    @staticmethod
    def _flip(name):
        return name[1:] if name.startswith("-") else f"-{name}"

    @staticmethod
    def _after(fields, values):
        """(a, b) after (x, y) in the given order, written so that an index on (a, b) serves it."""
        condition, equal = Q(), Q()
        for name, value in zip(fields, values, strict=True):
            path, operator = (name[1:], "lt") if name.startswith("-") else (name, "gt")
            condition |= equal & Q(**{f"{path}__{operator}": value})
            equal &= Q(**{path: value})
        first, value = fields[0], values[0]
        path, operator = (first[1:], "lte") if first.startswith("-") else (first, "gte")
        return Q(**{f"{path}__{operator}": value}) & condition

    def _encode(self, direction, row):
        values = [self._value(row, name.lstrip("-")) for name in self.fields]
        raw = json.dumps([direction[0], *values], cls=Exact, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")

    def _decode(self, cursor):
        if not cursor or cursor == self.LAST:
            return "after", None
        try:
            raw = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            direction = {"a": "after", "b": "before"}[raw[0]]
            values = [self._python(name.lstrip("-"), value) for name, value in zip(self.fields, raw[1:], strict=True)]
        except (binascii.Error, ValueError, KeyError, IndexError, TypeError):
            return "after", None
        return direction, values

    def _python(self, name, value):
        """The cursor's text as the sort field's type; raises ValueError for what is none."""
        if isinstance(value, (dict, list)) or value is None:
            raise ValueError(value)
        parts = name.split("__")
        model = self.queryset.model
        if parts[0] in self.queryset.query.annotations:
            target = self.queryset.query.annotations[parts[0]].output_field
        else:
            for part in parts[:-1]:
                model = model._meta.get_field(part).related_model
            target = model._meta.pk if parts[-1] == "pk" else model._meta.get_field(parts[-1])
        try:
            return target.to_python(value)
        except ValidationError as error:
            raise ValueError(value) from error

    @staticmethod
    def _value(row, name):
        if isinstance(row, dict):
            return row[name]
        for part in name.split("__"):
            row = getattr(row, part)
        return row


class Exact(DjangoJSONEncoder):
    """Django's encoder cuts microseconds; a cursor needs them, or rows of one millisecond would be skipped."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime.datetime) else super().default(o)


def capped_count(queryset, cap=COUNT_CAP):
    """(number, exact): rows up to ``cap``; beyond it the list says "1000+" instead of counting on."""
    number = queryset.order_by()[: cap + 1].count()
    return (cap, False) if number > cap else (number, True)
