"""Errors that a person may read. Each carries one translated sentence; the edge (page, API, task) shows it."""


class DomainError(Exception):
    """Something the rules of the field forbid. ``str(error)`` is the sentence for the person who tried it."""


class RuleViolation(DomainError):
    """The facts given break a rule: nothing was written. Pages show it in the form, the API answers 400."""


class Conflict(DomainError):
    """Somebody else changed the record meanwhile. The API answers 409."""


class StaleEdition(Conflict):
    """What was sent was written over an edition of the record that is no longer the newest: nothing was written."""
