"""Is the history whole? Reads every chain from its first event to its head and names the first break."""

from dataclasses import dataclass

from django.db import transaction

from incubator.audit.models import GENESIS, HASHED, AuditChain, AuditEvent, digest

CHUNK = 2000
COLUMNS = ("id", *HASHED, "previous_hash", "hash")


class BrokenHistory(Exception):
    """The first break found; ``str()`` names the chain, the number of the event and what does not fit."""


@dataclass(frozen=True)
class Count:
    chains: int
    events: int


@dataclass
class Position:
    """Where the reading of one chain has come to."""

    seq: int = 0
    head: str = GENESIS
    event_id: int = 0


def verify_history():
    """Read all chains, a chunk at a time, and return the :class:`Count`; raises :class:`BrokenHistory`.

    Writers are not held up: only the few events that were added meanwhile are read under the lock of their chain.
    """
    chains = events = 0
    for chain_id in AuditChain.objects.order_by("key").values_list("pk", flat=True):
        events += _verify_chain(chain_id)
        chains += 1
    return Count(chains=chains, events=events)


def _verify_chain(chain_id):
    position = Position()
    key = AuditChain.objects.values_list("key", flat=True).get(pk=chain_id)
    _read_on(chain_id, key, position)
    with transaction.atomic():
        chain = AuditChain.objects.select_for_update(of=("self",)).get(pk=chain_id)
        _read_on(chain_id, chain.key, position)
    name = key or "platform"
    if position.seq < chain.length:
        raise BrokenHistory(
            f"chain {name}: {chain.length} events were recorded, the newest {chain.length - position.seq} are missing "
            f"(from event {position.seq + 1})"
        )
    if position.seq > chain.length:
        raise BrokenHistory(f"chain {name}, event {chain.length + 1}: is not counted by the head of its chain")
    if position.head != chain.head:
        raise BrokenHistory(f"chain {name}, event {position.seq}: is not the one that the head of its chain names")
    return position.seq


def _read_on(chain_id, key, position):
    rows = AuditEvent.objects.filter(chain_id=chain_id, seq__gt=position.seq).order_by("seq").values(*COLUMNS)
    for row in rows.iterator(chunk_size=CHUNK):
        event_id, previous_hash, stored = row.pop("id"), row.pop("previous_hash"), row.pop("hash")
        where = f"chain {key or 'platform'}, event {position.seq + 1}"
        if row["seq"] != position.seq + 1:
            raise BrokenHistory(f"{where}: is missing, the next one is event {row['seq']}")
        if previous_hash != position.head:
            raise BrokenHistory(f"{where}: does not continue the event before it (wrong link)")
        if stored != digest(previous_hash, key, row):
            raise BrokenHistory(f"{where} ({row['verb']}): its content was changed after it was written")
        if event_id <= position.event_id:
            raise BrokenHistory(f"{where} ({row['verb']}): its row number was changed, so lists show it out of order")
        position.seq, position.head, position.event_id = row["seq"], stored, event_id
