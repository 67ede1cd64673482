"""Verbs of the history. An app registers its verbs with a label and the sentence of the timeline; an unknown verb is an
error at the call, so that nothing gets recorded under a typing error."""

from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Verb:
    """``code`` like "project.submitted"; ``label`` for lists; ``sentence`` with %(actor)s, %(target)s and keys of data;
    ``words`` turn values of data into what people read: {"role": role_label}."""

    code: str
    label: str
    sentence: str = ""
    words: dict = field(default_factory=dict)


_verbs = {}


def register_verbs(*verbs):
    """``register_verbs(("filing.submitted", _("filing handed in")), …)``, once, in the app's ``audit_verbs`` module."""
    for entry in verbs:
        verb = Verb(*entry)
        if verb.code in _verbs and _verbs[verb.code] != verb:
            raise ImproperlyConfigured(f"audit verb {verb.code} is registered twice")
        _verbs[verb.code] = verb


def get_verb(code):
    """The Verb; raises LookupError for one that nobody registered."""
    if code not in _verbs:
        raise LookupError(f"unknown audit verb {code!r}; register it in the app's audit_verbs.py")
    return _verbs[code]


def all_verbs():
    return sorted(_verbs.values(), key=lambda verb: verb.code)


def find_verb(code):
    """The Verb, or None for one whose app is gone; the history outlives its verbs."""
    return _verbs.get(code)
