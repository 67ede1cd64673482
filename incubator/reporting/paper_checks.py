"""Looks at an office's own edition of a paper before anybody prints from it. What cannot be taken is told in a sentence.

Only values, rows and conditions are allowed: no calls, no arithmetic, no reaching inside, so nothing that runs long or
reads what the paper does not give.
"""

import io
import re
import zipfile

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes

from incubator.base.errors import RuleViolation
from incubator.base.files import MEGABYTE
from incubator.reporting.papers import FILTERS, environment, render_docx

MAX_UNPACKED, MAX_XML, MAX_NESTING = 40 * MEGABYTE, 3 * MEGABYTE, 2
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets", re.I)
_PROGRAMS = re.compile(r"^word/(embeddings|activeX|afchunk)|oleObject", re.I)
_FETCHED = re.compile(r"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
_FIELD_PROGRAMS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON)\b")
_INSTRUCTIONS = re.compile(r"<w:instrText[^>]*>([^<]*)|w:instr=\"([^\"]*)\"")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.For,
    nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Tuple,
)  # fmt: skip


def check_template(content, paper):
    """Refuse (RuleViolation) what is no Word file, holds programs, has a slip in its braces, asks for what the paper
    does not give, or cannot be printed with made-up values, full and empty."""
    _check_package(content)
    document = _opened(content)
    for source in _sources(document):
        _check_source(source, paper)
    for filled in (True, False):
        try:
            render_docx(content, paper.sample(filled=filled))
        except TemplateError as error:
            raise RuleViolation(
                _("A trial print with made-up values failed: %(problem)s") % {"problem": error.message or error}
            ) from error
        except Exception as error:
            raise RuleViolation(
                _("A trial print with made-up values failed. Please start again from the paper that ships.")
            ) from error


def _check_package(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise RuleViolation(
                    _("The file becomes far too large when it is opened. Please make its pictures smaller.")
                )
            if any(entry.file_size > MAX_XML for entry in entries if entry.filename.endswith((".xml", ".rels"))):
                raise RuleViolation(_("The text in this file is far too long for a paper."))
            names = [entry.filename for entry in entries]
            texts = {
                name: archive.read(name).decode("utf-8", "replace")
                for name in names
                if name.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise RuleViolation(_("This is no Word file (.docx) that can be opened.")) from error
    if any(_MACROS.search(name) for name in names) or "macroEnabled" in texts.get("[Content_Types].xml", ""):
        raise RuleViolation(_("The file holds macros. Please save it as a plain Word document (.docx)."))
    if any(_PROGRAMS.search(name) for name in names):
        raise RuleViolation(_("Another file or a program is embedded in it. Please take it out and try again."))
    for name, text in texts.items():
        if name.endswith(".rels") and any("/hyperlink" not in found for found in _FETCHED.findall(text)):
            raise RuleViolation(
                _("The file fetches something from elsewhere (a linked template or picture). Please embed it.")
            )
        if any(_FIELD_PROGRAMS.search("".join(found)) for found in _INSTRUCTIONS.findall(text)):
            raise RuleViolation(_("The file holds a field that runs something. Please take it out and try again."))


def _opened(content):
    try:
        document = DocxTemplate(io.BytesIO(content))
        document.get_docx()
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, AttributeError) as error:
        raise RuleViolation(_("This is no Word file (.docx) that can be opened.")) from error
    return document


def _sources(document):
    """What is filled in: body, heads and feet, footnotes, and the file's own properties."""
    yield document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _key, part in document.get_headers_footers(uri):
            yield document.patch_xml(document.get_part_xml(part))
    for section in document.docx.part.package.parts:
        if section.partname.endswith("/footnotes.xml"):
            yield section.blob.decode("utf-8", "replace")
    properties = document.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title", "keywords", "category"):
        yield str(getattr(properties, name, "") or "")


def _check_source(source, paper):
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        raise RuleViolation(
            _("Something between the braces cannot be read: %(problem)s") % {"problem": error.message}
        ) from error
    _check_nodes(tree, known=paper.names(), depth=0)


def _check_nodes(node, *, known, depth):
    if not isinstance(node, _ALLOWED):
        raise RuleViolation(
            _("“%(what)s” cannot be used in a paper. Possible are values, rows and conditions.")
            % {"what": type(node).__name__}
        )
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise RuleViolation(_("“%(what)s” cannot be used in a paper.") % {"what": f"|{node.name}"})
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise RuleViolation(_("“%(what)s” cannot be used in a paper.") % {"what": node.attr})
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
        raise RuleViolation(
            _("The paper has no value called “%(name)s”. Its values stand in the list beside.") % {"name": node.name}
        )
    if isinstance(node, nodes.For):
        if node.recursive or depth >= MAX_NESTING:
            raise RuleViolation(_("Rows can stand within rows at most once."))
        _check_nodes(node.iter, known=known, depth=depth)
        inner = known | {name.name for name in node.target.find_all(nodes.Name)} | _own_name(node.target) | {"loop"}
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            _check_nodes(child, known=inner, depth=depth + 1)
        return
    for child in node.iter_child_nodes():
        _check_nodes(child, known=known, depth=depth)


def _own_name(target):
    return {target.name} if isinstance(target, nodes.Name) else set()
