"""The draft of a questionnaire, step by step: sections, questions, scales. Identifiers are given here, once: none ever
comes back with another meaning, neither that of a question nor that of a choice."""

import copy
import re

from django.db import transaction
from django.utils.translation import gettext as _

from evaluations.models import Instrument
from evaluations.services.instrument_problems import problems_of, told_shortly
from evaluations.validators import CHOICES, LANGUAGES, LIKERT, items_of, words
from incubator.audit import services as audit
from incubator.base.errors import RuleViolation

# --- sections --------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_section(*, instrument_id, uuid, values, actor):
    """A section at the end, with ``title`` and ``text``; the same ``uuid`` again changes nothing. Audit."""
    instrument = _locked(instrument_id)
    sections = instrument.draft["sections"]
    if _is_there(sections, uuid):
        return instrument
    row = {"uuid": str(uuid), "id": _free(instrument, "s", lambda content: content["sections"]), **values, "items": []}
    sections.append(row)
    _save(instrument)
    _record("instrument.section_added", instrument, actor, row["title"])
    return instrument


@transaction.atomic
def update_section(*, instrument_id, name, values, actor):
    """Another title or text. Audit."""
    instrument = _locked(instrument_id)
    row = _find(instrument.draft["sections"], name, _("The section is not there any more."))
    row.update(values)
    _save(instrument)
    _record("instrument.section_updated", instrument, actor, row["title"])
    return instrument


@transaction.atomic
def remove_section(*, instrument_id, name, actor):
    """Take it out of the draft with its questions; editions keep them. Audit."""
    instrument = _locked(instrument_id)
    row = _find(instrument.draft["sections"], name, _("The section is not there any more."))
    instrument.draft["sections"].remove(row)
    _save(instrument)
    _record("instrument.section_removed", instrument, actor, row["title"])
    return instrument


@transaction.atomic
def move_section(*, instrument_id, name, by, actor):
    """Change places with its neighbour, ``by`` -1 (up) or 1 (down); at the end nothing happens. Audit."""
    instrument = _locked(instrument_id)
    sections = instrument.draft["sections"]
    row = _find(sections, name, _("The section is not there any more."))
    if _swap(sections, sections.index(row), by):
        _save(instrument)
        _record("instrument.section_moved", instrument, actor, row["title"])
    return instrument


# --- questions -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_item(*, instrument_id, section, uuid, values, actor):
    """A question at the end of a section; the same ``uuid`` again changes nothing. ``values`` are those of the content,
    with choices as [{"text"}]. Refuses what could not be asked like this. Audit."""
    instrument = _locked(instrument_id)
    if _is_there(items_of(instrument.draft), uuid):
        return instrument
    parent = _find(instrument.draft["sections"], section, _("The section is not there any more."))
    row = {"uuid": str(uuid), "id": _free(instrument, "q", items_of), **values}
    if row["kind"] == LIKERT:
        row["services"] = []
    _number_options(instrument, row, [])
    parent["items"].append(row)
    _demand_item(instrument, row)
    _save(instrument)
    _record("instrument.item_added", instrument, actor, row["text"])
    return instrument


@transaction.atomic
def update_item(*, instrument_id, name, values, actor):
    """Ask it differently from the next edition on; the way it is answered stays. A choice that keeps its words keeps its
    identifier. Refuses what could not be asked like this. Audit."""
    instrument = _locked(instrument_id)
    row = find_item(instrument.draft, name)
    if values["kind"] != row["kind"]:
        raise RuleViolation(_("The way it is answered stays. Please add a new question instead."))
    old = row.get("options", [])
    row.update(values)
    _number_options(instrument, row, old)
    _demand_item(instrument, row)
    _save(instrument)
    _record("instrument.item_updated", instrument, actor, row["text"])
    return instrument


@transaction.atomic
def match_item(*, instrument_id, name, services, actor):
    """Say which services answer the need: ``services`` is {choice: [codes]}, for a scale question {"": [codes]}. Audit."""
    instrument = _locked(instrument_id)
    row = find_item(instrument.draft, name)
    if row["kind"] in CHOICES:
        for option in row["options"]:
            option["services"] = list(services.get(option["id"], option.get("services", [])))
    elif row["kind"] == LIKERT:
        row["services"] = list(services.get("", []))
    else:
        raise RuleViolation(_("Only choices and scale questions name services."))
    _save(instrument)
    _record("instrument.item_matched", instrument, actor, row["text"])
    return instrument


@transaction.atomic
def remove_item(*, instrument_id, name, actor):
    """Take it out of the draft; editions keep it. Audit."""
    instrument = _locked(instrument_id)
    section, row = _place_of(instrument.draft, name)
    section["items"].remove(row)
    _save(instrument)
    _record("instrument.item_removed", instrument, actor, row["text"])
    return instrument


@transaction.atomic
def move_item(*, instrument_id, name, by, actor):
    """Change places with its neighbour, ``by`` -1 (up) or 1 (down); beyond the section's end it goes into the next one.
    At the ends of the questionnaire nothing happens. Audit."""
    instrument = _locked(instrument_id)
    section, row = _place_of(instrument.draft, name)
    if not _swap(section["items"], section["items"].index(row), by):
        sections = instrument.draft["sections"]
        target = sections.index(section) + by
        if not 0 <= target < len(sections):
            return instrument
        section["items"].remove(row)
        sections[target]["items"].insert(len(sections[target]["items"]) if by < 0 else 0, row)
    _save(instrument)
    _record("instrument.item_moved", instrument, actor, row["text"])
    return instrument


