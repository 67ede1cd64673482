"""The one way in which state changes (docs/architecture.md, "How state changes").

Guards are django-fsm-2 transitions on the model. This module only adds the sentence that a person reads when the guard
refused, so that no page has to invent its own.
"""

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

__all__ = ["TransitionNotAllowed", "refusal"]


def refusal(error):
    """The sentence for a TransitionNotAllowed: the guard's own, or what state the record is in by now."""
    thing, method = getattr(error, "object", None), getattr(error, "method", None)
    if thing is None or method is None:
        return str(error)
    for field in thing._meta.fields:
        if getattr(field, "protected", None) is not None:  # an FSMField
            label = getattr(thing, f"get_{field.name}_display")()
            return _("This is no longer possible: it is now “%(state)s”. Somebody may have been faster.") % {
                "state": label
            }
    return str(error)
