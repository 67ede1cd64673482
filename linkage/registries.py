"""Plug-ins of this app."""

import datetime
from dataclasses import dataclass

from incubator.base.registry import Registry

tie_sources = Registry("sources of ties", required=("label", "icon"))


@dataclass(frozen=True)
class TieRecord:
    """Something recorded that a person may read: ``what`` it is, its ``title``, where it is seen and of which day."""

    what: str
    title: str
    url: str
    on: datetime.date


class TieSource:
    """What tells of ties: one file in ``linkage/tie_sources/``. ``record_kind``: the word before the colon in
    :attr:`linkage.network.Occasion.record` of the records that :meth:`records` finds; several sources may name records
    of the same kind, one of them finds them."""

    order = 100
    record_kind = ""

    @classmethod
    def occasions(cls, organizations, begin, after):
        """[Occasion] of the organizations with these keys from the day ``begin`` to before ``after``, each with all ends
        of its own, in a number of queries that depends on neither."""
        raise NotImplementedError

    @classmethod
    def records(cls, keys, user):
        """{key: TieRecord} of those of these records that the person reads, in a fixed number of queries."""
        raise NotImplementedError


# Who knows which field of service an activity belongs to, besides its kind: ``code`` and ``fields(activities)`` ->
# {key of the activity: the field's name} for those it knows, in a fixed number of queries.
field_sources = Registry("sources of fields of service", required=("fields",))
