"""Papers: records printed as Word files, from .docx templates that an office can open and change by itself.

A template stands in the folders of ``templates/`` and holds ``{{ values }}`` and ``{%tr for … %}`` rows (docxtpl).
Values are escaped, so that nobody's text becomes markup; a name that the context does not give is an error, and no gap.
"""

import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template.engine import Engine
from django.utils import timezone
from django.utils._os import safe_join
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

# What XML 1.0 cannot hold; people paste it along with text from elsewhere, and Word refuses the whole file.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAX_PRINTED = 20_000_000  # characters of one part of a paper
# Ways of writing a value that an office's own edition may use.
FILTERS = {"default", "d", "first", "join", "last", "length", "lower", "trim", "upper"}


@dataclass(frozen=True)
class Picture:
    """A picture in a paper: its bytes and how wide it is printed."""

    content: bytes
    width_mm: int = 75


def render_docx(template, context):
    """The bytes of a .docx filled with the values of ``context``; ``template`` are the bytes of the empty one."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(_placed(context, document), environment(), autoescape=True)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def find_paper(template_path):
    """The template's file in the folders of ``templates/``; FileNotFoundError when there is none."""
    for folder in Engine.get_default().dirs:
        path = Path(safe_join(folder, template_path))
        if path.is_file():
            return path
    raise FileNotFoundError(f"no paper {template_path!r} in the template folders")


def plain(value):
    """The value as texts, numbers, lists and pictures: an office's template reaches no record and calls nothing."""
    if value is None or isinstance(value, (str, int, float, Picture)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return str(value)


def _placed(value, document):
    """Pictures made ready for this document; everything else as it is."""
    if isinstance(value, Picture):
        return InlineImage(document, io.BytesIO(value.content), width=Mm(value.width_mm))
    if isinstance(value, dict):
        return {key: _placed(inner, document) for key, inner in value.items()}
    return [_placed(inner, document) for inner in value] if isinstance(value, list) else value


def _printed(value):
    """How a value stands on paper: nothing for None, clean text for text."""
    if value is None:
        return ""
    return _FORBIDDEN.sub("", value) if isinstance(value, str) else value


class _BoundedTemplate(Template):
    """Stops when a part becomes longer than any paper is."""

    def render(self, *args, **kwargs):
        parts, length = [], 0
        for part in self.generate(*args, **kwargs):
            length += len(part)
            if length > MAX_PRINTED:
                raise SecurityError("the paper becomes too long")
            parts.append(part)
        return "".join(parts)


class _Environment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(["*", "**", "%"])
    template_class = _BoundedTemplate

    def call_binop(self, context, operator, left, right):
        if isinstance(left, int) and isinstance(right, int) and operator != "**":
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"“{operator}” cannot be used in a paper")


@cache
def environment():
    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=_printed)
    made.globals.clear()
    return made


def chinese_day(value):
    """2026年5月1日, from a date or an aware time; blank for nothing."""
    if not value:
        return ""
    day = timezone.localdate(value) if hasattr(value, "hour") else value
    return f"{day.year}年{day.month}月{day.day}日"
