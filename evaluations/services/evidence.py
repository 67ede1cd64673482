"""What the platform finds out about organizations, frozen with the records it rests on, and what changed since."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from evaluations.models import EvidenceManifest
from evaluations.registries import evidence_kinds
from evaluations.scoring.facts import as_data
from evaluations.services.facts import gather
from incubator.base.hashes import content_sha256
from organizations.models import SocialOrganization

ORGANIZATION = "organization"  # the evidence kind of its own page, which every manifest holds


def freeze(review, *, now=None):
    """Write down what is known about the review's organization now: facts, the records they rest on with edition and
    hash, and the hash of it all."""
    return freeze_many([review], now=now)[0]


def freeze_many(reviews, *, now=None):
    """The same for many reviews at once, in a number of queries that does not grow with them. Nothing is recorded: that
    is done for the reviews."""
    now, by_organization = now or timezone.now(), {}
    organizations = SocialOrganization.objects.filter(pk__in=[review.organization_id for review in reviews])
    identifiers = dict(organizations.order_by().values_list("pk", "uuid"))
    for key, facts in gather(organizations, timezone.localdate(now)).items():
        by_organization[key] = as_data(facts)
    wanted = {
        review.pk: list(dict.fromkeys([
            (ORGANIZATION, str(identifiers[review.organization_id])),
            *((kind, key) for fact in by_organization[review.organization_id].values() for kind, key in fact["evidence"]),
        ]))
        for review in reviews
    }  # fmt: skip
    prints = fingerprints({one for records in wanted.values() for one in records})
    manifests = [
        _manifest(review, by_organization[review.organization_id], wanted[review.pk], prints, now) for review in reviews
    ]
    return EvidenceManifest.objects.bulk_create(manifests, batch_size=200)


def freeze_facts(review, facts, records, *, now):
    """The same with facts that the caller found: ``facts`` {code: Fact}; ``records`` (kind, uuid) that are kept although
    no fact rests on them."""
    data = as_data(facts)
    wanted = [*records, *((kind, key) for fact in data.values() for kind, key in fact["evidence"])]
    wanted = dict.fromkeys((kind, str(key)) for kind, key in wanted)
    manifest = _manifest(review, data, wanted, fingerprints(set(wanted)), now)
    manifest.save(force_insert=True)
    return manifest


def _manifest(review, facts, records, prints, now):
    """Unsaved. ``facts`` as :func:`as_data` gives them; of ``records`` (kind, uuid) those that ``prints`` knows."""
    items = [_item(kind, key, *prints[kind, key]) for kind, key in records if (kind, key) in prints]
    return EvidenceManifest(review=review, as_of=now, items=items, facts=facts, sha256=manifest_hash(items, facts))


def _item(kind, key, version, sha256, label, _url):
    return {"type": kind, "uuid": key, "version": version, "sha256": sha256, "label": label}


def manifest_hash(items, facts):
    return content_sha256({"items": items, "facts": facts})


def fingerprints(records):
    """{(kind, uuid): (version, sha256, label, url)} of records that still exist, one question to each kind."""
    by_kind, found = defaultdict(list), {}
    for kind, key in sorted(records):
        by_kind[kind].append(key)
    for kind, keys in by_kind.items():
        if kind in evidence_kinds:
            for key, known in evidence_kinds[kind].fingerprints(keys).items():
                found[kind, str(key)] = known
    return found


@dataclass(frozen=True)
class Change:
    """A record of a manifest that is not what it was: ``is_gone``, or changed. ``url`` "" when there is nothing to open."""

    kind: str
    uuid: str
    label: str
    url: str = ""
    is_gone: bool = False

    @property
    def kind_label(self):
        return evidence_kinds[self.kind].label if self.kind in evidence_kinds else self.kind


def changes_since(manifest, *, prints=None):
    """The records of the manifest that were changed or are gone since it was frozen, in its order: exactly those."""
    if prints is None:
        prints = fingerprints({(item["type"], item["uuid"]) for item in manifest.items})
    changes = []
    for item in manifest.items:
        known = prints.get((item["type"], item["uuid"]))
        if known is None:
            changes.append(Change(item["type"], item["uuid"], item["label"], is_gone=True))
        elif known[1] != item["sha256"]:
            changes.append(Change(item["type"], item["uuid"], known[2], known[3]))
    return changes


def is_intact(manifest):
    """Whether the frozen evidence itself is what it was when it was frozen."""
    return manifest_hash(manifest.items, manifest.facts) == manifest.sha256
