"""Papers that the platform prints and an office may replace by its own Word file.

A paper is a class: ``code``, ``label``, ``target`` (label of the model that it is printed from), ``template`` (the .docx
that ships), ``fields`` ((name, label) of what a template may use, for the help beside), ``policy(user, thing)`` and
``context(thing, user, **options)``, which gives nothing but texts, numbers, lists and pictures.

Names of fields: ``title`` is a value, ``answers.way`` a value within another, ``rows[].day`` a value of each row.
"""

import re

from incubator.base.registry import Registry

papers = Registry("papers", required=("label", "template", "target", "fields", "policy"))
_families = []
_WORD, _ROWS = "示例文字", 2
_STEP = re.compile(r"([A-Za-z_]\w*|\d+)((?:\[\])?)")


class Paper:
    do_not_call_in_templates = True
    order = 100
    is_in_panel = True  # listed on the page of its record; else that page, or another, leads to it by itself

    @classmethod
    def context(cls, thing, user, **options):
        raise NotImplementedError

    @classmethod
    def place(cls, thing):
        """The division whose office's edition is used."""
        return thing.community

    @classmethod
    def file_name(cls, thing):
        """The file's name without extension."""
        return f"{cls.label} {thing}"

    @classmethod
    def names(cls):
        """What may stand first inside double braces."""
        return {re.split(r"[.\[]", name)[0] for name, _label in cls.fields}

    @classmethod
    def sample(cls, *, filled=True):
        """Made-up values of the right shape; not ``filled``: empty texts and no rows."""
        tree = {}
        for name, _label in cls.fields:
            node = tree
            for step, is_list in _STEP.findall(name):
                node = node.setdefault((step, bool(is_list)), {})
        return _grown(tree, filled)


def _grown(tree, filled):
    if all(step.isdigit() for step, _is_list in tree):
        return [_leaf(children, is_list, filled) for (_step, is_list), children in tree.items()]
    return {step: _leaf(children, is_list, filled) for (step, is_list), children in tree.items()}


def _leaf(children, is_list, filled):
    if is_list:
        return [_grown(children, filled) if children else _WORD for _number in range(_ROWS)] if filled else []
    if children:
        return _grown(children, filled)
    return _WORD if filled else ""


def register_family(make):
    """``make()`` gives further papers, for things that come and go while the platform runs (kinds of activities)."""
    _families.append(make)
    return make


def all_papers():
    """Every paper, those of families included, in order."""
    found = [*papers, *(paper for make in _families for paper in make())]
    return sorted(found, key=lambda paper: (paper.order, paper.code))


def find_paper(code):
    """The paper of this code, or None."""
    return papers.get(code) or next((paper for paper in all_papers() if paper.code == code), None)
