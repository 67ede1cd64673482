"""What the platform knows about organizations: every registered indicator, and every heading of the dossier, for many
organizations in as many queries as for one."""

from evaluations.registries import Fact, indicators
from evaluations.services.readings import readings
from organizations.models import DossierHeading

DOCUMENT = "document:"


def gather(organizations, as_of, *, codes=None, rows=None):
    """{pk: {code: Fact}} of all ``organizations`` (a queryset) on the date ``as_of``: those of the indicators, and
    ``document:<heading>`` for the headings of the dossier. ``codes``: only these. ``rows``: the organizations themselves
    when they are read already."""
    organizations = organizations.all()  # a fresh one: what was read for an earlier look is not taken again
    if rows is not None:
        readings(organizations, as_of).rows = {row.pk: row for row in rows}
    found = {key: {} for key in readings(organizations, as_of).rows}
    for indicator in indicators:
        if codes is None or indicator.code in codes:
            for key, fact in indicator.compute(organizations, as_of).items():
                if key in found:
                    found[key][indicator.code] = fact
    if codes is None or any(code.startswith(DOCUMENT) for code in codes):
        read = readings(organizations, as_of)
        wanted = [row.code for row in read.headings if codes is None or f"{DOCUMENT}{row.code}" in codes]
        for key, facts in found.items():
            for code in wanted:
                facts[f"{DOCUMENT}{code}"] = Fact(read.has_document(key, code), read.document_keys(key, code))
    return found


def known_facts():
    """{code: label} of the facts that the platform can look for."""
    return {indicator.code: indicator.label for indicator in indicators}


def known_documents():
    """{code: DossierHeading} of the headings that a standard may look at."""
    return {row.code: row for row in DossierHeading.objects.filter(is_active=True).order_by("order", "code")}


def codes_of(content):
    """Codes of the facts that a standard speaks of: those of its sources and of the rules of its stages and forms."""
    measured = [
        indicator for part in content.get("dimensions") or () for indicator in part.get("indicators") or ()
    ] + list(content.get("bonus") or ())
    names = [one.get("source", "") for one in (*measured, *(content.get("vetoes") or ()))]
    names += [(one.get("mode") or {}).get("of") for one in measured]
    names += [
        condition.get("fact")
        for ladder in ("stages", "forms")
        for rung in content.get(ladder) or ()
        for rule in rung.get("rules") or ()
        for condition in (rule, *(rule.get("or") or ()))
    ]
    return {name.removeprefix("auto:") for name in names if name}
