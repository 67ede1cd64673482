"""What the platform finds out about organizations, frozen with the records it rests on, and what changed since."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from evaluations.models import EvidenceManifest
from evaluations.registries import Fact, evidence_kinds, indicators
from evaluations.scoring import Fact as ScoringFact
from evaluations.scoring.facts import plain
from incubator.base.hashes import content_sha256
from organizations.models import DossierHeading, DossierItem, SocialOrganization
from organizations.registries import dossier_sources

DOCUMENT = "document:"
ORGANIZATION = "organization"  # the evidence kind of its own page, which every manifest holds


def gather(organizations, as_of, *, codes=None):
    """{pk: {code: Fact}} of all ``organizations`` (a queryset) on the date ``as_of``, in as many queries as for one: those
    of the registered indicators, and ``document:<heading>`` for the headings of the dossier. ``codes``: only these."""
    found = {key: {} for key in organizations.order_by().values_list("pk", flat=True)}
    for indicator in indicators:
        if codes is None or indicator.code in codes:
            for key, fact in indicator.compute(organizations, as_of).items():
                if key in found:
                    found[key][indicator.code] = fact
    for key, facts in _documents(organizations, found, codes).items():
        found[key] |= facts
    return found


def _documents(organizations, keys, codes):
    """Whether each heading of the dossier is filled: by what was put in (the evidence), or by what the platform holds."""
    headings = None if codes is None else [code[len(DOCUMENT) :] for code in codes if code.startswith(DOCUMENT)]
    if headings == []:
        return {}
    rows = DossierHeading.objects.filter(is_active=True).order_by("order", "code")
    rows = list(rows if headings is None else rows.filter(code__in=headings))
    items, held = defaultdict(list), set()
    put_in = DossierItem.objects.in_use().filter(organization__in=organizations, heading__in=rows).order_by("pk")
    for key, code, identifier in put_in.values_list("organization_id", "heading__code", "uuid"):
        items[key, code].append(("dossier_item", str(identifier)))
    for source in dossier_sources if rows else ():
        for code, having in source.present_for(organizations).items():
            named = [row.code for row in rows if (row.code == code if code else row.source == source.code)]
            held |= {(key, name) for key in having for name in named}
    return {
        key: {
            f"{DOCUMENT}{row.code}": Fact(
                bool(items[key, row.code]) or (key, row.code) in held, tuple(items[key, row.code])
            )
            for row in rows
        }
        for key in keys
    }


def codes_of(content):
    """Codes of the facts that a standard speaks of: those of its sources and of the rules of its stages and forms."""
    sources = [
        indicator.get("source", "")
        for part in content.get("dimensions") or ()
        for indicator in part.get("indicators") or ()
    ]
    sources += [one.get("source", "") for name in ("bonus", "vetoes") for one in content.get(name) or ()]
    modes = [
        (indicator.get("mode") or {}).get("of")
        for part in content.get("dimensions") or ()
        for indicator in part.get("indicators") or ()
    ]
    rules = [
        one["fact"]
        for ladder in ("stages", "forms")
        for rung in content.get(ladder) or ()
        for rule in rung.get("rules") or ()
        for one in (rule, *(rule.get("or") or ()))
    ]
    return {name.removeprefix("auto:") for name in (*sources, *filter(None, modes), *rules)}


def as_data(facts):
    """{code: {"value", "evidence": [[kind, uuid], …]}}: facts as a manifest keeps them."""
    return {
        code: {"value": plain(fact.value), "evidence": [[kind, str(key)] for kind, key in fact.evidence]}
        for code, fact in sorted(facts.items())
    }


def scoring_facts(data):
    """Facts of a manifest as scoring takes them; evidence is named ``kind:uuid``."""
    return {
        code: ScoringFact(fact["value"], tuple(f"{kind}:{key}" for kind, key in fact["evidence"]))
        for code, fact in data.items()
    }


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
    manifests = []
    for review in reviews:
        facts = by_organization[review.organization_id]
        items = [_item(kind, key, *prints[kind, key]) for kind, key in wanted[review.pk] if (kind, key) in prints]
        manifests.append(
            EvidenceManifest(review=review, as_of=now, items=items, facts=facts, sha256=manifest_hash(items, facts))
        )
    return EvidenceManifest.objects.bulk_create(manifests, batch_size=200)


def freeze_facts(review, facts, records, *, now):
    """The same with facts that the caller found: ``facts`` {code: Fact}; ``records`` (kind, uuid) that are kept although
    no fact rests on them."""
    data = as_data(facts)
    wanted = [*records, *((kind, key) for fact in data.values() for kind, key in fact["evidence"])]
    wanted = dict.fromkeys((kind, str(key)) for kind, key in wanted)
    prints = fingerprints(set(wanted))
    items = [_item(kind, key, *prints[kind, key]) for kind, key in wanted if (kind, key) in prints]
    return EvidenceManifest.objects.create(
        review=review, as_of=now, items=items, facts=data, sha256=manifest_hash(items, data)
    )


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
