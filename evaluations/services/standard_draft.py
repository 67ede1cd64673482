"""The draft of a growth standard, part by part. A *holder* names a list in it: ``dimensions``, ``dimensions.<code>`` (its
indicators), ``bonus``, ``vetoes``, ``bands``, ``stages.<code>`` and ``forms.<code>`` (their rules)."""

import copy

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.models import GrowthStandard
from evaluations.services.scoring_words import labels_in, spoken
from evaluations.services.standard import content_of
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation

MOST_PARTS = 60  # in one list; a sheet longer than that is not filled in
PLAIN = ("dimensions", "bonus", "vetoes", "bands")
PREFIXES = {"dimensions": "d", "bonus": "b", "vetoes": "v", "bands": "s", "indicators": "i", "rules": "r"}
LABELS = {
    "stages": {
        "seed": {"zh-hans": "种子期", "en": "Seed"},
        "seedling": {"zh-hans": "幼苗期", "en": "Seedling"},
        "sapling": {"zh-hans": "小树期", "en": "Sapling"},
        "tree": {"zh-hans": "大树期", "en": "Tree"},
    },
    "forms": {
        "strong_ties": {"zh-hans": "强关系", "en": "Strong ties"},
        "weak_organization": {"zh-hans": "弱组织", "en": "Weak organization"},
        "strong_organization": {"zh-hans": "强组织", "en": "Strong organization"},
    },
}


def kind_of(holder):
    """What the list holds: dimensions, indicators, bonus, vetoes, bands or rules; "" when there is no such holder."""
    name, _dot, code = holder.partition(".")
    if not code:
        return name if name in PLAIN else ""
    if name in LABELS:
        return "rules" if code in LABELS[name] else ""
    return "indicators" if name == "dimensions" else ""


def parts_of(content, holder):
    """The list, or None when there is none. A stage that has no rules yet has an empty one."""
    name, _dot, code = holder.partition(".")
    if not kind_of(holder):
        return None
    if not code:
        return labels_in(content.get(name))
    found = next((one for one in labels_in(content.get(name)) if one["code"] == code), None)
    if name in LABELS:
        return labels_in(found.get("rules")) if found else []
    return labels_in(found.get("indicators")) if found else None


def find_part(content, holder, code):
    return next((one for one in parts_of(content, holder) or () if one["code"] == code), None)


@transaction.atomic
def add_part(*, standard_id, holder, uuid, values, actor):
    """Put a part at the end of a list of the draft; the same ``uuid`` again changes nothing. Audit."""
    standard = _locked(standard_id)
    parts, code = _parts(standard, holder), f"{PREFIXES[kind_of(holder)]}-{uuid.hex[:10]}"
    if any(one["code"] == code for one in parts):
        return standard
    if len(parts) >= MOST_PARTS:
        raise RuleViolation(_("There are %(number)s already; more would not be read.") % {"number": MOST_PARTS})
    part = {"code": code, **_given(values)}
    if kind_of(holder) == "dimensions":
        part["indicators"] = []
    _write(standard, holder, [*parts, part])
    _record("standard.part_added", standard, holder, part, actor)
    return standard


@transaction.atomic
def update_part(*, standard_id, holder, code, values, actor):
    """Other values for a part of the draft; what is None is taken away, what is not named stays. Audit."""
    standard = _locked(standard_id)
    old = _find(standard, holder, code)
    part = _given({**old, **values})
    _write(standard, holder, [part if one is old else one for one in _parts(standard, holder)])
    _record("standard.part_updated", standard, holder, part, actor)
    return standard


@transaction.atomic
def remove_part(*, standard_id, holder, code, actor):
    """Take a part out of the draft, a dimension with its indicators; editions keep it. Audit."""
    standard = _locked(standard_id)
    old = _find(standard, holder, code)
    _write(standard, holder, [one for one in _parts(standard, holder) if one is not old])
    _record("standard.part_removed", standard, holder, old, actor)
    return standard


@transaction.atomic
def move_part(*, standard_id, holder, code, by, actor):
    """Change places with its neighbour, ``by`` -1 (up) or 1 (down); at the end of the list nothing happens. Audit."""
    standard = _locked(standard_id)
    old, parts = _find(standard, holder, code), list(_parts(standard, holder))
    place = next(at for at, one in enumerate(parts) if one is old)
    if not 0 <= place + by < len(parts):
        return standard
    parts[place], parts[place + by] = parts[place + by], parts[place]
    _write(standard, holder, parts)
    _record("standard.part_moved", standard, holder, old, actor)
    return standard


@transaction.atomic
def replace_standard_draft(*, standard_id, content, actor):
    """What a file holds takes the place of the draft; parts that it says nothing of stay, editions stay. Audit."""
    standard = _locked(standard_id)
    standard.draft = {**standard.draft, **copy.deepcopy(content)}
    _save(standard)
    audit.record(
        "standard.draft_replaced", target=standard, actor=actor, area=standard.division,
        data={"parts": sorted(content)},
    )  # fmt: skip
    return standard


def _locked(standard_id):
    standard = GrowthStandard.objects.select_for_update(of=("self",)).get(pk=standard_id)
    standard.draft = copy.deepcopy(standard.draft)
    return standard


def _parts(standard, holder):
    parts = parts_of(standard.draft, holder)
    if parts is None:
        raise RuleViolation(_("This part of the standard is not there any more."))
    return parts


def _find(standard, holder, code):
    found = next((one for one in _parts(standard, holder) if one["code"] == code), None)
    if found is None:
        raise RuleViolation(_("This part of the standard is not there any more."))
    return found


def _given(values):
    return {key: value for key, value in values.items() if value is not None}


def _write(standard, holder, parts):
    name, _dot, code = holder.partition(".")
    if not code:
        standard.draft[name] = parts
    elif name in LABELS:
        _rung(standard.draft, name, code)["rules"] = parts
    else:
        next(one for one in standard.draft[name] if one["code"] == code)["indicators"] = parts
    _save(standard)


def _rung(draft, name, code):
    """The stage or form, put in at its place when it has no rules yet."""
    rungs = {one["code"]: one for one in labels_in(draft.get(name))}
    rungs.setdefault(code, {"code": code, "label": LABELS[name][code], "rules": []})
    known = [rungs.pop(one) for one in LABELS[name] if one in rungs]
    draft[name] = [*known, *rungs.values()]
    return next(one for one in known if one["code"] == code)


def _save(standard):
    standard.draft = content_of(standard)
    standard.save(update_fields=["draft", "updated_at"])


def _record(verb, standard, holder, part, actor):
    data = {"list": holder, "part": spoken(part.get("label")) or part["code"]}
    audit.record(verb, target=standard, actor=actor, area=standard.division, data=data)
