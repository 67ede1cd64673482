"""The records behind the facts of a review, each as it is today."""

from itertools import groupby

from django.utils.translation import gettext as _

from evaluations.registries import evidence_kinds, indicators
from evaluations.services.evidence import changes_since, fingerprints
from evaluations.services.facts import DOCUMENT
from evaluations.services.gate_evidence import GATE_FACTS
from evaluations.services.scoring_words import value_words
from incubator.base.policies import verdict
from organizations.models import DossierHeading

MOST = 500


def fact_label(code, headings=None):
    if code in indicators:
        return str(indicators[code].label)
    if code in GATE_FACTS:
        return str(GATE_FACTS[code])
    if code.startswith(DOCUMENT):
        heading = DossierHeading.objects.filter(code=code[len(DOCUMENT) :]).first()
        return str(heading or code)
    return code


def records_of(user, review, fact):
    """Context of the page of records: groups by kind, each record with its label, address and whether it changed."""
    manifest = getattr(review, "manifest", None)
    if manifest is None:
        return {"groups": [], "fact": ""}
    known = manifest.facts.get(fact)
    wanted = {tuple(one) for one in known["evidence"]} if known else None
    items = [item for item in manifest.items if wanted is None or (item["type"], item["uuid"]) in wanted]
    prints = fingerprints({(item["type"], item["uuid"]) for item in items[:MOST]})
    changed = {(change.kind, change.uuid): change for change in changes_since(_Some(items[:MOST]), prints=prints)}
    shut = {code for code in {item["type"] for item in items} if not _opens(user, review.organization, code)}
    rows = [_row(item, prints, changed, item["type"] not in shut) for item in items[:MOST]]
    rows.sort(key=lambda row: row["kind"])
    return {
        "fact": fact if known else "",
        "fact_label": fact_label(fact) if known else _("All records"),
        "fact_value": value_words(known["value"], fact) if known else "",
        "groups": [
            {"label": evidence_kinds[kind].label if kind in evidence_kinds else kind, "rows": list(found)}
            for kind, found in groupby(rows, key=lambda row: row["kind"])
        ],
        "number": len(items),
        "is_cut": len(items) > MOST,
    }


class _Some:
    """A part of a manifest."""

    def __init__(self, items):
        self.items = items


def _opens(user, organization, kind):
    """Whether the person may open records of this kind of the organization."""
    check = getattr(evidence_kinds.get(kind), "check_open", None)
    return check is None or bool(verdict(check, user, organization))


def _row(item, prints, changed, is_open):
    change = changed.get((item["type"], item["uuid"]))
    now = prints.get((item["type"], item["uuid"]))
    return {
        "kind": item["type"], "label": now[2] if now else item["label"], "url": now[3] if now and is_open else "",
        "version": item["version"], "is_gone": bool(change and change.is_gone), "is_changed": bool(change),
    }  # fmt: skip
