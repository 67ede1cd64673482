"""Papers: records printed as Word files, from .docx templates that an office can open and change by itself.

A template stands in the folders of ``templates/`` and holds ``{{ values }}`` and ``{%tr for … %}`` rows (docxtpl).
Values are escaped, so that nobody's text becomes markup; a name that the context does not give is an error, and no gap.
"""

import io
import re
from functools import cache
from pathlib import Path

from django.template.engine import Engine
from django.utils._os import safe_join
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

# What XML 1.0 cannot hold; people paste it along with text from elsewhere, and Word refuses the whole file.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render_paper(template_path, context):
    """The paper as the bytes of a .docx. ``template_path`` like "organizations/papers/filing_application.docx"."""
    document = DocxTemplate(str(find_paper(template_path)))
    document.render(context, _environment(), autoescape=True)
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


def _printed(value):
    """How a value stands on paper: nothing for None, clean text for text."""
    if value is None:
        return ""
    return _FORBIDDEN.sub("", value) if isinstance(value, str) else value


@cache
def _environment():
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printed)
