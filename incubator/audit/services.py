"""Writing the history. Called by services inside their transaction, last of all their writes before ``notify``."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from incubator.audit.models import AuditChain, AuditEvent
from incubator.audit.querysets import public_id
from incubator.audit.registries import get_verb

COUNTY_DIGITS = 6
MASK = "•••"


def record(verb, *, target, actor, area=None, data=None):
    """Add one event about ``target`` and return it.

    ``verb`` has to be registered (LookupError). ``actor`` is the user, or None for the platform itself. ``area`` is the
    division that the event belongs to; its district names the chain. ``data`` is JSON-able; fractions are kept as text,
    since databases write them differently; personal values do not belong in it (use :func:`changes`). Has to run inside
    a transaction: locks the chain's head until its end.
    """
    return record_many(verb, targets=[(target, data)], actor=actor, area=area)[0]


def record_many(verb, *, targets, actor, area=None):
    """Add one event for each (target, data) of one chain, in order, in a bounded number of queries."""
    get_verb(verb)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("audit.record belongs inside the transaction of its cause")
    key = area.code[:COUNTY_DIGITS] if area else ""
    AuditChain.objects.bulk_create([AuditChain(key=key)], ignore_conflicts=True)
    chain = AuditChain.objects.select_for_update(of=("self",)).get(key=key)
    events, now = [], timezone.now()
    for target, data in targets:
        event = AuditEvent(
            chain=chain,
            seq=chain.length + 1,
            at=now,
            verb=verb,
            actor=actor,
            target_type=target._meta.label_lower,
            target_uuid=str(public_id(target)),
            target_label=str(target)[:200],
            data=_canonical(data or {}),
            previous_hash=chain.head,
        )
        event.hash = event.digest()
        chain.length, chain.head = event.seq, event.hash
        events.append(event)
    AuditEvent.objects.bulk_create(events, batch_size=500)
    chain.save(update_fields=["length", "head"])
    return events


def snapshot(thing, fields):
    """The values of ``fields`` now, to be compared by :func:`changes` after the write."""
    return {name: _plain(thing, name) for name in fields}


def changes(thing, before, *, personal=()):
    """{"changes": {field: [before, after]}} of what differs from the snapshot ``before``; values of ``personal`` fields
    are masked, since the history is never rewritten and a person may ask for erasure."""
    found = {}
    for name, old in before.items():
        new = _plain(thing, name)
        if new != old:
            found[name] = [old and MASK, new and MASK] if name in personal else [old, new]
    return {"changes": found}


def _canonical(data):
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder), parse_float=str, parse_constant=str)


def _plain(thing, name):
    value = getattr(thing, name)
    return str(value) if hasattr(value, "_meta") else value
