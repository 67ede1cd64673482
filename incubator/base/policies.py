"""May this person do this? One raising function per verb; the message is the sentence the person reads.

A policy is ``check_<verb>_<thing>(user, thing)``: it returns nothing or raises ``PermissionDenied`` with a translated
sentence, first for general reasons, then for particular ones. Every page, API view, task and export names one.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Verdict:
    """The answer of a policy as a value, for templates: a button is shown, or shown disabled with the reason."""

    allowed: bool
    reason: str = ""

    def __bool__(self):
        return self.allowed


def verdict(check, *args):
    """Ask the policy ``check`` without raising: a :class:`Verdict`."""
    try:
        check(*args)
    except PermissionDenied as refusal:
        return Verdict(False, str(refusal))
    return Verdict(True)


def public(user, thing=None):
    """Pages for everybody, also before sign-in."""


def signed_in(user, thing=None):
    """Pages of a person's own: sign-in is enough."""
    if not user.is_authenticated or not user.is_active:
        raise PermissionDenied(_("Please sign in first."))
