"""What other parts, and other apps, add to measurement and growth.

An **indicator** finds one fact about many organizations at once, in a bounded number of queries, whatever their number:
``code``, ``label``, ``compute(organizations, as_of) -> {organization pk: Fact}`` with ``organizations`` a queryset and
``as_of`` a date. Optional: ``unit`` (a word), ``where(organization) -> (url, label)``: where one can do something about
it, and ``check_where(user, organization)``, the policy of that page, where not everybody opens it who reads this.

An **evidence kind** knows the records of one table that facts rest on: ``code`` (the ``type`` in a manifest), ``label``,
``fingerprints(uuids) -> {uuid: (version, sha256, label, url)}``; what is missing in the answer does not exist any more.
"""

from dataclasses import dataclass, field

from incubator.base.registry import Registry

indicators = Registry("indicators", required=("label", "compute"))
evidence_kinds = Registry("kinds of evidence", required=("label", "fingerprints"))


@dataclass(frozen=True)
class Fact:
    """What an indicator found: the value (None: unknown) and the records it rests on, as (evidence kind, uuid)."""

    value: object
    evidence: tuple = field(default=())
