"""A content as people read it, in the reader's language: rows for tables, bands for a bar, rules for a ladder."""

from evaluations.scoring.facts import as_decimal
from evaluations.services.facts import known_documents
from evaluations.services.scoring_words import labels_in, mode_words, rule_words, source_words, spoken
from evaluations.services.standard_draft import LABELS


def told(content):
    documents = known_documents()
    dimensions = [
        _named(one) | {
            "points": one.get("points"), "holder": f"dimensions.{one['code']}",
            "groups": {group["code"]: spoken(group.get("label")) for group in labels_in(one.get("groups"))},
            "rows": [_measured(row, content, documents, one) for row in labels_in(one.get("indicators"))],
        }
        for one in labels_in(content.get("dimensions"))
    ]  # fmt: skip
    return {
        "total": content.get("total"), "bonus_cap": content.get("bonus_cap"), "blind": content.get("blind", True),
        "bonus_beyond_total": content.get("bonus_beyond_total"), "sample": content.get("sample"),
        "dimensions": dimensions, "number": sum(len(one["rows"]) for one in dimensions),
        "bonus": [_measured(one, content, documents) for one in labels_in(content.get("bonus"))],
        "vetoes": [_measured(one, content, documents) for one in labels_in(content.get("vetoes"))],
        "bands": _bands(content), "top": _top(content),
        "stages": _rungs("stages", content, documents), "forms": _rungs("forms", content, documents),
    }  # fmt: skip


def _named(one):
    return {"code": one["code"], "label": spoken(one.get("label"))}


def _measured(one, content, documents, dimension=None):
    groups = {group["code"]: spoken(group.get("label")) for group in labels_in((dimension or {}).get("groups"))}
    return _named(one) | {
        "points": one.get("points"), "evidence": spoken(one.get("evidence")), "group": groups.get(one.get("group"), ""),
        "mode": mode_words(one, content, documents) if "mode" in one else [],
        "source": source_words(one.get("source"), content, documents),
        "is_automatic": str(one.get("source", "")).partition(":")[0] in {"auto", "document"},
    }  # fmt: skip


def _top(content):
    total, cap = as_decimal(content.get("total")), as_decimal(content.get("bonus_cap"))
    return (total or 0) + ((cap or 0) if content.get("bonus_beyond_total") else 0)


def _bands(content):
    """Bands with their place on a bar of a thousand units; one with ends that are no numbers has no place."""
    top, found = _top(content), []
    for number, one in enumerate(labels_in(content.get("bands"))):
        low, high = as_decimal(one.get("from")), as_decimal(one.get("to"))
        drawn = None not in (low, high) and top > 0 and 0 <= low <= high <= top
        found.append(
            _named(one) | {
                "from": one.get("from"), "to": one.get("to"), "from_closed": one.get("from_closed"),
                "to_closed": one.get("to_closed"), "tone": number % 6 + 1,
                "x": int(low * 1000 / top) if drawn else None, "width": int((high - low) * 1000 / top) if drawn else None,
            }
        )  # fmt: skip
    return found


def _rungs(key, content, documents):
    """All stages (or forms) that there are, in their order, also those that have no rules yet."""
    given = {one["code"]: one for one in labels_in(content.get(key))}
    rungs = [given.pop(code, {"code": code, "label": label}) for code, label in LABELS[key].items()]
    return [
        _named(one) | {
            "holder": f"{key}.{one['code']}",
            "form": spoken(LABELS["forms"].get(one.get("form"))),
            "rules": [
                _named(rule) | {"told": rule_words(rule, content, documents), "mandatory": rule.get("mandatory", True)}
                for rule in labels_in(one.get("rules"))
            ],
        }
        for one in (*rungs, *given.values())
    ]  # fmt: skip