# --- scales ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_scale(*, instrument_id, uuid, values, actor):
    """A scale that scale questions can count towards; the same ``uuid`` again changes nothing. Audit."""
    instrument = _locked(instrument_id)
    scales = instrument.draft["scales"]
    if _is_there(scales, uuid):
        return instrument
    row = {"uuid": str(uuid), "id": _free(instrument, "scale", lambda content: content["scales"]), **values}
    scales.append(row)
    _save(instrument)
    _record("instrument.scale_added", instrument, actor, row["label"])
    return instrument


@transaction.atomic
def update_scale(*, instrument_id, name, values, actor):
    """Another name, level, direction or number of answers needed. Audit."""
    instrument = _locked(instrument_id)
    row = _find(instrument.draft["scales"], name, _("The scale is not there any more."))
    row.update(values)
    _save(instrument)
    _record("instrument.scale_updated", instrument, actor, row["label"])
    return instrument


@transaction.atomic
def remove_scale(*, instrument_id, name, actor):
    """Take it out of the draft; its questions stay and count towards none. Audit."""
    instrument = _locked(instrument_id)
    row = _find(instrument.draft["scales"], name, _("The scale is not there any more."))
    instrument.draft["scales"].remove(row)
    for item in items_of(instrument.draft):
        if item.get("scale") == name:
            item["scale"] = ""
    _save(instrument)
    _record("instrument.scale_removed", instrument, actor, row["label"])
    return instrument


# --- the whole draft -------------------------------------------------------------------------------------------------


@transaction.atomic
def replace_instrument_draft(*, instrument_id, content, actor):
    """Take another content as the draft, from a file that was read as a whole. Title and first words are the file's.
    An identifier of an edition has to be what it was: RuleViolation when it would be answered in another way. Audit."""
    instrument = _locked(instrument_id)
    _demand_same_meaning(instrument, content)
    instrument.draft = content
    instrument.title = content["title"][LANGUAGES[0]] or instrument.title
    instrument.title_en = content["title"]["en"]
    instrument.draft["title"] = {"zh-hans": instrument.title, "en": instrument.title_en}
    instrument.check_rules()
    _save(instrument, "title", "title_en")
    audit.record(
        "instrument.draft_replaced", target=instrument, actor=actor, area=instrument.division,
        data={"questions": len(items_of(content))},
    )  # fmt: skip
    return instrument


def _demand_same_meaning(instrument, content):
    known = {}
    for version in instrument.versions.order_by("number"):
        known |= {item["id"]: item for item in items_of(version.content)}
    for item in items_of(content):
        old = known.get(item["id"])
        if old is not None and old["kind"] != item["kind"]:
            raise RuleViolation(
                _("“%(name)s” was answered in another way in an earlier edition. Please give it a new identifier.")
                % {"name": item["id"]}
            )


# --- below -----------------------------------------------------------------------------------------------------------


def find_item(content, name):
    return _place_of(content, name)[1]


def _place_of(content, name):
    for section in content["sections"]:
        for item in section["items"]:
            if item["id"] == name:
                return section, item
    raise RuleViolation(_("The question is not there any more."))


def _locked(instrument_id):
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument_id)
    instrument.draft = {"sections": [], "scales": [], **copy.deepcopy(instrument.draft)}
    return instrument


def _save(instrument, *more):
    instrument.save(update_fields=["draft", *more, "updated_at"])


def _record(verb, instrument, actor, told):
    text = words(told)[LANGUAGES[0]]
    audit.record(verb, target=instrument, actor=actor, area=instrument.division, data={"text": text})


def _find(rows, name, gone):
    found = next((row for row in rows if row["id"] == name), None)
    if found is None:
        raise RuleViolation(gone)
    return found


def _is_there(rows, uuid):
    return any(row.get("uuid") == str(uuid) for row in rows)


def _swap(rows, place, by):
    target = place + by
    if not 0 <= target < len(rows):
        return False
    rows[place], rows[target] = rows[target], rows[place]
    return True


def _contents(instrument):
    return [instrument.draft, *(version.content for version in instrument.versions.all())]


def _free(instrument, letter, rows_of):
    return (
        f"{letter}{_highest(letter, (row['id'] for content in _contents(instrument) for row in rows_of(content))) + 1}"
    )


def _highest(letter, names):
    return max((int(found[1]) for name in names if (found := re.fullmatch(rf"{letter}(\d+)", name))), default=0)


def _number_options(instrument, row, old):
    """Every choice has its identifier and services: those of the choice with the same words, else new ones."""
    if row["kind"] not in CHOICES:
        return
    known = {words(option["text"])[LANGUAGES[0]]: option for option in old}
    every = [item for content in _contents(instrument) for item in items_of(content) if item["id"] == row["id"]]
    last = _highest("c", (option["id"] for item in [*every, {"options": old}] for option in item.get("options", [])
                          if "id" in option))  # fmt: skip
    kept = []
    for option in row["options"]:
        before = known.get(words(option["text"])[LANGUAGES[0]])
        if before is None:
            last += 1
            kept.append({"id": f"c{last}", "text": option["text"], "services": []})
        else:
            kept.append({**before, "text": option["text"]})
    row["options"] = kept


def _demand_item(instrument, row):
    """RuleViolation with the problems of this one question; those of others may wait."""
    told = [one for one in problems_of(instrument.draft) if one.kind == "item" and one.name == row["id"]]
    if told:
        raise RuleViolation(told_shortly(told))
